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

interface Run {
  readonly name: string;
  readonly first: Entry;
  readonly entries: readonly Entry[];
}

/** Lines of the same family that follow one another. */
const runsOf = (entries: readonly Entry[], family: (entry: Entry) => string): readonly Run[] => {
  const runs: (Run & { readonly entries: Entry[] })[] = [];
  for (const entry of entries) {
    const name = family(entry);
    const last = runs.at(-1);
    if (last?.name === name) last.entries.push(entry);
    else runs.push({ name, first: entry, entries: [entry] });
  }
  return runs;
};

/** Of a family, as much as an outline has room for. */
const mostValues = 4;

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
  const runSymbol = ({ name, first, entries }: Run): DocumentSymbol => {
    const last = entries.at(-1) ?? first;
    if (last === first) return entrySymbol(first);
    return {
      name: withoutIcons(name),
      detail: detailOf(
        entries
          .slice(0, mostValues)
          .map(({ value }) => value)
          .join(', '),
      ),
      kind: SymbolKind.Namespace,
      range: rangeOf({ start: first.start, end: last.end }),
      selectionRange: rangeOf({ start: first.keyStart, end: first.keyEnd }),
      children: entries.map(entrySymbol),
    };
  };
  const inOrder = (entries: readonly Entry[], sections: readonly Section[]): DocumentSymbol[] =>
    [
      ...entries.map((entry) => ({ at: entry.start, symbol: entrySymbol(entry) })),
      ...sections.map((section) => ({ at: section.start, symbol: sectionSymbol(section) })),
    ]
      .sort((a, b) => a.at - b.at)
      .map(({ symbol }) => symbol);
  const { family } = file.type;
  const { loose, sections } = file.document;
  return family === undefined ? inOrder(loose, sections) : runsOf(loose, family).map(runSymbol);
};
