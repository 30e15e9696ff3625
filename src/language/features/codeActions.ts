import * as l10n from '@vscode/l10n';
import { CodeActionKind } from 'vscode-languageserver-types';
import type { CodeAction, Range } from 'vscode-languageserver-types';
import type { Context } from '../context.ts';
import type { Span } from '../document.ts';
import type { SourceFile } from '../fileType.ts';
import type { Finding } from '../finding.ts';
import { findingsToTell } from '../limits.ts';
import { ignoreActions } from './codeActions/ignoreActions.ts';
import { quickFixes, workspaceEdit } from './codeActions/quickFixes.ts';
import { createSureness, sureChanges } from './sureFixes.ts';

const fixAll = (file: SourceFile, findings: readonly Finding[], context: Context): CodeAction[] => {
  const changes = sureChanges(file, findings, context);
  if (changes.length === 0) return [];
  return [
    {
      title: l10n.t('Fix all that has one sure fix'),
      kind: `${CodeActionKind.SourceFixAll}.nspawn`,
      edit: workspaceEdit(file, changes),
    },
  ];
};

/** What the editor does by a command of its own, and shows before anything changes. */
const conversions = ({ type, document, textDocument }: SourceFile, span: Span): CodeAction[] =>
  (type.conversions?.(document, span) ?? []).map(({ title, command }) => ({
    title,
    kind: CodeActionKind.RefactorRewrite,
    command: { title, command, arguments: [textDocument.uri] },
  }));

/** What can be done at that place: the fixes of the findings there, fix all, and rewrites that no finding asks for. */
export const codeActions = (
  file: SourceFile,
  range: Range,
  context: Context,
  findings: readonly Finding[],
): CodeAction[] => {
  const span = { start: file.textDocument.offsetAt(range.start), end: file.textDocument.offsetAt(range.end) };
  const told = findingsToTell(findings, file.textDocument.getText(), context.severities);
  const here = told.filter(({ start, end }) => start <= span.end && span.start <= end);
  const rewrites = file.type.rewrites?.(file.document, file.textDocument.getText(), span, context) ?? [];
  const isSure = createSureness(file, context);
  return [
    ...here.flatMap((finding) => quickFixes(file, finding, isSure)),
    ...rewrites.map(({ title, changes }) => ({
      title,
      kind: CodeActionKind.RefactorRewrite,
      edit: workspaceEdit(file, changes),
    })),
    ...conversions(file, span),
    ...ignoreActions(file, here),
    ...fixAll(file, findings, context),
  ];
};
