import * as vscode from 'vscode';
import type { CgconfigOpinion } from '../machines/cgroups/judge/judgeCgconfigFile.ts';
import { cgconfigMark, type CgconfigMark } from './cgconfigMark.ts';
import { plainText } from './plainText.ts';

const { l10n } = vscode;

/** The name under which the language server shows what it finds. */
const ownSource = 'nspawn-lint';

const longestWord = 60;

const whatItSays = ({ line, at, unmounted }: CgconfigOpinion, mark: CgconfigMark, lines: number): string => {
  if (unmounted !== undefined)
    return l10n.t('The controller {0} is mounted nowhere on this host.', plainText(unmounted, longestWord));
  const named = line ?? 1;
  const stops =
    named > lines
      ? l10n.t('It comes to the end of the file, and something is not finished.')
      : at === undefined
        ? l10n.t('It stops on line {0}.', named)
        : l10n.t('It stops at “{0}” on line {1}.', plainText(at, longestWord), named);
  return mark.isElsewhere ? `${stops} ${l10n.t('The mistake is on line {0}.', mark.line + 1)}` : stops;
};

/** What cgconfigparser refuses a text for, as a problem of it. */
export const problemOf = (opinion: CgconfigOpinion, document: vscode.TextDocument): vscode.Diagnostic => {
  const lines = Array.from({ length: document.lineCount }, (_, line) => document.lineAt(line).text);
  const mistakes = vscode.languages
    .getDiagnostics(document.uri)
    .filter(({ source, severity }) => source === ownSource && severity === vscode.DiagnosticSeverity.Error)
    .map(({ range: { start, end } }) => ({
      line: start.line,
      start: start.character,
      end: end.line === start.line ? end.character : start.character,
    }));
  const mark = cgconfigMark(opinion, lines, opinion.unmounted === undefined ? mistakes : []);
  const sentence = `${l10n.t('cgconfigparser refuses the whole file.')} ${whatItSays(opinion, mark, lines.length)}`;
  const range = new vscode.Range(mark.line, mark.start, mark.line, mark.end);
  const diagnostic = new vscode.Diagnostic(range, sentence, vscode.DiagnosticSeverity.Error);
  diagnostic.source = 'cgconfigparser';
  return diagnostic;
};
