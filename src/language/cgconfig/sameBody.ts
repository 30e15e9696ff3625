import type { Entry, Section } from '../document.ts';

const noEntries: readonly Entry[] = [];

const moveEntry = (entry: Entry, by: number, lines: number): Entry => ({
  key: entry.key,
  keyStart: entry.keyStart + by,
  keyEnd: entry.keyEnd + by,
  value: entry.value,
  valueStart: entry.valueStart + by,
  valueEnd: entry.valueEnd + by,
  start: entry.start + by,
  end: entry.end + by,
  line: entry.line + lines,
});

const moveSection = (section: Section, by: number, lines: number): Section => ({
  keyword: section.keyword,
  name: section.name,
  nameStart: section.nameStart + by,
  nameEnd: section.nameEnd + by,
  start: section.start + by,
  headerEnd: section.headerEnd + by,
  end: section.end + by,
  line: section.line + lines,
  entries: section.entries.map((entry) => moveEntry(entry, by, lines)),
  sections: section.sections.map((one) => moveSection(one, by, lines)),
});

/**
 * A group or a template that holds what another one does, further down. Its parts are made when they are asked for: a long file is
 * mostly such groups, and what is said of one holds for all.
 */
export class SameBody implements Section {
  readonly keyword: string;
  readonly name: string;
  readonly nameStart: number;
  readonly nameEnd: number;
  readonly start: number;
  readonly headerEnd: number;
  readonly end: number;
  readonly line: number;
  readonly entries: readonly Entry[] = noEntries;
  readonly like: Section;
  readonly #lines: number;
  #sections: readonly Section[] | undefined;

  /** @param lines how many lines below that of the other one its brace stands */
  constructor(header: Omit<Section, 'entries' | 'sections'>, like: Section, lines: number) {
    this.keyword = header.keyword;
    this.name = header.name;
    this.nameStart = header.nameStart;
    this.nameEnd = header.nameEnd;
    this.start = header.start;
    this.headerEnd = header.headerEnd;
    this.end = header.end;
    this.line = header.line;
    this.like = like;
    this.#lines = lines;
  }

  get sections(): readonly Section[] {
    const by = this.headerEnd - this.like.headerEnd;
    this.#sections ??= this.like.sections.map((one) => moveSection(one, by, this.#lines));
    return this.#sections;
  }
}

/** The first of those that hold the same. */
export const firstAlike = (section: Section): Section => (section instanceof SameBody ? section.like : section);
