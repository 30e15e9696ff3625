import { type Connection, LSPErrorCodes, ResponseError, type WorkspaceEdit } from 'vscode-languageserver/node';
import { defaultContext } from '../language/context.ts';
import { languageFeatures } from '../language/languageService.ts';
import { createDocumentRequests } from './documentRequests.ts';
import { filePathOf } from '../hostFacts/fileUri.ts';
import type { ServerSession } from './serverSession.ts';

/** What leads from one file of libcgroup to another: definitions, references, names that change in all of them. */
export const registerGroups = (connection: Connection, session: ServerSession): void => {
  const { groups, safely, client } = session;
  const on = createDocumentRequests(session);

  connection.onDefinition(
    on('definition', [], (file, { position }, { context }) => languageFeatures.definition(file, position, context)),
  );
  connection.onReferences(
    on('references', [], (file, { position, context: asked }, { context }) =>
      languageFeatures.references(file, position, context, asked),
    ),
  );
  connection.onDocumentHighlight(
    on('highlights', [], (file, { position }, { context }) =>
      languageFeatures.documentHighlights(file, position, context),
    ),
  );
  connection.onPrepareRename(
    on(
      'rename',
      null,
      (file, { position }, { context }) => languageFeatures.prepareRename(file, position, context) ?? null,
    ),
  );
  connection.onRenameRequest(
    on('rename', null, (file, { position, newName }, { context }): WorkspaceEdit | ResponseError => {
      const answer = languageFeatures.rename(file, position, newName, context);
      // The editor shows the sentence.
      return 'refusal' in answer ? new ResponseError(LSPErrorCodes.RequestFailed, answer.refusal) : answer;
    }),
  );
  connection.onWorkspaceSymbol(
    safely.request('workspace symbols', [], async ({ query }: { readonly query: string }) => {
      const folders = client().folders.flatMap((uri) => filePathOf(uri) ?? []);
      const directories = new Set([...groups.directories(), ...folders]);
      const files = await Promise.all(
        [...directories].map((directory) => groups.inDirectory(directory, defaultContext.libcgroupVersion)),
      );
      return languageFeatures.workspaceSymbols(files.flat(), query);
    }),
  );
};
