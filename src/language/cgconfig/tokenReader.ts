import type { Mistake } from '../document.ts';
import type { Token } from './tokens.ts';

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
const keywords = new Set([...topKeywords, 'perm', 'task', 'admin']);

export const isMark = (token: Token | undefined, text: string): boolean =>
  token?.kind === 'punctuation' && token.text === text;
export const isName = (token: Token | undefined): token is Token =>
  token !== undefined && (token.kind === 'string' || token.kind === 'word');
export const isKeyword = (token: Token): boolean => token.kind === 'word' && keywords.has(token.text);
export const innerStart = ({ kind, start }: Token): number => (kind === 'string' ? start + 1 : start);
export const innerEnd = ({ kind, end }: Token): number => (kind === 'string' ? end - 1 : end);

/** Goes through tokens and notes what is wrong with them. */
export class TokenReader {
  readonly mistakes: Mistake[] = [];
  /** Where the mistake begins that stands furthest behind. */
  lastMistake = -1;
  readonly text: string;
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[], text: string) {
    this.#tokens = tokens;
    this.text = text;
  }

  /**
   * How far from the beginning of its line each token stands that is the first one there. Looked for in one pass, since a line
   * can have as many tokens as the text has characters.
   */
  indentations(): ReadonlyMap<Token, number> {
    const found = new Map<Token, number>();
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

  peek(ahead = 0): Token | undefined {
    return this.#tokens[this.#at + ahead];
  }

  /** The one that was read last. */
  last(): Token | undefined {
    return this.#tokens[this.#at - 1];
  }

  next(): void {
    this.#at++;
  }

  mark(): number {
    return this.#at;
  }

  goTo(mark: number): void {
    this.#at = mark;
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

  mistakeAt(rule: string, { start, end, line, text }: Token): void {
    this.mistake(rule, start, end, line, text);
  }

  /** What is missing is missed behind what was read last. */
  missing(rule: string, detail: string): void {
    const end = this.lastEnd();
    this.mistake(rule, end, end, this.lastLine(), detail);
  }

  /** A token that is no part of the grammar anywhere. True when there was one; it is then behind us. */
  skipStray(): boolean {
    const token = this.peek();
    if (token === undefined) return false;
    const rules = { comment: 'comment-after-text', carriageReturn: 'carriage-return', foreign: 'not-ascii' } as const;
    if (token.kind === 'word' || token.kind === 'string' || token.kind === 'punctuation') return false;
    const rule = token.kind === 'openQuote' || token.kind === 'other' ? undefined : rules[token.kind];
    this.mistakeAt(rule ?? (token.kind === 'openQuote' ? 'quote-not-closed' : 'unexpected-character'), token);
    this.#at++;
    return true;
  }

  /** Whether a block of the top begins here: a keyword of the top with what belongs behind it. */
  beginsTop(): boolean {
    const token = this.peek();
    if (token?.kind !== 'word' || !topKeywords.has(token.text)) return false;
    // Before libcgroup 3.1 a controller could have that name, so it is what such a block holds that tells.
    if (token.text === 'systemd')
      return isMark(this.peek(1), '{') && systemdKeys.has(this.peek(2)?.text ?? '') && isMark(this.peek(3), '=');
    if (token.text === 'group' || token.text === 'template') return isName(this.peek(1)) && isMark(this.peek(2), '{');
    return isMark(this.peek(1), '{');
  }
}
