import { SymbolKind } from 'vscode-languageserver-types';
import type { DocumentSymbol } from 'vscode-languageserver-types';
import type { Entry, Section, Span } from '../document.ts';
import type { SourceFile } from '../fileType.ts';
import { withoutIcons } from '../markdown.ts';
import { contentEnd } from './folding/contentEnd.ts';

/** What an outline shows behind a name has to stay on one short line. */
const longestDetail = 80;

const detailOf = (value: string): string => {
  const line = value.replaceAll(/\s+/gu, ' ');
  return line.length > longestDetail ? `${line.slice(0, longestDetail - 1)}…` : line;
};

/** A controller is known by its name alone; an editor refuses an empty one. */
const nameOf = ({ keyword, name }: Section): string =>
  (keyword === 'controller' ? name : `${keyword} ${name}`).trim() || '[]';

/** Sections with their assignments, and before them the assignments that stand in none. */
export const symbols = (file: SourceFile): DocumentSymbol[] => {
  const rangeOf = ({ start, end }: Span) => ({
    start: file.textDocument.positionAt(start),
    end: file.textDocument.positionAt(end),
  });
  const entrySymbol = (entry: Entry): DocumentSymbol => ({
    name: withoutIcons(entry.key),
    detail: detailOf(entry.value),
    kind: SymbolKind.Property,
    range: rangeOf(entry),
    selectionRange: rangeOf({ start: entry.keyStart, end: entry.keyEnd }),
  });
  const sectionSymbol = (section: Section): DocumentSymbol => ({
    name: withoutIcons(nameOf(section)),
    ...(section.sections.length === 0 ? {} : { detail: detailOf(section.sections.map(nameOf).join(', ')) }),
    kind: section.keyword === 'controller' ? SymbolKind.Module : SymbolKind.Namespace,
    range: rangeOf({ start: section.start, end: contentEnd(file, section) }),
    selectionRange: rangeOf({ start: section.start, end: section.headerEnd }),
    children: inOrder(section.entries, section.sections),
  });
  const inOrder = (entries: readonly Entry[], sections: readonly Section[]): DocumentSymbol[] =>
    [
      ...entries.map((entry) => ({ at: entry.start, symbol: entrySymbol(entry) })),
      ...sections.map((section) => ({ at: section.start, symbol: sectionSymbol(section) })),
    ]
      .sort((a, b) => a.at - b.at)
      .map(({ symbol }) => symbol);
  return inOrder(file.document.loose, file.document.sections);
};
