import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { SourceFile } from '../language/fileType.ts';
import type { Finding } from '../language/finding.ts';
import { languageFeatures } from '../language/languageService.ts';
import type { Situation } from './situations.ts';

interface Known {
  readonly version: number;
  readonly situation: Situation;
  readonly findings: readonly Finding[];
}

/** The findings of a file, looked for once for each version of its text: diagnostics and code actions both want them. */
export const createFindings = (): ((file: SourceFile, situation: Situation) => readonly Finding[]) => {
  const known = new WeakMap<TextDocument, Known>();
  return (file, situation) => {
    if (!situation.lint) return [];
    const { textDocument } = file;
    const last = known.get(textDocument);
    if (last?.version === textDocument.version && last.situation === situation) return last.findings;
    const findings = languageFeatures.diagnose(file, situation.context);
    known.set(textDocument, { version: textDocument.version, situation, findings });
    return findings;
  };
};
