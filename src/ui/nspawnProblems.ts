import * as vscode from 'vscode';
import type { Opinion } from '../machines/configFile.ts';
import type { StartObstacle } from '../protocol/startObstacles.ts';
import { opinionMarks } from './opinionMarks.ts';

/** What systemd-nspawn says of a text, and what on this host would keep a machine from starting with it. */
export interface OpinionHere extends Opinion {
  readonly obstacles: readonly StartObstacle[];
}

const linesOf = (document: vscode.TextDocument): readonly string[] =>
  Array.from({ length: document.lineCount }, (_, line) => document.lineAt(line).text);

/** What systemd-nspawn says, as problems of the text. */
export const problemsOf = (opinion: OpinionHere, document: vscode.TextDocument): vscode.Diagnostic[] => {
  const [obstacle] = opinion.obstacles;
  const silence =
    obstacle === undefined
      ? {
          line: undefined,
          text: vscode.l10n.t('systemd-nspawn would not start a machine with these settings, and does not say why.'),
        }
      : { line: obstacle.line + 1, text: obstacle.message };
  return opinionMarks(opinion, linesOf(document), silence).map(({ line, start, end, text, refuses }) => {
    const severity = refuses ? vscode.DiagnosticSeverity.Error : vscode.DiagnosticSeverity.Warning;
    const diagnostic = new vscode.Diagnostic(new vscode.Range(line, start, line, end), text, severity);
    diagnostic.source = 'systemd-nspawn';
    return diagnostic;
  });
};
