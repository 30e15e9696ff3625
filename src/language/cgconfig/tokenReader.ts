import type { Mistake } from '../document.ts';
import type { Lexer, LexerToken, TokenKind } from './tokens.ts';

/** Blocks at the top of a file; `systemd` only since libcgroup 3.1. */
export const topKeywords: ReadonlySet<string> = new Set([
  'group',
  'mount',
  'default',
  'namespace',
  'template',
  'systemd',
]);
const systemdKeys: ReadonlySet<string> = new Set(['slice', 'scope', 'setdefault', 'pid']);
/** Words that need quotes where a name or a value is meant. `systemd` is one of them since 3.1, and `default` may name a group. */
export const keywords: ReadonlySet<string> = new Set([...topKeywords, 'perm', 'task', 'admin']);

export const isMark = (token: LexerToken | undefined, text: string): boolean =>
  token?.kind === 'punctuation' && token.text === text;
export const isName = (token: LexerToken | undefined): token is LexerToken =>
  token !== undefined && (token.kind === 'string' || token.kind === 'word');
export const isKeyword = (token: LexerToken): boolean => token.kind === 'word' && keywords.has(token.text);
export const innerStart = ({ kind, start }: LexerToken): number => (kind === 'string' ? start + 1 : start);
export const innerEnd = ({ kind, end }: LexerToken): number => (kind === 'string' ? end - 1 : end);

/** What is no part of the grammar anywhere, and the rule that it breaks. */
const strayRules: Readonly<Partial<Record<TokenKind, string>>> = {
  comment: 'comment-after-text',
  carriageReturn: 'carriage-return',
  foreign: 'not-ascii',
  openQuote: 'quote-not-closed',
  other: 'unexpected-character',
};

/** So many that have been read are kept before they are forgotten together. */
const mostKept = 64;

/** Goes through tokens and notes what is wrong with them. */
export class TokenReader {
  readonly mistakes: Mistake[] = [];
  /** Where the mistake begins that stands furthest behind. */
  lastMistake = -1;
  readonly text: string;
  /** The one that is read next; undefined at the end. */
  now: LexerToken | undefined;
  readonly #lexer: Lexer;
  /** From the one with the number `#first` on, as far as they have been looked at. */
  #tokens: LexerToken[] = [];
  #first = 0;
  #at = 0;

  constructor(lexer: Lexer, text: string) {
    this.#lexer = lexer;
    this.text = text;
    this.now = this.peek(0);
  }

  /**
   * How far from the beginning of its line each token stands that is the first one there. Looked for in one pass, since a line
   * can have as many tokens as the text has characters.
   */
  indentations(): ReadonlyMap<LexerToken, number> {
    for (let token = this.#lexer.next(); token !== undefined; token = this.#lexer.next()) this.#tokens.push(token);
    const found = new Map<LexerToken, number>();
    let before = 0;
    for (const token of this.#tokens) {
      const gap = this.text.slice(before, token.start);
      const newline = gap.lastIndexOf('\n');
      const lineStart = newline < 0 ? before : before + newline + 1;
      if ((newline >= 0 || before === 0) && this.text.slice(lineStart, token.start).trim() === '')
        found.set(token, token.start - lineStart);
      before = token.end;
    }
    return found;
  }

  /** One behind the next, so many further on. */
  peek(ahead: number): LexerToken | undefined {
    const index = this.#at - this.#first + ahead;
    while (index >= this.#tokens.length) {
      const token = this.#lexer.next();
      if (token === undefined) return undefined;
      this.#tokens.push(token);
    }
    return this.#tokens[index];
  }

  /** The one that was read last. */
  last(): LexerToken | undefined {
    return this.#tokens[this.#at - this.#first - 1];
  }

  /** Nobody goes back from here, so what was read before need not be kept, but for the last one. */
  forget(): void {
    const read = this.#at - this.#first - 1;
    if (read < mostKept) return;
    this.#tokens = this.#tokens.slice(read);
    this.#first += read;
  }

  next(): void {
    this.#at++;
    this.now = this.peek(0);
  }

  mark(): number {
    return this.#at;
  }

  goTo(mark: number): void {
    this.#at = mark;
    this.now = this.peek(0);
  }

  lastEnd(): number {
    return this.last()?.end ?? 0;
  }

  lastLine(): number {
    return this.last()?.line ?? 1;
  }

  mistake(rule: string, start: number, end: number, line: number, detail?: string): void {
    this.lastMistake = Math.max(this.lastMistake, start);
    this.mistakes.push({ rule, start, end, line, ...(detail === undefined ? {} : { detail }) });
  }

  mistakeAt(rule: string, { start, end, line, text }: LexerToken): void {
    this.mistake(rule, start, end, line, text);
  }

  /** What is missing is missed behind what was read last. */
  missing(rule: string, detail: string): void {
    const end = this.lastEnd();
    this.mistake(rule, end, end, this.lastLine(), detail);
  }

  /** A token that is no part of the grammar anywhere. True when there was one; it is then behind us. */
  skipStray(): boolean {
    const token = this.now;
    if (token === undefined || token.kind === 'word' || token.kind === 'punctuation') return false;
    const rule = strayRules[token.kind];
    if (rule === undefined) return false;
    this.mistakeAt(rule, token);
    this.next();
    return true;
  }

  /** Whether a block of the top begins here: a keyword of the top with what belongs behind it. */
  beginsTop(): boolean {
    const token = this.now;
    if (token?.kind !== 'word' || !topKeywords.has(token.text)) return false;
    // Before libcgroup 3.1 a controller could have that name, so it is what such a block holds that tells.
    if (token.text === 'systemd')
      return isMark(this.peek(1), '{') && systemdKeys.has(this.peek(2)?.text ?? '') && isMark(this.peek(3), '=');
    if (token.text === 'group' || token.text === 'template') return isName(this.peek(1)) && isMark(this.peek(2), '{');
    return isMark(this.peek(1), '{');
  }
}
