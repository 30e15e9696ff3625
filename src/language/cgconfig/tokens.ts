import { beforeBlanks } from '../sorted.ts';

/**
 * `word` is an ID or a keyword, `string` a quoted one, `punctuation` one of `{ } = ;`. The rest is what the lexer of libcgroup
 * gives on as a single character that no rule of its grammar takes: `comment` (a `#` that does not begin its line), `openQuote`,
 * `carriageReturn`, `foreign` (bytes beyond ASCII, or NUL, which end the input) and `other`.
 */
export type TokenKind =
  'word' | 'string' | 'punctuation' | 'comment' | 'openQuote' | 'carriageReturn' | 'foreign' | 'other';

export interface LexerToken {
  readonly kind: TokenKind;
  /** Of a string, what is inside its quotes. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** From 1, with the lines inside of strings counted, which libcgroup does not. */
  readonly line: number;
}

export interface Tokens {
  readonly tokens: readonly LexerToken[];
  readonly comments: readonly { readonly start: number; readonly end: number }[];
}

/** By the code of a character, whether it is one of a word. */
const ofWord = Uint8Array.from({ length: 128 }, (_, code) =>
  /[-A-Za-z0-9_\\@%,./]/u.test(String.fromCharCode(code)) ? 1 : 0,
);

const wordEnd = (text: string, start: number): number => {
  let at = start;
  while (at < text.length && ofWord[text.charCodeAt(at)] === 1) at++;
  return at;
};

const isForeign = (code: number): boolean => code > 127 || code === 0;
const newline = 10;

/** Where the line ends, without its line feed. */
const lineEnd = (text: string, from: number): number => {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
};

/** What a quote that nothing closes in its line may have been meant to hold: it ends where the setting or the header does. */
const openQuoteEnd = (text: string, start: number): number => {
  const end = lineEnd(text, start);
  const inLine = text.slice(start, end);
  const mark = inLine.search(/[;{}]/u);
  return start + (mark < 0 ? inLine.trimEnd().length : beforeBlanks(inLine, mark));
};

/** `//` to the end of the line, or from `/*` to where that closes. */
const commentOfOthersEnd = (text: string, start: number): number => {
  if (text.startsWith('/*', start)) {
    const close = text.indexOf('*/', start + 2);
    return close < 0 ? text.length : close + 2;
  }
  return lineEnd(text, start);
};

/** How a text may have been meant, which libcgroup does not take: for the places of its mistakes. */
export interface Guess {
  /** A quote closes in its own line or not at all. */
  readonly quotesWithinLine: boolean;
  /** `//` behind a blank and everything in between slash and star are comments. */
  readonly commentsOfOthers: boolean;
}

export const asLibcgroup: Guess = { quotesWithinLine: false, commentsOfOthers: false };

const lineEndsIn = (text: string): number => text.split('\n').length - 1;

/**
 * Takes a text apart as lex.l of libcgroup does, and goes on behind what no rule of it matches. One token at a time: all of a long
 * text at once would be more memory than what is read in it.
 */
export class Lexer {
  /** Those in front of the tokens that were read. */
  readonly comments: { readonly start: number; readonly end: number }[] = [];
  readonly #text: string;
  readonly #guess: Guess;
  #at = 0;
  #line = 1;
  #atLineStart = true;

  constructor(text: string, guess: Guess = asLibcgroup) {
    this.#text = text;
    this.#guess = guess;
  }

  next(): LexerToken | undefined {
    const text = this.#text;
    const start = this.#skip();
    if (start >= text.length) return undefined;
    const code = text.charCodeAt(start);
    if (code === 47 && this.#guess.commentsOfOthers && this.#beginsCommentOfOthers(start)) {
      const comment = this.#token('comment', start, commentOfOthersEnd(text, start));
      this.#line += lineEndsIn(comment.text);
      return comment;
    }
    if (ofWord[code] === 1) return this.#token('word', start, wordEnd(text, start));
    if (code === 123 || code === 125 || code === 61 || code === 59) return this.#token('punctuation', start, start + 1);
    return code === 34 ? this.#string(start) : this.#foreign(code, start);
  }

  /** To the next token, over blanks, line ends and the comments that begin their line: `#` behind blanks, `*` without. */
  #skip(): number {
    const text = this.#text;
    let at = this.#at;
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === newline) {
        this.#line++;
        this.#atLineStart = true;
      } else if (code !== 32 && code !== 9) {
        if (!this.#atLineStart) break;
        if (code !== 35 && !(code === 42 && (at === 0 || text.charCodeAt(at - 1) === newline))) break;
        const end = lineEnd(text, at);
        this.comments.push({ start: at, end });
        at = end - 1;
      }
    }
    this.#atLineStart = false;
    return at;
  }

  #token(kind: TokenKind, start: number, end: number): LexerToken {
    this.#at = end;
    return { kind, text: this.#text.slice(start, end), start, end, line: this.#line };
  }

  #beginsCommentOfOthers(start: number): boolean {
    return /^\/[/*]/u.test(this.#text.slice(start, start + 2)) && /^\s?$/u.test(this.#text.charAt(start - 1));
  }

  #string(start: number): LexerToken {
    const text = this.#text;
    const close = text.indexOf('"', start + 1);
    if (close < 0 || (this.#guess.quotesWithinLine && text.slice(start, close).includes('\n')))
      return this.#token('openQuote', start, openQuoteEnd(text, start));
    const line = this.#line;
    const inside = text.slice(start + 1, close);
    if (inside.includes('\n')) this.#line += lineEndsIn(inside);
    this.#at = close + 1;
    return { kind: 'string', text: inside, start, end: close + 1, line };
  }

  #foreign(code: number, start: number): LexerToken {
    const text = this.#text;
    if (code === 35) return this.#token('comment', start, lineEnd(text, start));
    // A carriage return alone does not end a line here, so a comment cannot begin behind it.
    if (code === 13) return this.#token('carriageReturn', start, start + 1);
    if (!isForeign(code)) return this.#token('other', start, start + 1);
    let end = start + 1;
    while (end < text.length && isForeign(text.charCodeAt(end))) end++;
    return this.#token('foreign', start, end);
  }
}

/** All tokens of a text at once. */
export const readTokens = (text: string): Tokens => {
  const lexer = new Lexer(text);
  const tokens: LexerToken[] = [];
  for (let token = lexer.next(); token !== undefined; token = lexer.next()) tokens.push(token);
  return { tokens, comments: lexer.comments };
};
