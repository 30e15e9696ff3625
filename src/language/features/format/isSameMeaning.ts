import type { ConfigDocument, Entry, Section } from '../../document.ts';

interface Parsed {
  readonly text: string;
  readonly document: ConfigDocument;
}

type EntryMeaning = (entry: Entry) => readonly string[];

const keyAndValue: EntryMeaning = ({ key, value }) => [key, value];

const sectionMeaning = (section: Section, ofEntry: EntryMeaning): readonly unknown[] => [
  section.keyword,
  section.name,
  section.entries.map(ofEntry),
  section.sections.map((inner) => sectionMeaning(inner, ofEntry)),
];

/** All that a text says, to its last character, apart from where it says it. */
const meaningOf = ({ text, document }: Parsed, ofEntry: EntryMeaning): string =>
  JSON.stringify([
    document.sections.map((section) => sectionMeaning(section, ofEntry)),
    document.loose.map(ofEntry),
    document.mistakes.map(({ rule, start, end }) => [rule, text.slice(start, end).replaceAll(/\s+/gu, '')]),
    document.comments.map(({ start, end }) => text.slice(start, end).trimEnd()),
  ]);

/** Whether two texts say the same: sections, keys, values, comments and mistakes in the same order. */
export const isSameMeaning = (before: Parsed, after: Parsed, ofEntry: EntryMeaning = keyAndValue): boolean =>
  meaningOf(before, ofEntry) === meaningOf(after, ofEntry);
