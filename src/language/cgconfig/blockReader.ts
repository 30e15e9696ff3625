import type { Entry, Section } from '../document.ts';
import { readSetting } from './readSetting.ts';
import { innerEnd, innerStart, isKeyword, isMark, isName, topKeywords } from './tokenReader.ts';
import type { TokenReader } from './tokenReader.ts';
import type { LexerToken, TokenKind } from './tokens.ts';

/** A block while it is being read. */
interface Header {
  readonly keyword: string;
  readonly first: LexerToken;
  readonly name: LexerToken | undefined;
}

const ofPermissions: ReadonlySet<string> = new Set(['perm', 'task', 'admin']);
const notOfName: ReadonlySet<TokenKind> = new Set(['comment', 'carriageReturn']);

/** What a block may hold: settings; controllers behind an optional `perm`; `task` and `admin`; or `perm` alone. */
type Content = 'settings' | 'controllers' | 'permissions' | 'permOnly';

/**
 * Reads tokens as parse.y of libcgroup does. What that grammar refuses becomes a mistake at its true place, and reading goes on
 * as if the likely meaning had been written, so that one slip is one mistake.
 */
export class BlockReader {
  readonly #reader: TokenReader;
  /** Of the first token of each line, where a line that is indented less than a block shows where its `}` is missing. */
  readonly #indentations: ReadonlyMap<LexerToken, number> | undefined;
  /** Where the last search for a `{` behind a name ended without one: another in the same line ends there, too. */
  #noBrace: { readonly line: number; readonly until: number } = { line: 0, until: 0 };

  constructor(reader: TokenReader, byIndentation: boolean) {
    this.#reader = reader;
    this.#indentations = byIndentation ? reader.indentations() : undefined;
  }

  /** Whether what comes next stands so far to the left that it cannot be inside of the block that begins there. */
  #isOutside(first: LexerToken): boolean {
    if (this.#indentations === undefined) return false;
    const next = this.#reader.now;
    if (next === undefined) return false;
    const own = this.#indentations.get(first);
    const others = this.#indentations.get(next);
    if (own === undefined || others === undefined) return false;
    return isMark(next, '}') ? others < own : others <= own;
  }

  #finish(header: Header, headerEnd: number, entries: readonly Entry[], sections: readonly Section[]): Section {
    const { keyword, first, name } = header;
    return {
      keyword,
      name: name?.text ?? '',
      nameStart: name === undefined ? first.end : innerStart(name),
      nameEnd: name === undefined ? first.end : innerEnd(name),
      start: first.start,
      headerEnd,
      end: this.#reader.lastEnd(),
      line: first.line,
      entries,
      sections,
    };
  }

  /** The `{` behind a header; reading goes on inside the block also where it is missing. */
  #open(first: LexerToken): number {
    let isInstead = false;
    while (this.#reader.skipStray()) isInstead = true;
    if (isMark(this.#reader.now, '{')) this.#reader.next();
    // A `:` or `(` stands in its place, and has been told already.
    else if (!isInstead) this.#reader.missing('missing-opening-brace', first.text);
    return this.#reader.lastEnd();
  }

  /** The `}` of a block. `false` where the file ends or another block begins instead. */
  #close({ keyword, first, name }: Header): void {
    if (isMark(this.#reader.now, '}') && !this.#isOutside(first)) {
      this.#reader.next();
      return;
    }
    this.#reader.mistake(
      'missing-closing-brace',
      this.#reader.lastEnd(),
      this.#reader.lastEnd(),
      this.#reader.lastLine(),
      name === undefined || keyword === 'controller' || name === first ? first.text : `${first.text} ${name.text}`,
    );
  }

  file(): { readonly sections: readonly Section[]; readonly loose: readonly Entry[] } {
    const sections: Section[] = [];
    const loose: Entry[] = [];
    for (;;) {
      this.#reader.forget();
      const token = this.#reader.now;
      if (token === undefined) return { sections, loose };
      // Here the input may end, so a byte that ends it is no error, but nothing behind it is read.
      if (token.kind === 'foreign') {
        this.#reader.mistake('not-ascii-ends-file', token.start, this.#reader.text.length, token.line, token.text);
        this.#reader.next();
        continue;
      }
      if (this.#reader.skipStray()) continue;
      if (token.kind === 'word' && topKeywords.has(token.text)) {
        sections.push(this.#top(token));
        continue;
      }
      this.#unknownAtTop(token, sections, loose);
    }
  }

  #unknownAtTop(token: LexerToken, sections: Section[], loose: Entry[]): void {
    if (isMark(token, ';')) {
      this.#reader.mistakeAt('semicolon-after-block', token);
      this.#reader.next();
    } else if (isMark(token, '}')) {
      this.#reader.mistakeAt('unexpected-closing-brace', token);
      this.#reader.next();
    } else if (isName(token) && isMark(this.#reader.peek(1), '=')) {
      this.#reader.mistakeAt('setting-outside-block', token);
      readSetting(this.#reader, loose);
    } else if (
      isName(token) &&
      (isMark(this.#reader.peek(1), '{') || (isName(this.#reader.peek(1)) && isMark(this.#reader.peek(2), '{')))
    ) {
      this.#reader.mistakeAt('unknown-block', token);
      this.#reader.next();
      const name = isName(this.#reader.now) ? this.#reader.now : undefined;
      if (name !== undefined) this.#reader.next();
      const isController = isName(this.#reader.peek(1)) && isMark(this.#reader.peek(2), '=');
      const content = isController ? 'settings' : 'controllers';
      sections.push(this.#block({ keyword: '', first: token, name: name ?? token }, content));
    } else {
      this.#reader.mistakeAt('unexpected-text', token);
      this.#skipTo(token.line);
    }
  }

  /** To the end of that line, or to where a block begins. */
  #skipTo(line: number): void {
    do this.#reader.next();
    while (this.#reader.now?.line === line && !this.#reader.beginsTop() && !isMark(this.#reader.now, '}'));
  }

  #top(first: LexerToken): Section {
    this.#reader.next();
    const keyword = first.text;
    if (keyword === 'systemd') this.#reader.mistakeAt('systemd-block', first);
    if (keyword === 'group' || keyword === 'template') {
      const begins = this.#reader.now;
      // Such a name is wrong from its first character on.
      if (begins !== undefined && ['foreign', 'other', 'openQuote'].includes(begins.kind))
        if (this.#rejectFurtherWords(begins)) return this.#block({ keyword, first, name: begins }, 'controllers');
      while (this.#reader.skipStray());
      const name = this.#reader.now;
      if (!isName(name)) {
        this.#reader.missing('missing-name', keyword);
        return this.#block({ keyword, first, name: undefined }, 'controllers');
      }
      this.#reader.next();
      if (isKeyword(name) && !(keyword === 'group' && name.text === 'default'))
        this.#reader.mistakeAt('keyword-unquoted', name);
      this.#rejectFurtherWords(name);
      return this.#block({ keyword, first, name }, 'controllers');
    }
    return this.#block({ keyword, first, name: undefined }, keyword === 'default' ? 'permOnly' : 'settings');
  }

  /** A name of several words, or with a character that needs quotes. Whether it is one. */
  #rejectFurtherWords(name: LexerToken): boolean {
    const reader = this.#reader;
    const from = reader.mark();
    if (this.#noBrace.line === name.line && from <= this.#noBrace.until) return false;
    const words: LexerToken[] = [];
    for (;;) {
      const token = reader.now;
      if (token?.line !== name.line || isMark(token, '{') || notOfName.has(token.kind)) break;
      words.push(token);
      reader.next();
    }
    const last = words.at(-1);
    if (last === undefined || !isMark(reader.now, '{')) {
      if (!isMark(reader.now, '{')) this.#noBrace = { line: name.line, until: reader.mark() };
      reader.goTo(from);
      return false;
    }
    const all = [name, ...words];
    const open = all.find(({ kind }) => kind === 'openQuote');
    if (open !== undefined) reader.mistakeAt('quote-not-closed', open);
    else if (words.every(({ kind }) => kind === 'punctuation')) reader.mistakeAt('unexpected-text', last);
    else {
      const rule = all.some(({ kind }) => kind === 'foreign') ? 'not-ascii' : 'name-needs-quotes';
      reader.mistake(rule, name.start, last.end, name.line, reader.text.slice(name.start, last.end));
    }
    return true;
  }

  #block(header: Header, content: Content): Section {
    const headerEnd = this.#open(header.first);
    const entries: Entry[] = [];
    const sections: Section[] = [];
    let items = 0;
    for (;;) {
      this.#reader.forget();
      const token = this.#reader.now;
      if (token === undefined || isMark(token, '}') || this.#reader.beginsTop()) break;
      if (this.#isOutside(header.first)) break;
      if (this.#reader.skipStray()) continue;
      if (content === 'settings' && this.#beginsSibling()) break;
      if (content === 'settings') readSetting(this.#reader, entries);
      else this.#item(content, entries, sections, items);
      items++;
    }
    this.#checkContent(header, content, entries, sections, headerEnd);
    this.#close(header);
    return this.#finish(header, headerEnd, entries, sections);
  }

  /** Inside of settings a name and `{` can only begin the next controller: the `}` of this one is missing. */
  #beginsSibling(): boolean {
    return isName(this.#reader.now) && isMark(this.#reader.peek(1), '{');
  }

  #item(content: Content, entries: Entry[], sections: Section[], before: number): void {
    const token = this.#reader.now;
    if (token === undefined) return;
    if (isMark(token, ';')) {
      this.#reader.mistakeAt('semicolon-after-block', token);
      this.#reader.next();
      return;
    }
    if (!isName(token)) {
      this.#reader.mistakeAt('unexpected-text', token);
      this.#reader.next();
      return;
    }
    if (isMark(this.#reader.peek(1), '=')) {
      this.#reader.mistakeAt('setting-outside-block', token);
      readSetting(this.#reader, entries);
      return;
    }
    this.#reader.next();
    const permission = content === 'permissions';
    const keyword = token.kind === 'word' && ofPermissions.has(token.text) ? token.text : 'controller';
    const fits = permission
      ? keyword === 'task' || keyword === 'admin'
      : keyword === 'perm' || content === 'controllers';
    const isPart = fits && (keyword !== 'task' || permission) && (keyword !== 'admin' || permission);
    const isSecond = permission && sections.some((section) => section.keyword === keyword);
    if (!isPart || isSecond) this.#reader.mistakeAt('block-not-allowed-here', token);
    else if (keyword === 'perm' && before > 0) this.#reader.mistakeAt('perm-not-first', token);
    else if (keyword === 'controller' && isKeyword(token)) this.#reader.mistakeAt('keyword-unquoted', token);
    if (keyword === 'controller') this.#rejectFurtherWords(token);
    const name = keyword === 'controller' ? token : undefined;
    sections.push(this.#block({ keyword, first: token, name }, keyword === 'perm' ? 'permissions' : 'settings'));
  }

  /** What the grammar wants to be there. */
  #checkContent(
    { keyword, first }: Header,
    content: Content,
    entries: readonly Entry[],
    sections: readonly Section[],
    headerEnd: number,
  ): void {
    const wanted =
      content === 'settings'
        ? keyword === 'controller' || entries.length > 0
        : content === 'permissions'
          ? ['task', 'admin'].every((one) => sections.filter((section) => section.keyword === one).length === 1)
          : sections.length > 0;
    const excess = content === 'permOnly' && sections.length > 1;
    if ((wanted && !excess) || this.#reader.lastMistake >= first.start) return;
    this.#reader.mistake('block-incomplete', first.start, headerEnd, first.line, keyword);
  }
}
