import type { CgroupParameter } from '../../schema/cgroupTypes.ts';
import type { ConfigDocument, Entry, Section, Span } from '../document.ts';
import type { Token } from '../token.ts';
import { parametersNamed } from './parameters.ts';
import { isTakenInPerm } from './permRules.ts';

const comment = ({ start, end }: Span): Token => ({ type: 'comment', start, end });

const wholeEntry = ({ keyStart, keyEnd, value, valueStart, valueEnd }: Entry): readonly Token[] => [
  comment({ start: keyStart, end: keyEnd }),
  // A token does not go over a line end.
  ...(value === '' || value.includes('\n') ? [] : [comment({ start: valueStart, end: valueEnd })]),
];

/** A block that is not read, without its braces. */
const wholeSection = ({ start, keyword, name, nameStart, nameEnd, entries, sections }: Section): readonly Token[] => [
  ...(keyword === 'controller' || keyword === '' ? [] : [comment({ start, end: start + keyword.length })]),
  ...(name === '' || name.includes('\n') ? [] : [comment({ start: nameStart, end: nameEnd })]),
  ...entries.flatMap(wholeEntry),
  ...sections.flatMap(wholeSection),
];

/** Words that the kernel takes for that file. */
const wordsOf = ({ value }: CgroupParameter): readonly string[] => [
  ...(value.kind === 'words' ? value.words : []),
  ...('unlimited' in value ? [value.unlimited] : []),
];

const ofParameter = (entry: Entry): readonly Token[] => {
  const parameters = parametersNamed(entry.key);
  const [first] = parameters;
  if (first === undefined) return [];
  const { keyStart, keyEnd, value, valueStart, valueEnd } = entry;
  const isOutdated = parameters.every(({ deprecated }) => deprecated === true);
  const isWord = /^[A-Za-z]/u.test(value) && parameters.some((one) => wordsOf(one).includes(value));
  return [
    ...(isOutdated ? [{ type: 'property', start: keyStart, end: keyEnd, deprecated: true } as const] : []),
    ...(isWord ? [{ type: 'enumMember', start: valueStart, end: valueEnd } as const] : []),
  ];
};

const ofSection = (section: Section): readonly Token[] => {
  const { keyword, entries, sections } = section;
  if (keyword === 'controller') return entries.flatMap(ofParameter);
  if (keyword === 'task' || keyword === 'admin')
    return entries.flatMap((entry) => (isTakenInPerm(entry.key, keyword) ? [] : wholeEntry(entry)));
  return sections.flatMap(ofSection);
};

/** What does not count, parameters that are outdated, and words that the kernel takes. */
export const coloursOfCgconfig = ({ sections, mistakes }: ConfigDocument): readonly Token[] => {
  const end = mistakes.find(({ rule }) => rule === 'not-ascii-ends-file')?.start ?? Infinity;
  return sections.flatMap((section) => (section.start > end ? wholeSection(section) : ofSection(section)));
};
