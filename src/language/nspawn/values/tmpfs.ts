import * as l10n from '@vscode/l10n';
import type { ValueType } from '../../../schema/types.ts';
import { commentAfterValue, withCommonMistakes } from './commonMistakes.ts';
import { destinationProblems, mountOnRoot } from './destinationPath.ts';
import { emptyValue, emptyValueProblem } from './emptyValue.ts';
import { extractFirstWord } from './extractWord.ts';
import { emptyOverNeeded, hidesNeededPath } from './neededPaths.ts';
import { pathRules } from './pathRules.ts';
import { rawFields, visible } from './rawFields.ts';
import {
  invalidTmpfsOption,
  openTmpfs,
  tmpfsOptionProblems,
  tmpfsOptionSuggestions,
  unknownTmpfsOption,
} from './tmpfsOptions.ts';
import { trailingBackslash, wordFailureProblem } from './wordRules.ts';
import type { ValueKind, ValueProblem } from './valueKind.ts';

type Type = Extract<ValueType, { readonly kind: 'tmpfs' }>;

const check = (value: string, systemdVersion: number): readonly ValueProblem[] => {
  const { word, failure, next } = extractFirstWord(value, 0, { separators: ':', emptyWords: true });
  if (failure !== undefined) return [wordFailureProblem(value, failure, l10n.t('The line is ignored.'))];
  if (word === undefined) return [];
  const problems = [
    ...destinationProblems({ ...word, value, name: l10n.t('the path'), escaped: true }, systemdVersion),
    ...emptyOverNeeded(word.text, visible(word), systemdVersion),
  ];
  const withOptions = next !== undefined && next < value.length;
  return withOptions && !problems.some(({ effect }) => effect === 'ignored')
    ? [...problems, ...tmpfsOptionProblems(value, next, word.text)]
    : problems;
};

const pathEnd = (value: string): number => rawFields(value, ':')[0]?.end ?? value.length;

/** tmpfs_mount_parse() of systemd (nspawn/nspawn-mount.c), and what mounting does with the options. */
export const tmpfsKind: ValueKind<Type> = {
  rules: [
    ...[emptyValue, trailingBackslash, commentAfterValue, mountOnRoot, ...pathRules],
    ...[unknownTmpfsOption, invalidTmpfsOption, openTmpfs, hidesNeededPath],
  ],
  problems: (value, _type, at) =>
    value === ''
      ? [emptyValueProblem(at, l10n.t('an absolute path'))]
      : withCommonMistakes(value, (mount) => check(mount, at.context.systemdVersion)),
  suggestions: (value, offset) => {
    const end = pathEnd(value);
    return offset > end ? tmpfsOptionSuggestions(value, end + 1, offset) : [];
  },
  wishes: (value, offset) => {
    const end = pathEnd(value);
    return offset > end ? [] : [{ object: 'imagePath', start: 0, end }];
  },
  form: () => l10n.t('`/PATH[:OPTION,…]` in the machine, with options of tmpfs'),
  snippet: () => '${1:/path}',
};
