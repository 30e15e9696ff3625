import { commentedOut, type Span } from '../document.ts';
import type { TextChange } from '../finding.ts';
import { invalidCharacters, isContinued } from './parse.ts';

/** Lines that the layout knows how to write; the rest stays as it is, as do the lines that an assignment goes on over. */
type LineKind = 'blank' | 'comment' | 'header' | 'other';

/** What stays of a physical line; all between two of them may be written anew. */
interface Core extends Span {
  readonly kind: LineKind;
  /** The line before it goes on in this one. */
  readonly goesOn: boolean;
}

const isBlank = (char: string): boolean => char === ' ' || char === '\t';

/** Line ends that systemd knows and an editor does not, or takes otherwise. */
const oddLineEnd = /\0|\r(?!\n)/u;

const readCores = (text: string, changes: TextChange[]): readonly Core[] => {
  const cores: Core[] = [];
  let goesOn = false;
  for (let start = 0; start < text.length;) {
    const newline = text.indexOf('\n', start);
    const next = newline < 0 ? text.length : newline + 1;
    const lineEnd =
      newline < 0 ? text.length : text.charAt(newline - 1) === '\r' && newline > start ? newline - 1 : newline;
    let from = start;
    while (from < lineEnd && isBlank(text.charAt(from))) from++;
    let to = lineEnd;
    while (to > from && isBlank(text.charAt(to - 1))) to--;
    const first = text.charAt(from);
    if (from === to) {
      // An empty line ends an assignment that goes on, so that one has to stay.
      if (goesOn) cores.push({ kind: 'blank', start, end: start, goesOn });
      goesOn = false;
    } else if (first === '#' || first === ';') {
      cores.push({ kind: 'comment', start: goesOn ? start : from, end: to, goesOn });
    } else {
      const line = text.slice(start, lineEnd);
      const continues = isContinued(line);
      // A line that cannot be read is left as it is. Where a byte order mark counts depends on what stands before it.
      // And without the blank behind it a backslash may go on into the next line.
      const isOdd =
        line.includes('\uFEFF') || invalidCharacters.test(line) || (!continues && isContinued(text.slice(start, to)));
      if (isOdd) cores.push({ kind: 'other', start, end: lineEnd, goesOn });
      else if (goesOn) cores.push({ kind: 'other', start, end: to, goesOn });
      else if (first === '[') {
        const isHeader = !continues && text.charAt(to - 1) === ']';
        cores.push(
          isHeader ? { kind: 'header', start: from, end: to, goesOn } : { kind: 'other', start, end: lineEnd, goesOn },
        );
      } else {
        const equals = text.indexOf('=', from);
        const isAssignment = from < equals && equals < to;
        if (isAssignment) closeUp(text, from, equals, to, changes);
        cores.push({ kind: 'other', start: isAssignment ? from : start, end: isAssignment ? to : lineEnd, goesOn });
      }
      goesOn = continues;
    }
    start = next;
  }
  return cores;
};

/** Takes away the blanks around an equals sign. */
const closeUp = (text: string, from: number, equals: number, to: number, changes: TextChange[]): void => {
  let start = equals;
  while (start > from && isBlank(text.charAt(start - 1))) start--;
  let end = equals + 1;
  while (end < to && isBlank(text.charAt(end))) end++;
  if (end - start > 1) changes.push({ start, end, text: '=' });
};

/** Which lines begin a section, be it with the comment right above its header. */
const beginsSection = (text: string, cores: readonly Core[]): readonly boolean[] => {
  const begins = cores.map(({ kind }) => kind === 'header');
  for (let at = cores.length - 2; at >= 0; at--) {
    const core = cores[at];
    const next = cores[at + 1];
    if (core?.kind !== 'comment' || core.goesOn || next === undefined || begins[at + 1] !== true) continue;
    const isRightAbove = lineEnds(text.slice(core.end, next.start)) === 1;
    begins[at] = isRightAbove && !commentedOut.test(text.slice(core.start, core.end));
  }
  return begins;
};

const lineEnds = (gap: string): number => gap.split('\n').length - 1;

/**
 * How a `.nspawn` file is laid out: no blanks around `=`, before a key or behind a value, at most one empty line and always
 * one before a section, and a line end at the end. Lines that an assignment goes on over keep their indentation, which is
 * part of the value.
 */
export const layOutNspawn = (text: string): readonly TextChange[] => {
  if (oddLineEnd.test(text)) return [];
  const eol = /\r?\n/u.exec(text)?.[0] ?? '\n';
  const changes: TextChange[] = [];
  const cores = readCores(text, changes);
  const rewrite = (start: number, end: number, wanted: string): void => {
    if (text.slice(start, end) !== wanted) changes.push({ start, end, text: wanted });
  };
  const begins = beginsSection(text, cores);
  let end = 0;
  for (const [at, core] of cores.entries()) {
    const lines = lineEnds(text.slice(end, core.start));
    // A header right below its comment belongs to it.
    const beginsHere = begins[at] === true && !(begins[at - 1] === true && cores[at - 1]?.kind === 'comment');
    if (at === 0) rewrite(0, core.start, '');
    else rewrite(end, core.start, !core.goesOn && (lines > 1 || beginsHere) ? eol + eol : eol);
    ({ end } = core);
  }
  rewrite(end, text.length, cores.length === 0 ? '' : eol);
  return changes.sort((a, b) => a.start - b.start);
};
