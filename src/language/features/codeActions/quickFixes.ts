import { CodeActionKind } from 'vscode-languageserver-types';
import type { CodeAction } from 'vscode-languageserver-types';
import type { SourceFile } from '../../fileType.ts';
import type { Finding } from '../../finding.ts';
import { diagnosticsOf } from '../diagnose.ts';
import { workspaceEdit } from './workspaceEdit.ts';

/** The editor's own command that moves a settings file to where it counts. */
const moveCommand = 'nspawn.moveNspawnFile';

/** What a finding says can be done about it. */
export const quickFixes = (file: SourceFile, finding: Finding): CodeAction[] => {
  const diagnostics = diagnosticsOf(file, [finding]);
  return (finding.fixes ?? []).map(({ title, changes, preferred, moveTo }) => ({
    title,
    kind: CodeActionKind.QuickFix,
    diagnostics,
    ...(preferred ? { isPreferred: true } : {}),
    ...(changes.length === 0 ? {} : { edit: workspaceEdit(file, changes) }),
    ...(moveTo === undefined
      ? {}
      : { command: { title, command: moveCommand, arguments: [file.textDocument.uri, moveTo] } }),
  }));
};
