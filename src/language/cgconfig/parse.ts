import type { ConfigDocument, Entry, Mistake, Section } from '../document.ts';
import { readTokens } from './tokens.ts';
import type { Token } from './tokens.ts';

/** Blocks at the top of a file; `systemd` only since libcgroup 3.1. */
const topKeywords = new Set(['group', 'mount', 'default', 'namespace', 'template', 'systemd']);
/** Words that need quotes where a name or a value is meant. `systemd` is one of them since 3.1, and `default` may name a group. */
const keywords = new Set([...topKeywords, 'perm', 'task', 'admin']);

const isMark = (token: Token | undefined, text: string): boolean =>
  token?.kind === 'punctuation' && token.text === text;
const isName = (token: Token | undefined): token is Token =>
  token !== undefined && (token.kind === 'string' || token.kind === 'word');
const isKeyword = (token: Token): boolean => token.kind === 'word' && keywords.has(token.text);
const innerStart = ({ kind, start }: Token): number => (kind === 'string' ? start + 1 : start);
const innerEnd = ({ kind, end }: Token): number => (kind === 'string' ? end - 1 : end);

/** A block while it is being read. */
interface Header {
  readonly keyword: string;
  readonly first: Token;
  readonly name: Token | undefined;
}

/** What a block may hold: settings; controllers behind an optional `perm`; `task` and `admin`; or `perm` alone. */
type Content = 'settings' | 'controllers' | 'permissions' | 'permOnly';

/**
 * Reads tokens as parse.y of libcgroup does. What that grammar refuses becomes a mistake at its true place, and reading goes on
 * as if the likely meaning had been written, so that one slip is one mistake.
 */
class Parser {
  readonly mistakes: Mistake[] = [];
  readonly #tokens: readonly Token[];
  readonly #text: string;
  #at = 0;

  constructor(tokens: readonly Token[], text: string) {
    this.#tokens = tokens;
    this.#text = text;
  }

  #peek(ahead = 0): Token | undefined {
    return this.#tokens[this.#at + ahead];
  }

  #lastEnd(): number {
    return this.#tokens[this.#at - 1]?.end ?? 0;
  }

  #lastLine(): number {
    return this.#tokens[this.#at - 1]?.line ?? 1;
  }

  #mistake(rule: string, start: number, end: number, line: number, detail?: string): void {
    this.mistakes.push({ rule, start, end, line, ...(detail === undefined ? {} : { detail }) });
  }

  #mistakeAt(rule: string, { start, end, line, text }: Token): void {
    this.#mistake(rule, start, end, line, text);
  }

  /** What is missing is missed behind what was read last. */
  #missing(rule: string, detail: string): void {
    const end = this.#lastEnd();
    this.#mistake(rule, end, end, this.#lastLine(), detail);
  }

  /** A token that is no part of the grammar anywhere. True when there was one; it is then behind us. */
  #skipStray(): boolean {
    const token = this.#peek();
    if (token === undefined) return false;
    const rules = { comment: 'comment-after-text', carriageReturn: 'carriage-return', foreign: 'not-ascii' } as const;
    if (token.kind === 'word' || token.kind === 'string' || token.kind === 'punctuation') return false;
    const rule = token.kind === 'openQuote' || token.kind === 'other' ? undefined : rules[token.kind];
    this.#mistakeAt(rule ?? (token.kind === 'openQuote' ? 'quote-not-closed' : 'unexpected-character'), token);
    this.#at++;
    return true;
  }

  /** Whether a block of the top begins here: a keyword of the top with what belongs behind it. */
  #beginsTop(): boolean {
    const token = this.#peek();
    if (token?.kind !== 'word' || !topKeywords.has(token.text)) return false;
    if (token.text === 'group' || token.text === 'template') return isName(this.#peek(1)) && isMark(this.#peek(2), '{');
    return isMark(this.#peek(1), '{');
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
      end: this.#lastEnd(),
      line: first.line,
      entries,
      sections,
    };
  }

  /** The `{` behind a header; reading goes on inside the block also where it is missing. */
  #open(first: Token): number {
    while (this.#skipStray());
    if (isMark(this.#peek(), '{')) this.#at++;
    else this.#missing('missing-opening-brace', first.text);
    return this.#lastEnd();
  }

  /** The `}` of a block. `false` where the file ends or another block begins instead. */
  #close(first: Token): void {
    if (isMark(this.#peek(), '}')) {
      this.#at++;
      return;
    }
    this.#mistake('missing-closing-brace', this.#lastEnd(), this.#lastEnd(), this.#lastLine(), first.text);
  }

  file(): { readonly sections: readonly Section[]; readonly loose: readonly Entry[] } {
    const sections: Section[] = [];
    const loose: Entry[] = [];
    for (;;) {
      const token = this.#peek();
      if (token === undefined) return { sections, loose };
      // Here the input may end, so a byte that ends it is no error, but nothing behind it is read.
      if (token.kind === 'foreign') {
        this.#mistake('not-ascii-ends-file', token.start, this.#text.length, token.line, token.text);
        this.#at++;
        continue;
      }
      if (this.#skipStray()) continue;
      if (token.kind === 'word' && topKeywords.has(token.text)) {
        sections.push(this.#top(token));
        continue;
      }
      this.#unknownAtTop(token, sections, loose);
    }
  }

  #unknownAtTop(token: Token, sections: Section[], loose: Entry[]): void {
    if (isMark(token, ';')) {
      this.#mistakeAt('semicolon-after-block', token);
      this.#at++;
    } else if (isMark(token, '}')) {
      this.#mistakeAt('unexpected-closing-brace', token);
      this.#at++;
    } else if (isName(token) && isMark(this.#peek(1), '=')) {
      this.#mistakeAt('setting-outside-block', token);
      this.#assignment(loose);
    } else if (isName(token) && (isMark(this.#peek(1), '{') || (isName(this.#peek(1)) && isMark(this.#peek(2), '{')))) {
      this.#mistakeAt('unknown-block', token);
      this.#at++;
      const name = isName(this.#peek()) ? this.#peek() : undefined;
      if (name !== undefined) this.#at++;
      sections.push(this.#block({ keyword: '', first: token, name: name ?? token }, 'controllers'));
    } else {
      this.#mistakeAt('unexpected-text', token);
      this.#skipTo(token.line);
    }
  }

  /** To the end of that line, or to where a block begins. */
  #skipTo(line: number): void {
    do this.#at++;
    while (this.#peek()?.line === line && !this.#beginsTop() && !isMark(this.#peek(), '}'));
  }

  #top(first: Token): Section {
    this.#at++;
    const keyword = first.text;
    if (keyword === 'systemd') this.#mistakeAt('systemd-block', first);
    if (keyword === 'group' || keyword === 'template') {
      while (this.#skipStray());
      const name = this.#peek();
      if (!isName(name)) {
        this.#missing('missing-name', keyword);
        return this.#block({ keyword, first, name: undefined }, 'controllers');
      }
      this.#at++;
      if (isKeyword(name) && !(keyword === 'group' && name.text === 'default'))
        this.#mistakeAt('keyword-unquoted', name);
      this.#rejectFurtherWords(name);
      return this.#block({ keyword, first, name }, 'controllers');
    }
    return this.#block({ keyword, first, name: undefined }, keyword === 'default' ? 'permOnly' : 'settings');
  }

  /** A name of several words, or with a character that needs quotes. */
  #rejectFurtherWords(name: Token): void {
    const from = this.#at;
    while (this.#peek()?.line === name.line && !isMark(this.#peek(), '{') && this.#peek()?.kind !== 'comment')
      this.#at++;
    const last = this.#tokens[this.#at - 1];
    if (this.#at === from || last === undefined || !isMark(this.#peek(), '{')) this.#at = from;
    else this.#mistake('name-needs-quotes', name.start, last.end, name.line, this.#text.slice(name.start, last.end));
  }

  #block(header: Header, content: Content): Section {
    const headerEnd = this.#open(header.first);
    const entries: Entry[] = [];
    const sections: Section[] = [];
    let items = 0;
    while (this.#peek() !== undefined && !isMark(this.#peek(), '}') && !this.#beginsTop()) {
      if (this.#skipStray()) continue;
      if (content === 'settings' && this.#beginsSibling()) break;
      if (content === 'settings') this.#assignment(entries);
      else this.#item(content, entries, sections, items);
      items++;
    }
    this.#checkContent(header, content, entries, sections, headerEnd);
    this.#close(header.first);
    return this.#finish(header, headerEnd, entries, sections);
  }

  /** Inside of settings a name and `{` can only begin the next controller: the `}` of this one is missing. */
  #beginsSibling(): boolean {
    return isName(this.#peek()) && isMark(this.#peek(1), '{');
  }

  #item(content: Content, entries: Entry[], sections: Section[], before: number): void {
    const token = this.#peek();
    if (token === undefined) return;
    if (isMark(token, ';')) {
      this.#mistakeAt('semicolon-after-block', token);
      this.#at++;
      return;
    }
    if (!isName(token)) {
      this.#mistakeAt('unexpected-text', token);
      this.#at++;
      return;
    }
    if (isMark(this.#peek(1), '=')) {
      this.#mistakeAt('setting-outside-block', token);
      this.#assignment(entries);
      return;
    }
    this.#at++;
    const permission = content === 'permissions';
    const keyword = token.kind === 'word' && ['perm', 'task', 'admin'].includes(token.text) ? token.text : 'controller';
    const fits = permission
      ? keyword === 'task' || keyword === 'admin'
      : keyword === 'perm' || content === 'controllers';
    const isPart = fits && (keyword !== 'task' || permission) && (keyword !== 'admin' || permission);
    if (!isPart) this.#mistakeAt('block-not-allowed-here', token);
    else if (keyword === 'perm' && before > 0) this.#mistakeAt('perm-not-first', token);
    else if (keyword === 'controller' && isKeyword(token)) this.#mistakeAt('keyword-unquoted', token);
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
    if ((wanted && !excess) || this.mistakes.some(({ start }) => start >= first.start)) return;
    this.#mistake('block-incomplete', first.start, headerEnd, first.line, keyword);
  }

  /** `name = value ;` with what people get wrong in it. */
  #assignment(entries: Entry[]): void {
    const key = this.#peek();
    if (key === undefined) return;
    if (!isName(key)) {
      this.#mistakeAt(isMark(key, ';') ? 'empty-setting' : 'unexpected-text', key);
      this.#at++;
      return;
    }
    this.#at++;
    if (isKeyword(key)) this.#mistakeAt('keyword-unquoted', key);
    if (!isMark(this.#peek(), '=')) {
      this.#withoutEquals(key);
      return;
    }
    this.#at++;
    const values = this.#valueTokens();
    const [first] = values;
    const last = values.at(-1);
    if (first === undefined || last === undefined) {
      this.#missing('missing-value', key.text);
    } else if (values.length > 1 || !isName(first)) {
      const raw = this.#text.slice(first.start, last.end);
      const comment = values.findIndex(({ kind }) => kind === 'comment');
      const foreign = values.find(({ kind }) => kind === 'foreign');
      const back = values.find(({ kind }) => kind === 'carriageReturn');
      const open = values.find(({ kind }) => kind === 'openQuote');
      if (open !== undefined) this.#mistakeAt('quote-not-closed', open);
      else if (back !== undefined) this.#mistakeAt('carriage-return', back);
      else if (comment >= 0) this.#mistakeAt('comment-after-text', values[comment] ?? first);
      else
        this.#mistake(
          foreign === undefined ? 'value-needs-quotes' : 'not-ascii',
          first.start,
          last.end,
          first.line,
          raw,
        );
    } else if (isKeyword(first)) {
      this.#mistakeAt('keyword-unquoted', first);
    }
    const single = values.length === 1 && first !== undefined;
    const valueStart = first === undefined ? this.#lastEnd() : single ? innerStart(first) : first.start;
    const valueEnd = last === undefined ? valueStart : single ? innerEnd(last) : last.end;
    const value = this.#text.slice(valueStart, valueEnd);
    this.#endOfSetting(key.text);
    entries.push({
      key: key.text,
      keyStart: innerStart(key),
      keyEnd: innerEnd(key),
      value,
      valueStart,
      valueEnd,
      start: key.start,
      end: this.#lastEnd(),
      line: key.line,
    });
  }

  #endOfSetting(key: string): void {
    if (isMark(this.#peek(), ';')) this.#at++;
    else this.#missing('missing-semicolon', key);
  }

  #withoutEquals(key: Token): void {
    const next = this.#peek();
    if (isName(next) && next.line === key.line && !isMark(this.#peek(1), '='))
      this.#missing('missing-equals-sign', key.text);
    else if (next !== undefined && !isMark(next, ';') && !isMark(next, '}') && next.line === key.line) {
      this.#mistakeAt('unexpected-text', next);
    } else this.#missing('missing-equals-sign', key.text);
    for (;;) {
      const token = this.#peek();
      if (token?.line !== key.line || isMark(token, '}')) return;
      this.#at++;
      if (isMark(token, ';')) return;
    }
  }

  /** All that stands for the value: to the `;`, to the `}`, or to where the next setting or block begins. */
  #valueTokens(): readonly Token[] {
    const values: Token[] = [];
    for (;;) {
      const token = this.#peek();
      if (token === undefined || isMark(token, ';') || isMark(token, '}') || isMark(token, '{')) return values;
      const beginsNext = isName(token) && (isMark(this.#peek(1), '=') || isMark(this.#peek(1), '{'));
      const onNewLine = token.line !== this.#lastLine();
      if (onNewLine ? values.length > 0 || beginsNext : values.length > 0 && beginsNext) return values;
      values.push(token);
      this.#at++;
    }
  }
}

/**
 * Reads a cgconfig.conf as libcgroup does (lex.l, parse.y), apart from what its grammar leaves to the code behind it: two
 * controllers of a name, users, limits. Never throws. Mistakes are in the order of the text.
 */
export const parseCgconfig = (text: string): ConfigDocument => {
  const { tokens, comments } = readTokens(text);
  const parser = new Parser(tokens, text);
  const { sections, loose } = parser.file();
  return { sections, loose, mistakes: parser.mistakes.sort((a, b) => a.start - b.start), comments };
};
