import type { Entry } from '../document.ts';
import type { TextChange } from '../finding.ts';
import { longestPiece } from './parse.ts';

/** A line that is a rule and can be laid out; offsets are in the text. */
interface Rule {
  readonly start: number;
  readonly words: readonly { readonly start: number; readonly end: number }[];
}

/** A longer word does not push the columns of all others away. */
const widest = 40;

/** A rule whose blanks mean nothing but the end of a field; what has other white space, an open quote, or nearly fills libcgroup's buffer stays as it is. */
const ruleOf = (line: string, start: number): Rule | undefined => {
  const hash = line.indexOf('#');
  const rule = hash < 0 ? line : line.slice(0, hash);
  if (line.length * 3 > longestPiece || /[\0\v\f\r]/u.test(rule) || rule.split('"').length % 2 === 0) return undefined;
  const words = [...rule.matchAll(/(?:[^ \t"]|"[^"]*")+/gu)].map(({ 0: word, index }) => ({
    start: start + index,
    end: start + index + word.length,
  }));
  return words.length < 3 ? undefined : { start, words };
};

/** Only the first three fields stand in columns; options follow the destinations. */
const columnsOf = (rules: readonly Rule[]): readonly number[] =>
  [0, 1, 2].map((column) =>
    rules.reduce((width, { words }) => {
      const word = words[column];
      const isLast = column === words.length - 1;
      return word === undefined || isLast || word.end - word.start > widest
        ? width
        : Math.max(width, word.end - word.start);
    }, 0),
  );

const changesOf = ({ start, words }: Rule, columns: readonly number[], text: string): readonly TextChange[] => {
  const changes: TextChange[] = [];
  const rewrite = (from: number, to: number, wanted: string): void => {
    if (text.slice(from, to) !== wanted) changes.push({ start: from, end: to, text: wanted });
  };
  const [first] = words;
  if (first !== undefined) rewrite(start, first.start, '');
  // Behind the options nothing is read, and a comment may look as it likes.
  for (const [index, word] of words.slice(0, 3).entries()) {
    const next = words[index + 1];
    if (next === undefined) break;
    const width = columns[index] ?? 0;
    rewrite(word.end, next.start, ' '.repeat(Math.max(1, width - (word.end - word.start) + 1)));
  }
  return changes;
};

/**
 * How a cgrules.conf is laid out: rules without an empty line between them have their fields in columns, and one empty line at
 * most parts them. Blanks behind a rule stay: libcgroup 3.2 refuses a file for them, which nobody should change by the way.
 */
export const layOutCgrules = (text: string): readonly TextChange[] => {
  const changes: TextChange[] = [];
  let group: Rule[] = [];
  const finish = (): void => {
    const columns = columnsOf(group);
    for (const rule of group) changes.push(...changesOf(rule, columns, text));
    group = [];
  };
  let start = 0;
  let emptySince = -1;
  for (const line of text.split('\n')) {
    const end = start + line.length;
    if (line.trim() === '') {
      finish();
      emptySince = emptySince < 0 ? start : emptySince;
    } else {
      if (emptySince >= 0) {
        const wanted = emptySince === 0 ? '' : '\n';
        if (text.slice(emptySince, start) !== wanted) changes.push({ start: emptySince, end: start, text: wanted });
      }
      emptySince = -1;
      const rule = ruleOf(line, start);
      if (rule !== undefined) group.push(rule);
    }
    start = end + 1;
  }
  finish();
  const body = emptySince < 0 ? text.length : emptySince;
  const wanted = emptySince < 0 && text !== '' ? '\n' : '';
  if (text.slice(body) !== wanted) changes.push({ start: body, end: text.length, text: wanted });
  return changes.sort((a, b) => a.start - b.start);
};

/** What a rule says: its words, and whether blanks follow them, which libcgroup 3.2 takes for an empty option. */
export const meaningOfRule = ({ key, value, valueEnd, end }: Entry): readonly string[] => [
  key,
  ...value.split(/[ \t]+/u),
  valueEnd < end ? 'blanks' : '',
];
