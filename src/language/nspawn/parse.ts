import { nspawnSchema } from '../../schema/nspawnSchema.ts';
import type { ConfigDocument, Entry, Mistake, Piece, Section, Span } from '../document.ts';
import { lastUpTo } from '../sorted.ts';

/** Bytes of a physical line and of a joined one: LONG_LINE_MAX of systemd. */
const longestLine = 1024 * 1024;
const byteOrderMark = '\uFEFF';
/**
 * What utf8_is_valid() refuses: \p{Cs} and \p{Noncharacter_Code_Point}, written out because a name of a class takes a while to be
 * looked up. A lone surrogate stands for a byte that could not be decoded.
 */
export const invalidCharacters =
  /[\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\u{1fffe}\u{1ffff}\u{2fffe}\u{2ffff}\u{3fffe}\u{3ffff}\u{4fffe}\u{4ffff}\u{5fffe}\u{5ffff}\u{6fffe}\u{6ffff}\u{7fffe}\u{7ffff}\u{8fffe}\u{8ffff}\u{9fffe}\u{9ffff}\u{afffe}\u{affff}\u{bfffe}\u{bffff}\u{cfffe}\u{cffff}\u{dfffe}\u{dffff}\u{efffe}\u{effff}\u{ffffe}\u{fffff}\u{10fffe}\u{10ffff}]/u;
const known = new Set(nspawnSchema.sections);

const isBlank = (code: number): boolean => code === 32 || code === 9 || code === 10 || code === 13;
const isLineEnd = (code: number): boolean => code === 10 || code === 13 || code === 0;

/** Behind the end of line at `offset`: each of LF and CR once, and a NUL ends it (read_line_full in basic/fileio.c). */
const afterLineEnd = (text: string, offset: number): number => {
  let seen = 0;
  let next = offset;
  while (next < text.length) {
    const code = text.charCodeAt(next);
    const bit = code === 10 ? 1 : code === 13 ? 2 : code === 0 ? 4 : 0;
    if (bit === 0 || (seen & (4 | bit)) !== 0) break;
    seen |= bit;
    next++;
  }
  return next;
};

const byteLength = (text: string): number => {
  let bytes = text.length;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code > 0x7f) bytes++;
    if (code > 0x7ff && (code < 0xd800 || code > 0xdfff)) bytes++;
  }
  return bytes;
};

const isTooLong = (text: string, limit: number): boolean =>
  text.length > limit || (text.length * 3 > limit && byteLength(text) > limit);

/** A backslash at the end that no other one takes back; pairs are counted from the start. */
export const isContinued = (text: string): boolean => {
  if (!text.endsWith('\\')) return false;
  let escaped = false;
  for (let at = text.indexOf('\\'); at < text.length; at++) escaped = !escaped && text.charCodeAt(at) === 92;
  return escaped;
};

/** A joined line before it is taken apart. */
interface Logical extends Span {
  readonly text: string;
  readonly pieces: readonly Piece[] | undefined;
  readonly line: number;
}

interface OpenSection {
  readonly status: 'known' | 'unknown' | 'extension';
  readonly section: Omit<Section, 'end' | 'entries'>;
  readonly entries: Entry[];
}

class Builder {
  readonly sections: Section[] = [];
  readonly loose: Entry[] = [];
  readonly mistakes: Mistake[] = [];
  readonly comments: Span[] = [];
  readonly #ascii: boolean;
  #open: OpenSection | undefined;

  constructor(ascii: boolean) {
    this.#ascii = ascii;
  }

  mistake(rule: string, start: number, end: number, line: number): void {
    this.mistakes.push({ rule, start, end, line });
  }

  close(end: number): void {
    if (this.#open === undefined) return;
    this.sections.push({ ...this.#open.section, end, entries: this.#open.entries });
    this.#open = undefined;
  }

  /** parse_line() of systemd. False when it refuses the whole file in every version. */
  take(logical: Logical): boolean {
    const { text, line } = logical;
    let from = 0;
    let to = text.length;
    while (from < to && isBlank(text.charCodeAt(from))) from++;
    while (to > from && isBlank(text.charCodeAt(to - 1))) to--;
    if (from === to) return true;
    const at = placeOf(logical);
    const start = at(from);
    const end = at(to - 1) + 1;
    if (!this.#ascii && invalidCharacters.test(text)) {
      this.mistake('invalid-utf8', start, end, line);
      return false;
    }
    if (text.charCodeAt(from) === 91) {
      if (text.charCodeAt(to - 1) !== 93) {
        this.mistake('section-header-not-closed', start, end, line);
        return false;
      }
      this.header(text.slice(from + 1, to - 1), start, end, line);
      return true;
    }
    this.assignment(logical, from, to, at);
    return true;
  }

  header(name: string, start: number, end: number, line: number): void {
    this.close(start);
    const status = known.has(name) ? 'known' : name.startsWith('X-') ? 'extension' : 'unknown';
    this.#open = {
      status,
      section: {
        keyword: '',
        name,
        start,
        headerEnd: end,
        nameStart: Math.min(start + 1, end),
        nameEnd: Math.max(start + 1, end - 1),
        sections: [],
        line,
      },
      entries: [],
    };
  }

  assignment(logical: Logical, from: number, to: number, at: (index: number) => number): void {
    const { text, line } = logical;
    const start = at(from);
    const end = at(to - 1) + 1;
    const open = this.#open;
    const counts = open?.status === 'known';
    const equals = text.indexOf('=', from);
    if (equals < 0 || equals >= to) {
      if (counts) this.mistake('missing-equals', start, end, line);
      else if (open === undefined) this.mistake('outside-section', start, end, line);
      return;
    }
    if (equals === from) {
      if (counts) this.mistake('missing-key', start, end, line);
      else if (open === undefined) this.mistake('outside-section', start, end, line);
      return;
    }
    let keyTo = equals;
    while (keyTo > from && isBlank(text.charCodeAt(keyTo - 1))) keyTo--;
    let valueFrom = equals + 1;
    while (valueFrom < to && isBlank(text.charCodeAt(valueFrom))) valueFrom++;
    const valueStart = valueFrom < to ? at(valueFrom) : at(equals) + 1;
    const entry: Entry = {
      start,
      end,
      key: text.slice(from, keyTo),
      keyStart: start,
      keyEnd: at(keyTo - 1) + 1,
      value: text.slice(valueFrom, to),
      valueStart,
      valueEnd: valueFrom < to ? end : valueStart,
      line,
      ...piecesFrom(logical, valueFrom, to),
    };
    if (open !== undefined) open.entries.push(entry);
    else {
      this.loose.push(entry);
      this.mistake('outside-section', start, end, line);
    }
  }
}

/** From a position in the joined text to one in the file. */
const placeOf = ({ start, pieces }: Logical): ((index: number) => number) => {
  if (pieces === undefined) return (index) => start + index;
  return (index) => {
    const piece = lastUpTo(pieces, (one) => one.at, index);
    return piece === undefined ? start + index : piece.offset + (index - piece.at);
  };
};

const piecesFrom = (logical: Logical, from: number, to: number): { readonly pieces?: readonly Piece[] } => {
  if (logical.pieces === undefined) return {};
  const at = placeOf(logical);
  const inside = logical.pieces.filter((piece) => piece.at > from && piece.at < to);
  return { pieces: [{ at: 0, offset: at(from) }, ...inside.map((piece) => ({ ...piece, at: piece.at - from }))] };
};

/** Lines that go on into each other, as far as they are read. */
interface Joined {
  text: string;
  /** Counted line by line, since to count all that is joined with each line would take the square of the time. */
  bytes: number;
  readonly pieces: Piece[];
  readonly start: number;
}

/**
 * Reads a `.nspawn` file as config_parse() of systemd does (shared/conf-parser.c). Never throws. What comes behind a line
 * for which every version refuses the whole file is read all the same, so that an editor has something to show.
 */
export const parseNspawn = (text: string): ConfigDocument => {
  const ascii = !/[^\0-\x7f]/u.test(text);
  const builder = new Builder(ascii);
  const bytesOf = (line: string): number => (ascii ? line.length : byteLength(line));
  const plain = !/[\r\0]/u.test(text);
  let offset = 0;
  let line = 0;
  let bomSeen = false;
  let joined: Joined | undefined;
  while (offset < text.length) {
    line++;
    const start = offset;
    let end: number;
    if (plain) {
      const newline = text.indexOf('\n', start);
      end = newline < 0 ? text.length : newline;
      offset = newline < 0 ? end : end + 1;
    } else {
      end = start;
      while (end < text.length && !isLineEnd(text.charCodeAt(end))) end++;
      offset = afterLineEnd(text, end);
    }
    // The limit is reached before the end of the line is seen, so a line of exactly that length is too long.
    if ((end - start) * 3 >= longestLine && isTooLong(text.slice(start, end), longestLine - 1)) {
      builder.mistake('line-too-long', start, end, line - 1);
      continue;
    }
    let first = start;
    while (first < end && isBlank(text.charCodeAt(first))) first++;
    const firstCode = first < end ? text.charCodeAt(first) : 0;
    if (firstCode === 35 || firstCode === 59) {
      builder.comments.push({ start: first, end });
      continue;
    }
    let from = start;
    if (!bomSeen && text.startsWith(byteOrderMark, start) && start < end) {
      bomSeen = true;
      from++;
    }
    const physical = text.slice(from, end);
    if (joined === undefined) {
      if (!isContinued(physical)) {
        builder.take({ text: physical, start: from, end, pieces: undefined, line });
        continue;
      }
      joined = {
        text: `${physical.slice(0, -1)} `,
        bytes: bytesOf(physical),
        pieces: [{ at: 0, offset: from }],
        start: from,
      };
      continue;
    }
    joined.bytes += bytesOf(physical);
    if (joined.bytes > longestLine) {
      builder.mistake('line-too-long', joined.start, end, line);
      joined = undefined;
      continue;
    }
    joined.pieces.push({ at: joined.text.length, offset: from });
    // What is joined already ends in a blank, so no backslash of it can reach into this line.
    if (isContinued(physical)) {
      joined.text += `${physical.slice(0, -1)} `;
      continue;
    }
    builder.take({ text: joined.text + physical, start: joined.start, end, pieces: joined.pieces, line });
    joined = undefined;
  }
  if (joined !== undefined)
    builder.take({ text: joined.text, start: joined.start, end: text.length, pieces: joined.pieces, line: line + 1 });
  builder.close(text.length);
  const { sections, loose, mistakes, comments } = builder;
  return { sections, loose, mistakes, comments };
};
