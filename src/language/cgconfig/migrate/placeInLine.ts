import type { Span } from '../../document.ts';
import type { TextChange } from '../../finding.ts';

/** How a span stands in its lines: comments need lines of their own. */
interface PlaceInLine {
  readonly indent: string;
  readonly beginsLine: boolean;
  readonly endsLine: boolean;
  /** Behind the blanks that follow it. */
  readonly next: number;
}

const placeInLine = (text: string, { start, end }: Span): PlaceInLine => {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const indent = /^[ \t]*/u.exec(text.slice(lineStart, start))?.[0] ?? '';
  const blanks = /^[ \t]*/u.exec(text.slice(end, end + 200))?.[0].length ?? 0;
  const next = end + blanks;
  return {
    indent,
    beginsLine: lineStart + indent.length === start,
    endsLine: next === text.length || text[next] === '\n',
    next,
  };
};

const asComment = (line: string): string => {
  if (/^\s*(?:#|$)/u.test(line)) return line;
  const indent = /^[ \t]*/u.exec(line)?.[0] ?? '';
  return `${indent}# ${line.slice(indent.length)}`;
};

/** Comments above a place. */
export const addComments = (text: string, span: Span, comments: readonly string[]): readonly TextChange[] => {
  if (comments.length === 0) return [];
  const { indent, beginsLine } = placeInLine(text, span);
  const lines = comments.map((comment) => `# ${comment}\n${indent}`).join('');
  return [{ start: span.start, end: span.start, text: `${beginsLine ? '' : `\n${indent}`}${lines}` }];
};

/** Makes a part of the text a comment, with further comments above it. */
export const commentOut = (text: string, span: Span, comments: readonly string[]): TextChange => {
  const { indent, beginsLine, endsLine, next } = placeInLine(text, span);
  const [first = '', ...rest] = text.slice(span.start, span.end).split('\n');
  const lines = [
    ...comments.map((comment) => `# ${comment}`),
    asComment(first),
    // What goes over its line has an indentation already.
    ...rest.map((line) => ({ line: asComment(line) })),
  ].map((line, index) => (typeof line === 'string' ? `${index === 0 ? '' : indent}${line}` : line.line));
  return {
    start: span.start,
    end: endsLine ? span.end : next,
    text: `${beginsLine ? '' : `\n${indent}`}${lines.join('\n')}${endsLine ? '' : `\n${indent}`}`,
  };
};

/** Takes a part of the text away, with its line where nothing else stands there. */
export const takeAway = (text: string, span: Span): TextChange => {
  const { indent, beginsLine, endsLine, next } = placeInLine(text, span);
  if (!beginsLine || !endsLine) return { start: span.start, end: next, text: '' };
  const start = span.start - indent.length;
  return { start, end: Math.min(text.length, next + 1), text: '' };
};
