import { CodeActionKind } from 'vscode-languageserver-types';
import type { CodeAction } from 'vscode-languageserver-types';
import type { SourceFile } from '../../fileType.ts';
import type { Finding } from '../../finding.ts';
import { entryAt } from '../../locate.ts';
import { diagnosticsOf } from '../diagnose.ts';
import { workspaceEdit } from './workspaceEdit.ts';

/** Puts a comment above the assignment, or above the line, that tells the linter to keep a rule to itself there. */
export const ignoreActions = (file: SourceFile, findings: readonly Finding[]): CodeAction[] => {
  const { textDocument, document } = file;
  const text = textDocument.getText();
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const byRule = new Map(findings.map((finding) => [finding.rule, finding]));
  return [...byRule.values()].map((finding) => {
    // Of an assignment over several lines the first one counts.
    const place = textDocument.positionAt(entryAt(document, finding.start)?.start ?? finding.start);
    const start = textDocument.offsetAt({ line: place.line, character: 0 });
    return {
      title: `Ignore ${finding.rule} here`,
      kind: CodeActionKind.QuickFix,
      diagnostics: diagnosticsOf(file, [finding]),
      edit: workspaceEdit(file, [{ start, end: start, text: `# nspawn-lint: ignore ${finding.rule}${eol}` }]),
    };
  });
};
