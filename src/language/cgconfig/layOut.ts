import type { Span } from '../document.ts';
import type { TextChange } from '../finding.ts';
import { parseCgconfig } from './parse.ts';
import { readTokens } from './tokens.ts';

/** What stays of a text; only what stands between two of them is written anew. */
interface Piece extends Span {
  /** Of punctuation its sign. */
  readonly kind: 'comment' | 'word' | '{' | '}' | '=' | ';';
}

const signs = ['{', '}', '=', ';'] as const;

const piecesOf = (text: string): readonly Piece[] => {
  const { tokens, comments } = readTokens(text);
  const pieces: Piece[] = tokens.map(({ kind, text: token, start, end }) => ({
    kind: (kind === 'punctuation' ? signs.find((sign) => sign === token) : undefined) ?? 'word',
    start,
    end,
  }));
  for (const { start, end } of comments)
    pieces.push({ kind: 'comment', start, end: start + text.slice(start, end).trimEnd().length });
  return pieces.sort((a, b) => a.start - b.start);
};

/** Whether a line ends between two pieces. */
const breaks = (last: Piece['kind'], next: Piece['kind']): boolean =>
  last === 'comment' || next === 'comment' || last === '{' || last === '}' || last === ';' || next === '}';

const lineEnds = (gap: string): number => gap.split('\n').length - 1;

/**
 * How a cgconfig.conf is laid out: a tab for each block around a line, one setting a line, one blank around `=`, at most one
 * empty line and always one behind a block at the top. A file with mistakes stays as it is, since nobody knows what was meant.
 */
export const layOutCgconfig = (text: string): readonly TextChange[] => {
  if (parseCgconfig(text).mistakes.length > 0) return [];
  const changes: TextChange[] = [];
  const rewrite = (start: number, end: number, wanted: string): void => {
    if (text.slice(start, end) !== wanted) changes.push({ start, end, text: wanted });
  };
  const pieces = piecesOf(text);
  let last: Piece | undefined;
  let depth = 0;
  for (const piece of pieces) {
    if (piece.kind === '}') depth--;
    const from = last?.end ?? 0;
    // A comment that begins with a star is one in the first column only.
    const indent = text.charAt(piece.start) === '*' ? '' : '\t'.repeat(Math.max(0, depth));
    if (last === undefined) rewrite(0, piece.start, '');
    else if (breaks(last.kind, piece.kind)) {
      const isApart = lineEnds(text.slice(from, piece.start)) > 1 && last.kind !== '{' && piece.kind !== '}';
      const isBehindBlock = last.kind === '}' && depth === 0 && piece.kind !== '}';
      rewrite(from, piece.start, `${isApart || isBehindBlock ? '\n\n' : '\n'}${indent}`);
    } else rewrite(from, piece.start, piece.kind === ';' ? '' : ' ');
    if (piece.kind === '{') depth++;
    last = piece;
  }
  rewrite(last?.end ?? 0, text.length, last === undefined ? '' : '\n');
  return changes;
};
