import type { CancellationToken } from 'vscode-languageserver/node';
import type { SourceFile } from '../language/fileType.ts';
import type { Answer } from './answerSafely.ts';
import type { ServerSession } from './serverSession.ts';
import type { Situation } from './situations.ts';

export interface OnDocument {
  readonly textDocument: { readonly uri: string };
}

/** Makes handlers of requests about an open file. Each gets the parsed file and what it is judged by; for a file that is not ours the answer is empty. */
export type DocumentRequests = <Params extends OnDocument, Result>(
  name: string,
  empty: Result,
  answer: (file: SourceFile, params: Params, situation: Situation) => Result | Promise<Result>,
) => (params: Params, token: CancellationToken) => Answer<Result>;

export const createDocumentRequests =
  ({ files, situations, safely }: ServerSession): DocumentRequests =>
  (name, empty, answer) =>
    safely.request(name, empty, async (params) => {
      const situation = await situations.of(params.textDocument.uri);
      const file = files.get(params.textDocument.uri);
      return file === undefined ? empty : answer(file, params, situation);
    });
