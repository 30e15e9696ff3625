import * as l10n from '@vscode/l10n';
import type { Span } from '../../document.ts';
import { nearestName } from '../../nearestName.ts';
import { replaceFix, type ValueFix } from './ruleProblem.ts';

const plain = (name: string): string => name.toLowerCase().replaceAll(/[-_]/gu, '');

/** The fix that puts the nearest of the names in place of a word; it is preferred where only case, `-` and `_` differ. */
export const didYouMean = (written: string, names: Iterable<string>, span: Span): readonly ValueFix[] => {
  const near = nearestName(written, names);
  if (near === undefined) return [];
  return [replaceFix(l10n.t`Write ${near}`, span, near, plain(near) === plain(written) ? true : undefined)];
};

/** In one value, so many words are compared with all names; a list with more mistakes is no list of them. */
export const mostCompared = 50;
