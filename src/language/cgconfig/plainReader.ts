import type { ConfigDocument, Entry, Section, Span } from '../document.ts';
import { keywords } from './tokenReader.ts';

/** A block while it is being read; `from` is how many blocks had been read before it. */
interface OpenBlock extends Omit<Section, 'end' | 'entries' | 'sections'> {
  readonly from: number;
}

const noEntries: readonly Entry[] = [];
const noSections: readonly Section[] = [];

const holdsSettings: ReadonlySet<string> = new Set(['controller', 'mount', 'namespace', 'task', 'admin']);

/** What a block is that begins so inside of that one; undefined where it has no place, or where that needs a closer look. */
const keywordOf = (
  word: string,
  name: string | undefined,
  parent: OpenBlock | undefined,
  isFirst: boolean,
): string | undefined => {
  if (parent === undefined) {
    if (word === 'group' || word === 'template') return name === undefined || keywords.has(name) ? undefined : word;
    return name === undefined && (word === 'mount' || word === 'namespace') ? word : undefined;
  }
  if (name !== undefined) return undefined;
  if (parent.keyword === 'perm') return word === 'task' || word === 'admin' ? word : undefined;
  if (parent.keyword !== 'group' && parent.keyword !== 'template') return undefined;
  if (word === 'perm') return isFirst ? word : undefined;
  return keywords.has(word) ? undefined : 'controller';
};

const isComplete = (keyword: string, entries: readonly Entry[], sections: readonly Section[]): boolean => {
  if (keyword === 'controller') return true;
  if (keyword === 'perm') return sections.length === 2 && sections[0]?.keyword !== sections[1]?.keyword;
  return keyword === 'group' || keyword === 'template' ? sections.length > 0 : entries.length > 0;
};

/** Where a comment ends that begins there, behind nothing but `gap`; undefined where none does. */
const commentEnd = (text: string, gap: number, start: number): number | undefined => {
  const isFirst = gap === 0 || text.slice(gap, start).includes('\n');
  const begins = text[start] === '#' ? isFirst : text[start] === '*' && (start === 0 || text[start - 1] === '\n');
  if (!begins) return undefined;
  const end = text.indexOf('\n', start);
  return end < 0 ? text.length : end;
};

/**
 * Reads what most files are all made of: blocks and settings of plain words, each setting in one line. It is the same as the close
 * reading of parse.ts and a fraction of its work, since a pattern takes a whole setting at once. Undefined where anything else stands in the
 * text, a mistake above all: that is for the close reading to judge.
 */
export const readPlain = (text: string): ConfigDocument | undefined => {
  // A `}`; or a word with a value in the same line; or a word, or two, with a `{`.
  const item =
    /[ \t\n]*(?:(\})|([-A-Za-z0-9_\\@%,./]+)(?:[ \t]*=[ \t]*([-A-Za-z0-9_\\@%,./]+|"[^"\n]*")[ \t]*;|(?:[ \t\n]+([-A-Za-z0-9_\\@%,./]+))?[ \t\n]*\{))/uy;
  const gap = /[ \t\n]*/uy;
  // Blocks that have been read and not yet been put into the one around them, and the settings of the innermost: taken out of
  // here, each list is as long as it has to be, and most of a file is such lists.
  const read: Section[] = [];
  const settings: Entry[] = [];
  const comments: Span[] = [];
  const outer: OpenBlock[] = [];
  let block: OpenBlock | undefined;
  let line = 1;
  let newline = text.indexOf('\n');
  for (let at = 0; ; at = item.lastIndex) {
    item.lastIndex = at;
    let match = item.exec(text);
    while (match === null) {
      gap.lastIndex = at;
      gap.test(text);
      const start = gap.lastIndex;
      if (start === text.length)
        return block === undefined ? { sections: read, loose: [], mistakes: [], comments } : undefined;
      const end = commentEnd(text, at, start);
      if (end === undefined) return undefined;
      comments.push({ start, end });
      at = end;
      item.lastIndex = at;
      match = item.exec(text);
    }
    const word = match[2];
    if (word === undefined) {
      if (block === undefined) return undefined;
      const { keyword, name, nameStart, nameEnd, start, headerEnd, line: first, from } = block;
      const sections = read.length === from ? noSections : read.splice(from);
      const entries = settings.length === 0 ? noEntries : settings.splice(0);
      if (!isComplete(keyword, entries, sections)) return undefined;
      const end = item.lastIndex;
      read.push({ keyword, name, nameStart, nameEnd, start, headerEnd, end, line: first, entries, sections });
      block = outer.pop();
      continue;
    }
    const start = text.indexOf(word, at);
    const wordEnd = start + word.length;
    for (; newline >= 0 && newline < start; newline = text.indexOf('\n', newline + 1)) line++;
    const value = match[3];
    if (value === undefined) {
      const keyword = keywordOf(word, match[4], block, read.length === block?.from);
      if (keyword === undefined) return undefined;
      if (block !== undefined) outer.push(block);
      const name: string = keyword === 'controller' ? word : (match[4] ?? '');
      const nameStart: number = keyword === 'controller' ? start : name === '' ? wordEnd : text.indexOf(name, wordEnd);
      const nameEnd = nameStart + name.length;
      const headerEnd = item.lastIndex;
      block = { keyword, name, nameStart, nameEnd, start, headerEnd, line, from: read.length };
      continue;
    }
    if (block === undefined || !holdsSettings.has(block.keyword) || keywords.has(word) || keywords.has(value))
      return undefined;
    const quote = value.startsWith('"') ? 1 : 0;
    const from = text.indexOf(value, wordEnd);
    settings.push({
      key: word,
      keyStart: start,
      keyEnd: wordEnd,
      value: quote === 0 ? value : value.slice(1, -1),
      valueStart: from + quote,
      valueEnd: from + value.length - quote,
      start,
      end: item.lastIndex,
      line,
    });
  }
};
