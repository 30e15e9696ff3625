import { CodeActionKind } from 'vscode-languageserver-types';
import type { CodeAction } from 'vscode-languageserver-types';
import type { SourceFile } from '../../fileType.ts';
import type { Finding, Fix, TextChange } from '../../finding.ts';
import { diagnosticsOf } from '../diagnostics.ts';
import type { WorkspaceEdit } from 'vscode-languageserver-types';

/** Changes of this file as an editor wants them. */
export const workspaceEdit = ({ textDocument }: SourceFile, changes: readonly TextChange[]): WorkspaceEdit => ({
  changes: {
    [textDocument.uri]: changes.map(({ start, end, text }) => ({
      range: { start: textDocument.positionAt(start), end: textDocument.positionAt(end) },
      newText: text,
    })),
  },
});

/** The editor's own command that moves a settings file to where it counts. */
const moveCommand = 'nspawn.moveNspawnFile';

/** What a finding says can be done about it; `isSure` tells whether the fix that its rule prefers is sound in this text. */
export const quickFixes = (file: SourceFile, finding: Finding, isSure: (finding: Finding) => boolean): CodeAction[] => {
  const diagnostics = diagnosticsOf(file, [finding]);
  const text = file.textDocument.getText();
  const doesSomething = ({ changes, moveTo }: Fix): boolean =>
    moveTo !== undefined || changes.some((change) => text.slice(change.start, change.end) !== change.text);
  return (finding.fixes ?? []).filter(doesSomething).map(({ title, changes, preferred, moveTo }) => ({
    title,
    kind: CodeActionKind.QuickFix,
    diagnostics,
    ...(preferred && isSure(finding) ? { isPreferred: true } : {}),
    ...(changes.length === 0 ? {} : { edit: workspaceEdit(file, changes) }),
    ...(moveTo === undefined
      ? {}
      : { command: { title, command: moveCommand, arguments: [file.textDocument.uri, moveTo] } }),
  }));
};
