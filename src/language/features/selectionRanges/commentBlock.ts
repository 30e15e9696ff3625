import type { ConfigDocument, Span } from '../../document.ts';

/** Only one line end and blanks between two comments, so they are read as one. */
const isNextLine = (between: string): boolean => /^[ \t]*(?:\r\n|\n|\r)[ \t]*$/u.test(between);

/** The comment with those that stand on the lines right above and below it. */
export const commentBlock = ({ comments }: ConfigDocument, text: string, comment: Span): Span => {
  const at = comments.indexOf(comment);
  let { start, end } = comment;
  for (let above = at - 1; above >= 0; above--) {
    const one = comments[above];
    if (one === undefined || !isNextLine(text.slice(one.end, start))) break;
    ({ start } = one);
  }
  for (let below = at + 1; below < comments.length; below++) {
    const one = comments[below];
    if (one === undefined || !isNextLine(text.slice(end, one.start))) break;
    ({ end } = one);
  }
  return { start, end };
};
