import type { PublishDiagnosticsParams } from 'vscode-languageserver/node';
import { languageFeatures } from '../language/languageService.ts';
import type { ServerSession } from './serverSession.ts';

export interface Publishing {
  /** Judges the text on the next turn, once, however often this is called before. */
  readonly soon: (uri: string) => void;
  /** Takes back what has been said of a file that is closed. */
  readonly clear: (uri: string) => void;
}

export const createPublishing = (
  { files, situations, findings, safely }: ServerSession,
  publish: (diagnostics: PublishDiagnosticsParams) => Promise<void>,
): Publishing => {
  const waiting = new Set<string>();

  const judge = async (uri: string): Promise<void> => {
    waiting.delete(uri);
    const situation = await situations.of(uri);
    // Settings may have been asked for meanwhile: what counts is the text of now, and a change has its own turn coming.
    const file = files.get(uri);
    if (file === undefined || waiting.has(uri)) return;
    const told = languageFeatures.findingsToTell(
      findings(file, situation),
      file.textDocument.getText(),
      situation.context.severities,
    );
    const diagnostics = languageFeatures.diagnosticsOf(file, told);
    await publish({ uri, version: file.textDocument.version, diagnostics });
  };
  const judgeSafely = safely.notification('diagnostics', judge);

  return {
    soon: (uri) => {
      if (waiting.has(uri)) return;
      waiting.add(uri);
      setImmediate(judgeSafely, uri);
    },
    clear: safely.notification('close', (uri: string) => publish({ uri, diagnostics: [] })),
  };
};
