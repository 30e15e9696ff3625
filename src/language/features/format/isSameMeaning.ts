import type { ConfigDocument, Entry, Section } from '../../document.ts';

interface Parsed {
  readonly text: string;
  readonly document: ConfigDocument;
}

const entryMeaning = ({ key, value }: Entry): readonly string[] => [key, value];

const sectionMeaning = ({ keyword, name, entries, sections }: Section): readonly unknown[] => [
  keyword,
  name,
  entries.map(entryMeaning),
  sections.map(sectionMeaning),
];

/** All that a text says, to its last character, apart from where it says it. */
const meaningOf = ({ text, document }: Parsed): string =>
  JSON.stringify([
    document.sections.map(sectionMeaning),
    document.loose.map(entryMeaning),
    document.mistakes.map(({ rule, start, end }) => [rule, text.slice(start, end).replaceAll(/\s+/gu, '')]),
    document.comments.map(({ start, end }) => text.slice(start, end).trimEnd()),
  ]);

/** Whether two texts say the same: sections, keys, values, comments and mistakes in the same order. */
export const isSameMeaning = (before: Parsed, after: Parsed): boolean => meaningOf(before) === meaningOf(after);
