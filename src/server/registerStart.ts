import type { Connection } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Context } from '../language/context.ts';
import { isTooLong } from '../language/limits.ts';
import { namesOnHost } from '../language/nspawn/crossRules/hostNeeds.ts';
import { parseNspawn } from '../language/nspawn/parse.ts';
import { startObstacles } from '../language/nspawn/check.ts';
import type { StartObstacle, StartObstaclesQuestion } from '../protocol/startObstacles.ts';
import { imageDirectories } from '../schema/imageDirectories.ts';
import { machineOf } from '../hostFacts/fileUri.ts';
import type { ServerSession } from './serverSession.ts';

/**
 * What is about starting machines. `nspawn/startObstacles` says why one does not start; `nspawn/hostChanged` tells that the host may be
 * another than when it was last looked at.
 */
export const registerStart = (
  connection: Connection,
  { host, files, situations, included, looks, safely }: ServerSession,
): void => {
  const contextFor = async ({
    textDocument: { uri },
    trusted,
  }: StartObstaclesQuestion): Promise<{ readonly context: Context; readonly ofThisHost: boolean }> => {
    const { context, ofThisHost } = await situations.of(uri);
    if (trusted === undefined) return { context, ofThisHost };
    // The machine is started by the systemd of this host, whatever its file is checked for.
    const installed = await situations.installed(uri);
    const place = { trust: trusted ? 'trusted' : 'untrusted' } as const;
    return { context: { ...context, ...installed, place }, ofThisHost: true };
  };

  connection.onRequest(
    'nspawn/startObstacles',
    safely.request('start', [], async (question: StartObstaclesQuestion): Promise<readonly StartObstacle[]> => {
      const { text } = question;
      const { uri } = question.textDocument;
      if (isTooLong(text)) return [];
      const { context, ofThisHost } = await contextFor(question);
      const { imageDirectories: more } = await situations.of(uri);
      const document = parseNspawn(text);
      const images = [...imageDirectories, ...more];
      const named = ofThisHost
        ? await host.lookAtHost({ names: namesOnHost(document, context), machine: machineOf(uri), images })
        : undefined;
      const judged = { ...context, ...(named === undefined ? {} : { named }) };
      const textDocument = TextDocument.create(uri, 'nspawn', 0, text);
      // What was just seen is what the editor shows, too.
      looks.again([uri]);
      return startObstacles(document, text, judged).map(({ start, message }) => ({
        line: textDocument.positionAt(start).line,
        message,
      }));
    }),
  );
  connection.onNotification(
    'nspawn/hostChanged',
    safely.notification('host changed', () => {
      included.again();
      looks.again(files.documents.keys());
    }),
  );
};
