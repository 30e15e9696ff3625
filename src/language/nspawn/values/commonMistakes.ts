import * as l10n from '@vscode/l10n';
import type { Span } from '../../document.ts';
import type { Effect, RuleInfo } from '../../finding.ts';
import { replaceFix, ruleProblem } from './ruleProblem.ts';
import type { ValueProblem } from './valueKind.ts';

export const commentAfterValue: RuleInfo = {
  id: 'comment-after-value',
  severity: 'warning',
  effect: 'ignored',
  variants: [
    { severity: 'error', effect: 'file-refused' },
    { severity: 'error', effect: 'start-refused' },
    { severity: 'warning', effect: 'none' },
    { severity: 'info', effect: 'none' },
  ],
  title: l10n.t('A comment stands on a line of its own; behind a value it is part of the value'),
};

const matters = ({ effect }: ValueProblem): boolean => effect !== 'none';
/** What a comment does to a value, beyond what is wrong before it. */
const effectOfComment = (all: readonly ValueProblem[], before: readonly ValueProblem[]): Effect => {
  const has = (effect: Effect): boolean =>
    all.some((one) => one.effect === effect) && !before.some((one) => one.effect === effect);
  const worse = (['file-refused', 'start-refused'] as const).find(has);
  if (worse !== undefined) return worse;
  const only = (['ignored', 'start-refused'] as const).find((effect) => all.some((one) => one.effect === effect));
  return only ?? 'file-refused';
};

/** Where a blank and `#` or `;` begin what was probably meant as a comment. */
export const commentStart = (value: string): Span | undefined => {
  const at = /[ \t][#;]/u.exec(value)?.index;
  if (at === undefined) return undefined;
  let start = at;
  while (start > 0 && ' \t'.includes(value.charAt(start - 1))) start--;
  // A blank behind a backslash may belong to a word.
  if (value.charAt(start - 1) === '\\') start++;
  return { start, end: value.length };
};

/** What to say of a comment from `start` to the end of the value. `effect` is what it does to the line. */
export const commentProblem = (value: string, comment: Span, effect: Effect): ValueProblem => ({
  ...ruleProblem(
    { ...commentAfterValue, severity: effect === 'ignored' || effect === 'none' ? 'warning' : 'error', effect },
    { start: value.slice(comment.start).search(/[#;]/u) + comment.start, end: value.length },
    effect === 'none'
      ? l10n.t('This is no comment but part of the value: a comment stands on a line of its own.')
      : l10n.t('A comment stands on a line of its own. Here it is part of the value and makes the value wrong.'),
    [
      replaceFix(
        l10n.t('Remove the comment'),
        { start: comment.start, end: value.length },
        '',
        effect === 'none' ? undefined : true,
      ),
    ],
  ),
});

/**
 * Judges a value and tells two mistakes apart from all others, as people bring them from other formats: a comment behind
 * the value, and quotes around it where quotes are ordinary characters.
 */
export const withCommonMistakes = (
  value: string,
  check: (value: string) => readonly ValueProblem[],
  comment: Span | undefined = commentStart(value),
): readonly ValueProblem[] => {
  const problems = check(value);
  if (!problems.some(matters)) return problems;
  if (comment !== undefined && comment.start > 0) {
    const before = check(value.slice(0, comment.start));
    return [...before, commentProblem(value, comment, effectOfComment(problems, before))];
  }
  const [first, ...others] = problems;
  const inner = /^(["'])(.*)\1$/su.exec(value)?.[2]?.trim();
  if (first === undefined || inner === undefined || inner === '' || check(inner).some(matters)) return problems;
  return [
    {
      ...first,
      message: `${first.message} ${l10n.t('Quotes do not group here.')}`,
      fixes: [replaceFix(l10n.t('Remove the quotes'), { start: 0, end: value.length }, inner, true)],
    },
    ...others,
  ];
};
