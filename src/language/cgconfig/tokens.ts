import { beforeBlanks } from '../sorted.ts';

/**
 * `word` is an ID or a keyword, `string` a quoted one, `punctuation` one of `{ } = ;`. The rest is what the lexer of libcgroup
 * gives on as a single character that no rule of its grammar takes: `comment` (a `#` that does not begin its line), `openQuote`,
 * `carriageReturn`, `foreign` (bytes beyond ASCII, or NUL, which end the input) and `other`.
 */
export type TokenKind =
  'word' | 'string' | 'punctuation' | 'comment' | 'openQuote' | 'carriageReturn' | 'foreign' | 'other';

export interface Token {
  readonly kind: TokenKind;
  /** Of a string, what is inside its quotes. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** From 1, with the lines inside of strings counted, which libcgroup does not. */
  readonly line: number;
}

export interface Tokens {
  readonly tokens: readonly Token[];
  readonly comments: readonly { readonly start: number; readonly end: number }[];
}

const isWordCode = (code: number): boolean =>
  (code >= 97 && code <= 122) ||
  (code >= 65 && code <= 90) ||
  // - . / and digits
  (code >= 45 && code <= 57) ||
  // _ \ @ % ,
  code === 95 ||
  code === 92 ||
  code === 64 ||
  code === 37 ||
  code === 44;

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

/** Takes a text apart as lex.l of libcgroup does, and goes on behind what no rule of it matches. */
export const readTokens = (text: string, { quotesWithinLine, commentsOfOthers } = asLibcgroup): Tokens => {
  const tokens: Token[] = [];
  const comments: { start: number; end: number }[] = [];
  let line = 1;
  let atLineStart = true;
  let at = 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === newline) {
      line++;
      atLineStart = true;
      at++;
      continue;
    }
    if (code === 32 || code === 9) {
      at++;
      continue;
    }
    const start = at;
    // Comments begin their line: `#` behind blanks, `*` without.
    if (atLineStart && (code === 35 || (code === 42 && (start === 0 || text.charCodeAt(start - 1) === newline)))) {
      at = lineEnd(text, start);
      comments.push({ start, end: at });
      continue;
    }
    atLineStart = false;
    if (commentsOfOthers && /^\/[/*]/u.test(text.slice(start, start + 2)) && /^\s?$/u.test(text.charAt(start - 1))) {
      at = commentOfOthersEnd(text, start);
      const comment = text.slice(start, at);
      tokens.push({ kind: 'comment', text: comment, start, end: at, line });
      line += comment.split('\n').length - 1;
    } else if (isWordCode(code)) {
      do at++;
      while (at < text.length && isWordCode(text.charCodeAt(at)));
      tokens.push({ kind: 'word', text: text.slice(start, at), start, end: at, line });
    } else if (code === 34) {
      const close = text.indexOf('"', start + 1);
      if (close < 0 || (quotesWithinLine && text.slice(start, close).includes('\n'))) {
        at = openQuoteEnd(text, start);
        tokens.push({ kind: 'openQuote', text: text.slice(start, at), start, end: at, line });
        continue;
      }
      at = close + 1;
      const inside = text.slice(start + 1, close);
      tokens.push({ kind: 'string', text: inside, start, end: at, line });
      if (inside.includes('\n')) line += inside.split('\n').length - 1;
    } else if (code === 123 || code === 125 || code === 61 || code === 59) {
      at++;
      tokens.push({ kind: 'punctuation', text: text.charAt(start), start, end: at, line });
    } else if (code === 35) {
      at = lineEnd(text, start);
      tokens.push({ kind: 'comment', text: text.slice(start, at), start, end: at, line });
    } else if (code === 13) {
      at++;
      // A carriage return alone does not end a line here, so a comment cannot begin behind it.
      tokens.push({ kind: 'carriageReturn', text: '\r', start, end: at, line });
    } else if (isForeign(code)) {
      do at++;
      while (at < text.length && isForeign(text.charCodeAt(at)));
      tokens.push({ kind: 'foreign', text: text.slice(start, at), start, end: at, line });
    } else {
      at++;
      tokens.push({ kind: 'other', text: text.charAt(start), start, end: at, line });
    }
  }
  return { tokens, comments };
};
