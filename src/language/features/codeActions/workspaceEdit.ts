import type { WorkspaceEdit } from 'vscode-languageserver-types';
import type { SourceFile } from '../../fileType.ts';
import type { TextChange } from '../../finding.ts';

/** Changes of this file as an editor wants them. */
export const workspaceEdit = ({ textDocument }: SourceFile, changes: readonly TextChange[]): WorkspaceEdit => ({
  changes: {
    [textDocument.uri]: changes.map(({ start, end, text }) => ({
      range: { start: textDocument.positionAt(start), end: textDocument.positionAt(end) },
      newText: text,
    })),
  },
});
