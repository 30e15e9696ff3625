import { commentProblem, commentStart, withCommonMistakes } from './commonMistakes.ts';
import type { ValueProblem } from './valueKind.ts';

/**
 * Judges a value in which what was meant as a comment can be taken for a part of it, such as of a path or for further
 * words; systemd says nothing then.
 */
export const withTakenComment = (
  value: string,
  check: (value: string) => readonly ValueProblem[],
): readonly ValueProblem[] => {
  const problems = withCommonMistakes(value, check);
  const comment = commentStart(value);
  // A number sign with a number is one in names, such as those of tracks.
  if (comment === undefined || /^[ \t]+#\d/u.test(value.slice(comment.start))) return problems;
  if (problems.some(({ effect }) => effect !== 'none')) return problems;
  return [...problems, commentProblem(value, comment, 'none')];
};
