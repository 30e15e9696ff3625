import type { ConfigDocument, Entry, Section, Span } from '../document.ts';
import { createSearch } from './plainItem.ts';
import type { Item } from './plainItem.ts';
import { SameBody } from './sameBody.ts';
import { keywords } from './tokenReader.ts';

/** A block while it is being read: it has its end and what is in it when its `}` is. */
interface OpenBlock extends Omit<Section, 'end' | 'entries' | 'sections'> {
  end: number;
  entries: readonly Entry[];
  sections: readonly Section[];
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
  const isFirst = gap === 0 || text.slice(gap - 1, start).includes('\n');
  const begins = text[start] === '#' ? isFirst : text[start] === '*' && (start === 0 || text[start - 1] === '\n');
  if (!begins) return undefined;
  const end = text.indexOf('\n', start);
  return end < 0 ? text.length : end;
};

/** Lines that are looked up are no longer, and no more of them are remembered: the same ones come again and again. */
const longestLine = 200;
const mostLines = 1000;

/** What has been read between the braces of a group or a template, and over how many lines. */
interface Body {
  readonly text: string;
  readonly section: Section;
  /** On which the brace before it stands. */
  readonly line: number;
  readonly lines: number;
}

const longestBody = 2000;
const mostBodies = 1000;

/** Gives the text from there to the next `}` at the beginning of a line; undefined where that is far away. */
const createBodySearch = (text: string): ((start: number) => string | undefined) => {
  let closing = -1;
  return (start) => {
    if (closing < start) closing = text.indexOf('\n}', start);
    if (closing < 0) closing = Infinity;
    return closing - start > longestBody ? undefined : text.slice(start, closing + 2);
  };
};

const settingOf = (word: string, value: string, item: Item, at: number, line: number): Entry => {
  const quote = value.startsWith('"') ? 1 : 0;
  const start = at + item.start;
  const from = at + item.valueStart;
  return {
    key: word,
    keyStart: start,
    keyEnd: start + word.length,
    value: quote === 0 ? value : value.slice(1, -1),
    valueStart: from + quote,
    valueEnd: from + value.length - quote,
    start,
    end: at + item.end,
    line,
  };
};

class PlainReader {
  readonly #text: string;
  readonly #search: (at: number) => Item | undefined;
  readonly #lines = new Map<string, Item>();
  readonly #bodyFrom: (start: number) => string | undefined;
  readonly #bodies = new Map<string, Body>();
  // Blocks that have been read and not yet been put into the one around them, and the settings of the innermost: taken out of
  // here, each list is as long as it has to be, and most of a file is such lists.
  readonly #read: Section[] = [];
  readonly #settings: Entry[] = [];
  readonly #comments: Span[] = [];
  readonly #outer: OpenBlock[] = [];
  /** How many blocks had been read before each of those that are open. */
  readonly #counts: number[] = [];
  #block: OpenBlock | undefined;
  /** Of the outermost block, with the line that it begins on. */
  #body: { readonly text: string; readonly line: number } | undefined;
  #at = 0;
  #line = 1;
  /** The next one behind what has been counted. */
  #newline: number;
  #isLineStart = true;
  #lastBody: Body | undefined;
  readonly #header = /\ngroup ([-A-Za-z0-9_\\@%,./]+) \{/uy;

  constructor(text: string) {
    this.#text = text;
    this.#search = createSearch(text);
    this.#bodyFrom = createBodySearch(text);
    this.#newline = text.indexOf('\n');
  }

  read(): ConfigDocument | undefined {
    const text = this.#text;
    for (;;) {
      if (this.#at === this.#newline) {
        if (this.#repeatNext()) continue;
        this.#newline = text.indexOf('\n', ++this.#at);
        this.#line++;
        this.#isLineStart = true;
        continue;
      }
      const item = this.#next();
      if (item !== undefined) {
        if (!this.#take(item)) return undefined;
        continue;
      }
      const [gap = ''] = /^[ \t\n]*/u.exec(text.slice(this.#at)) ?? [];
      const start = this.#at + gap.length;
      if (start === text.length)
        return this.#block === undefined
          ? { sections: this.#read, loose: [], mistakes: [], comments: this.#comments }
          : undefined;
      const end = commentEnd(text, this.#at, start);
      if (end === undefined) return undefined;
      this.#comments.push({ start, end });
      this.#countLines(end);
      this.#at = end;
    }
  }

  /** The same group again under another name, line for line: nearly all of a very long file. */
  #repeatNext(): boolean {
    const body = this.#lastBody;
    if (body === undefined || this.#block !== undefined) return false;
    const header = this.#header;
    header.lastIndex = this.#at;
    const [, name] = header.exec(this.#text) ?? [];
    const headerEnd = header.lastIndex;
    if (name === undefined || keywords.has(name) || !this.#text.startsWith(body.text, headerEnd)) return false;
    const start = this.#at + 1;
    const nameEnd = headerEnd - 2;
    const line = this.#line + 1;
    const [keyword, nameStart] = ['group', nameEnd - name.length];
    this.#at = headerEnd + body.text.length;
    this.#read.push(
      new SameBody(
        { keyword, name, nameStart, nameEnd, start, headerEnd, end: this.#at, line },
        body.section,
        line - body.line,
      ),
    );
    this.#line = line + body.lines;
    this.#newline = this.#text.indexOf('\n', this.#at);
    return true;
  }

  #countLines(until: number): void {
    for (; this.#newline >= 0 && this.#newline < until; this.#newline = this.#text.indexOf('\n', this.#newline + 1))
      this.#line++;
  }

  #next(): Item | undefined {
    const at = this.#at;
    const length = this.#newline - at;
    if (!this.#isLineStart || length <= 0 || length > longestLine) return this.#search(at);
    this.#isLineStart = false;
    const line = this.#text.slice(at, this.#newline);
    const known = this.#lines.get(line);
    if (known !== undefined) return known;
    const item = this.#search(at);
    if (item?.end === length && item.name === undefined && this.#lines.size < mostLines) this.#lines.set(line, item);
    return item;
  }

  /** Whether it has a place there. */
  #take(item: Item): boolean {
    const { word, value } = item;
    const end = this.#at + item.end;
    this.#countLines(this.#at + item.start);
    if (word === undefined) {
      if (!this.#close(end)) return false;
    } else if (value === undefined) {
      if (!this.#open(item, word)) return false;
      // What has the same text has been read.
      if (this.#repeat(end)) return true;
    } else {
      const block = this.#block;
      if (block === undefined || !holdsSettings.has(block.keyword) || keywords.has(word) || keywords.has(value))
        return false;
      this.#settings.push(settingOf(word, value, item, this.#at, this.#line));
    }
    this.#at = end;
    return true;
  }

  #open({ start: itemStart, end: itemEnd, name, nameStart: itemNameStart }: Item, word: string): boolean {
    const keyword = keywordOf(word, name, this.#block, this.#read.length === this.#counts.at(-1));
    if (keyword === undefined) return false;
    if (this.#block !== undefined) this.#outer.push(this.#block);
    this.#counts.push(this.#read.length);
    const isController = keyword === 'controller';
    const start = this.#at + itemStart;
    const wordEnd = start + word.length;
    const nameStart = isController ? start : name === undefined ? wordEnd : this.#at + itemNameStart;
    const headerEnd = this.#at + itemEnd;
    this.#block = {
      keyword,
      name: isController ? word : (name ?? ''),
      nameStart,
      nameEnd: isController || name === undefined ? wordEnd : nameStart + name.length,
      start,
      headerEnd,
      end: headerEnd,
      line: this.#line,
      entries: noEntries,
      sections: noSections,
    };
    return true;
  }

  /** Where the outermost block goes on with what another one holds, it is read to its end. */
  #repeat(headerEnd: number): boolean {
    const block = this.#block;
    if (block === undefined || this.#outer.length > 0 || block.name === '') return false;
    const text = this.#bodyFrom(headerEnd);
    this.#countLines(headerEnd);
    this.#body = text === undefined ? undefined : { text, line: this.#line };
    const known = text === undefined ? undefined : this.#bodies.get(text);
    if (text === undefined || known === undefined) return false;
    this.#at = headerEnd + text.length;
    block.end = this.#at;
    this.#read.push(new SameBody(block, known.section, this.#line - known.line));
    this.#lastBody = known;
    this.#counts.pop();
    this.#block = undefined;
    this.#line += known.lines;
    this.#newline = this.#text.indexOf('\n', this.#at);
    return true;
  }

  #close(end: number): boolean {
    const block = this.#block;
    const from = this.#counts.pop();
    if (block === undefined || from === undefined) return false;
    if (this.#read.length > from) block.sections = this.#read.splice(from);
    if (this.#settings.length > 0) block.entries = this.#settings.splice(0);
    if (!isComplete(block.keyword, block.entries, block.sections)) return false;
    block.end = end;
    this.#read.push(block);
    this.#block = this.#outer.pop();
    const body = this.#body;
    if (this.#block !== undefined || body?.text.length !== end - block.headerEnd) return true;
    this.#lastBody = { ...body, section: block, lines: this.#line - body.line };
    if (this.#bodies.size < mostBodies) this.#bodies.set(body.text, this.#lastBody);
    return true;
  }
}

/**
 * Reads what most files are all made of: blocks and settings of plain words, each setting in one line. It is the same as the close
 * reading of parse.ts and a fraction of its work, since a pattern takes a whole setting at once, and a line or a group that is as one
 * before is not read again. Undefined where anything else stands in the text, a mistake above all: that is for the close reading to judge.
 */
export const readPlain = (text: string): ConfigDocument | undefined => new PlainReader(text).read();
