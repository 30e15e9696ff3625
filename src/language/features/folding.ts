import { FoldingRangeKind } from 'vscode-languageserver-types';
import type { FoldingRange } from 'vscode-languageserver-types';
import type { Section } from '../document.ts';
import type { SourceFile } from '../fileType.ts';
import { contentEnd } from './folding/contentEnd.ts';

/** Sections, comments over several lines, and assignments over several lines. */
export const foldingRanges = (file: SourceFile): FoldingRange[] => {
  const { document, textDocument } = file;
  const ranges: FoldingRange[] = [];
  const fold = (startLine: number, endLine: number, kind?: FoldingRangeKind): void => {
    if (startLine < endLine) ranges.push({ startLine, endLine, ...(kind === undefined ? {} : { kind }) });
  };
  const lineAt = (offset: number): number => textDocument.positionAt(offset).line;
  const foldSections = (sections: readonly Section[]): void => {
    for (const section of sections) {
      const end = contentEnd(file, section);
      // A closing brace stays in sight.
      const closing = section.keyword !== '' && textDocument.getText().charAt(end - 1) === '}' ? 1 : 0;
      fold(lineAt(section.start), lineAt(end) - closing);
      for (const entry of section.entries) fold(lineAt(entry.start), lineAt(entry.end));
      foldSections(section.sections);
    }
  };
  foldSections(document.sections);
  for (const entry of document.loose) fold(lineAt(entry.start), lineAt(entry.end));
  let first = -1;
  let last = -1;
  for (const comment of document.comments) {
    const line = lineAt(comment.start);
    if (line !== last + 1 || first < 0) {
      if (first >= 0) fold(first, last, FoldingRangeKind.Comment);
      first = line;
    }
    last = line;
  }
  if (first >= 0) fold(first, last, FoldingRangeKind.Comment);
  return ranges.sort((a, b) => a.startLine - b.startLine || b.endLine - a.endLine);
};
