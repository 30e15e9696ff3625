import type { ConfigDocument, Entry, Section, Span } from './document.ts';
import { lastUpTo } from './sorted.ts';

/** The last of spans in the order of the text that begins at or before `offset`, found without a look at all of them. */
export const lastBeginning = <One extends Span>(spans: readonly One[], offset: number): One | undefined =>
  lastUpTo(spans, ({ start }) => start, offset);

/** The one that has `offset` inside it, at its beginning or right behind it. */
const touching = <One extends Span>(spans: readonly One[], offset: number): One | undefined => {
  const found = lastBeginning(spans, offset);
  return found !== undefined && offset <= found.end ? found : undefined;
};

/** The sections around a place, outermost first; a place right behind a section still counts as in it. */
export const sectionsAt = (document: ConfigDocument, offset: number): readonly Section[] => {
  const path: Section[] = [];
  let section = touching(document.sections, offset);
  while (section !== undefined) {
    path.push(section);
    section = touching(section.sections, offset);
  }
  return path;
};

/** The innermost section around a place. */
export const sectionAt = (document: ConfigDocument, offset: number): Section | undefined =>
  sectionsAt(document, offset).at(-1);

const entriesAround = (document: ConfigDocument, offset: number): readonly Entry[] =>
  sectionAt(document, offset)?.entries ?? document.loose;

/** The assignment of that section, or of none, that begins last before a place; it may well end before it. */
export const lastEntryBefore = (document: ConfigDocument, offset: number): Entry | undefined =>
  lastBeginning(entriesAround(document, offset), offset);

/** The assignment that a place touches. */
export const entryAt = (document: ConfigDocument, offset: number): Entry | undefined =>
  touching(entriesAround(document, offset), offset);

/** The comment that a place touches. */
export const commentAt = (document: ConfigDocument, offset: number): Span | undefined =>
  touching(document.comments, offset);
