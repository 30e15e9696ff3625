import { beforeBlanks } from '../sorted.ts';
import type { ConfigDocument, Entry, Span } from '../document.ts';

const isBlank = (character: string): boolean => character === ' ' || character === '\t';

/** CGRP_RULE_MAXLINE of libcgroup-internal.h without the NUL behind: what of a line is read at once, in bytes. */
export const longestPiece = 8551;

/** Bytes of a character in UTF-8; a byte that is no UTF-8 stands in the text as half of a pair. */
const bytesOf = (code: number): number => {
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  if (code >= 0xdc80 && code <= 0xdcff) return 1;
  return code > 0xffff ? 4 : 3;
};

/** Where a line is cut, as fgets() does it, into the buffer of libcgroup; its end where it fits. */
const endOfPiece = (text: string, start: number, lineEnd: number): number => {
  if ((lineEnd - start) * 3 <= longestPiece) return lineEnd;
  let bytes = 0;
  let at = start;
  while (at < lineEnd) {
    const code = text.codePointAt(at) ?? 0;
    bytes += bytesOf(code);
    if (bytes > longestPiece) return at;
    at += code > 0xffff ? 2 : 1;
  }
  return lineEnd;
};

/**
 * Reads a cgrules.conf: one rule a line, and a `#` or a NUL anywhere ends it, also inside of quotes. A line that is too long for
 * libcgroup's buffer is several for it. The key of an entry is what the rule
 * is for, its value the rest of the line. How a version takes the fields apart is judged behind it.
 */
export const parseCgrules = (text: string): ConfigDocument => {
  const loose: Entry[] = [];
  const comments: Span[] = [];
  let line = 0;
  for (let start = 0; start < text.length;) {
    line++;
    const newline = text.indexOf('\n', start);
    const lineEnd = endOfPiece(text, start, newline < 0 ? text.length : newline);
    const hash = text.slice(start, lineEnd).search(/[#\0]/u);
    const end = hash < 0 ? lineEnd : start + hash;
    if (hash >= 0) comments.push({ start: end, end: lineEnd });
    let from = start;
    while (from < end && isBlank(text.charAt(from))) from++;
    if (from < end) loose.push(entryOf(text, from, end, line));
    // The rest of a line that was cut is on the same one.
    if (lineEnd < text.length && text.charAt(lineEnd) !== '\n') {
      line--;
      start = lineEnd;
    } else start = lineEnd + 1;
  }
  return { sections: [], loose, mistakes: [], comments };
};

const entryOf = (text: string, from: number, end: number, line: number): Entry => {
  let keyEnd = from;
  while (keyEnd < end && !isBlank(text.charAt(keyEnd))) keyEnd++;
  let valueStart = keyEnd;
  while (valueStart < end && isBlank(text.charAt(valueStart))) valueStart++;
  const valueEnd = Math.max(valueStart, beforeBlanks(text, end, ' \t\r'));
  const value = text.slice(valueStart, valueEnd);
  return {
    start: from,
    end,
    key: text.slice(from, keyEnd),
    keyStart: from,
    keyEnd,
    value,
    valueStart: value === '' ? keyEnd : valueStart,
    valueEnd: value === '' ? keyEnd : valueEnd,
    line,
  };
};
