import { basename } from 'node:path/posix';
import * as vscode from 'vscode';
import { offeredByAny } from '../machines/backend.ts';
import type { LxcOpinion as Opinion, RefusedLine } from '../machines/configFile.ts';
import { MachineError } from '../machines/errors.ts';
import { isOurLanguage } from './languageStatus.ts';
import { createOpinionsOnTexts } from './opinionsOnTexts.ts';
import { plainText } from './plainText.ts';
import type { Services } from './services.ts';
import { readSettings } from './settings.ts';
import { toolPath } from './toolsFromSettings.ts';

const { l10n } = vscode;

export interface LxcOpinion {
  /**
   * Has the installed LXC read the text, and shows the lines that it refuses as problems of that text.
   * @throws MachineError toolMissing, unexpectedOutput, and those of a run; cancelled where the text has changed meanwhile
   */
  readonly ask: (document: vscode.TextDocument) => Promise<Opinion>;
  readonly dispose: () => void;
}

const isLxc = (document: vscode.TextDocument): boolean => isOurLanguage(document) && document.languageId === 'lxc';

const longestReason = 300;

const whatItSays = ({ reason, isPerhaps }: RefusedLine): string => {
  const words = reason === undefined ? undefined : plainText(reason, longestReason);
  const refuses =
    words === undefined
      ? l10n.t('LXC refuses the whole file because of this line.')
      : l10n.t('LXC refuses the whole file because of this line: {0}', words);
  return isPerhaps === true
    ? `${refuses} ${l10n.t('Other files that are read with this one were left out; with them it may take the line.')}`
    : refuses;
};

/** Why there may be more than is shown. */
export const whyItEnded = ({ end, refused }: Opinion): string | undefined => {
  switch (end) {
    case 'read':
      return undefined;
    case 'crashed':
      return l10n.t('lxc-info crashed while it read the rest of this file.');
    case 'late':
      return l10n.t('lxc-info read the rest of this file for so long that it was ended.');
    case 'tooMany':
      return l10n.t('LXC was not asked for more than {0} lines: mend these, and ask it again.', refused.length);
  }
};

const diagnosticAt = (
  document: vscode.TextDocument,
  line: number,
  message: string,
  severity: vscode.DiagnosticSeverity,
): vscode.Diagnostic => {
  const { text, firstNonWhitespaceCharacterIndex: start } = document.lineAt(Math.min(line, document.lineCount - 1));
  const end = text.trimEnd().length;
  const diagnostic = new vscode.Diagnostic(new vscode.Range(line, Math.min(start, end), line, end), message, severity);
  diagnostic.source = 'lxc-info';
  return diagnostic;
};

const diagnosticsOf = (opinion: Opinion, document: vscode.TextDocument): readonly vscode.Diagnostic[] => {
  const { Error: error, Warning: warning } = vscode.DiagnosticSeverity;
  const ended = whyItEnded(opinion);
  const last = (opinion.refused.at(-1)?.line ?? 1) - 1;
  return [
    ...opinion.refused.map((one) =>
      diagnosticAt(document, one.line - 1, whatItSays(one), one.isPerhaps === true ? warning : error),
    ),
    ...(ended === undefined ? [] : [diagnosticAt(document, last, ended, error)]),
  ];
};

/** What other files include, by its name; a text without a file may become either. */
const isPart = ({ uri }: vscode.TextDocument): boolean => basename(uri.path) !== 'config';

export const createLxcOpinion = ({ run, backends, log }: Services): LxcOpinion => {
  const { ask, dispose } = createOpinionsOnTexts<Opinion>({
    name: 'lxc-info',
    judges: isLxc,
    ask: async (document, signal) => {
      const { judge } = offeredByAny(backends, ({ lxcFiles }) => lxcFiles);
      const question = { text: document.getText(), tool: toolPath('lxc-info'), isPart: isPart(document) };
      return judge(run, question, { signal });
    },
    diagnosticsOf,
  });
  const saved = vscode.workspace.onDidSaveTextDocument((document) => {
    if (!vscode.workspace.isTrusted || !isLxc(document)) return;
    if (readSettings()['lint.secondOpinion'] !== 'onSave') return;
    // Nobody has asked for it just now.
    ask(document).catch((error: unknown) => {
      log.warn(`No second opinion of LXC: ${error instanceof MachineError ? error.failure.kind : String(error)}`);
    });
  });
  return {
    ask,
    dispose: () => {
      saved.dispose();
      dispose();
    },
  };
};
