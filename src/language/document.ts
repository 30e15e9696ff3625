import { lastUpTo } from './sorted.ts';

/**
 * The one shape that every file type is parsed to. Positions are offsets in UTF-16 code units; `line` is the number,
 * from 1, under which the real tool would speak of it.
 */

export interface Span {
  readonly start: number;
  /** The first offset behind it. */
  readonly end: number;
}

/** Where a part of a joined value stands in the text: `at` in the value, `offset` in the text. */
export interface Piece {
  readonly at: number;
  readonly offset: number;
}

/** One assignment, over as many physical lines as it has. */
export interface Entry extends Span {
  readonly key: string;
  readonly keyStart: number;
  readonly keyEnd: number;
  /** As the real parser hands it on: joined, without the blanks around it. */
  readonly value: string;
  readonly valueStart: number;
  readonly valueEnd: number;
  /** Only for a value over several lines; ascending, the first has `at` 0. */
  readonly pieces?: readonly Piece[];
  readonly line: number;
  /** Of an assignment of an included file, the path of that. */
  readonly file?: string;
}

export const valueSpan = ({ valueStart, valueEnd }: Entry): Span => ({ start: valueStart, end: valueEnd });

export interface Section extends Span {
  /** Where a grammar has several kinds of blocks, such as `group`; empty elsewhere. */
  readonly keyword: string;
  readonly name: string;
  readonly nameStart: number;
  readonly nameEnd: number;
  readonly headerEnd: number;
  readonly entries: readonly Entry[];
  readonly sections: readonly Section[];
  readonly line: number;
}

/** What the grammar itself does not take. What that means may depend on the version, so the rules judge it. */
export interface Mistake extends Span {
  /** The identifier of the rule that it breaks. */
  readonly rule: string;
  readonly line: number;
  /** What a rule needs besides, such as the word that it is about. */
  readonly detail?: string;
}

export interface ConfigDocument {
  readonly sections: readonly Section[];
  /** Assignments that stand in no section. */
  readonly loose: readonly Entry[];
  readonly mistakes: readonly Mistake[];
  readonly comments: readonly Span[];
}

/** Where character `at` of an entry's value stands in the text; `at` may be the value's length. */
export const offsetInText = (entry: Entry, at: number): number => {
  if (entry.pieces === undefined) return entry.valueStart + at;
  const piece = lastUpTo(entry.pieces, (one) => one.at, at);
  return piece === undefined ? entry.valueStart : piece.offset + (at - piece.at);
};

/** Which character of an entry's value stands at that offset of the text, or just behind it. */
export const indexInValue = (entry: Entry, offset: number): number => {
  const piece = lastUpTo(entry.pieces ?? [], (one) => one.offset, offset) ?? { at: 0, offset: entry.valueStart };
  return Math.max(0, Math.min(entry.value.length, piece.at + (offset - piece.offset)));
};

/** A comment that holds an assignment, which belongs to what stands above it and not to the section that follows. */
export const commentedOut = /^[#;]+\s*[A-Za-z][\w.-]*\s*=/u;
