import type { RuleInfo } from '../finding.ts';
import { replaceFix, ruleProblem } from './ruleProblem.ts';
import type { ValueProblem } from './valueKind.ts';

export const trailingBackslash: RuleInfo = {
  id: 'trailing-backslash',
  severity: 'warning',
  effect: 'ignored',
  variants: [{ severity: 'error', effect: 'file-refused' }],
  title: 'Behind a backslash stands the character whose meaning it takes away',
};

/** A value whose last character is a backslash that is not itself protected. */
export const trailingBackslashProblem = (value: string): ValueProblem => {
  const last = { start: value.length - 1, end: value.length };
  return ruleProblem(
    trailingBackslash,
    last,
    'The last backslash has nothing behind it whose meaning it could take away. Write \\\\ for a backslash.',
    [replaceFix('Remove the backslash', last, '')],
  );
};
