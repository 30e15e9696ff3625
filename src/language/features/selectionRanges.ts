import type { Position, SelectionRange } from 'vscode-languageserver-types';
import type { Span } from '../document.ts';
import type { SourceFile } from '../fileType.ts';
import { commentAt, entryAt, sectionsAt } from '../locate.ts';
import { commentBlock } from './selectionRanges/commentBlock.ts';
import { spansInValue } from './selectionRanges/spansInValue.ts';

/** From the file inwards to the word; each of these holds the next. */
const spansAround = (file: SourceFile, offset: number): readonly Span[] => {
  const { document, textDocument } = file;
  const text = textDocument.getText();
  const spans: Span[] = [{ start: 0, end: text.length }, ...sectionsAt(document, offset)];
  const comment = commentAt(document, offset);
  const entry = entryAt(document, offset);
  // A comment between the lines of an assignment belongs to it.
  if (entry !== undefined) spans.push(entry);
  if (comment !== undefined) return [...spans, commentBlock(document, text, comment), comment];
  if (entry === undefined) {
    const section = sectionsAt(document, offset).at(-1);
    if (section === undefined || offset < section.start || offset > section.headerEnd) return spans;
    spans.push({ start: section.start, end: section.headerEnd });
    if (section.nameStart <= offset && offset <= section.nameEnd)
      spans.push({ start: section.nameStart, end: section.nameEnd });
    return spans;
  }
  if (offset <= entry.keyEnd) return [...spans, { start: entry.keyStart, end: entry.keyEnd }];
  if (offset < entry.valueStart) return spans;
  return [...spans, ...spansInValue(entry, offset)];
};

/** One for each position, as the protocol wants it. */
export const selectionRanges = (file: SourceFile, positions: readonly Position[]): SelectionRange[] =>
  positions.map((position) => {
    const offset = file.textDocument.offsetAt(position);
    let selected: SelectionRange | undefined;
    let outer: Span | undefined;
    for (const span of spansAround(file, offset)) {
      if (outer !== undefined) {
        const isInside = span.start >= outer.start && span.end <= outer.end;
        const isSame = span.start === outer.start && span.end === outer.end;
        if (!isInside || isSame) continue;
      }
      outer = span;
      const range = { start: file.textDocument.positionAt(span.start), end: file.textDocument.positionAt(span.end) };
      selected = selected === undefined ? { range } : { range, parent: selected };
    }
    return selected ?? { range: { start: position, end: position } };
  });
