import * as vscode from 'vscode';
import type { LxcOpinion, RefusedLine } from '../machines/configFile.ts';
import { plainText } from './plainText.ts';

const { l10n } = vscode;

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
export const whyItEnded = ({ end, refused }: LxcOpinion): string | undefined => {
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

/** The lines that LXC refuses, and why there may be more, as problems of the text. */
export const problemsOf = (opinion: LxcOpinion, document: vscode.TextDocument): readonly vscode.Diagnostic[] => {
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
