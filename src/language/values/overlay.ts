import * as l10n from '@vscode/l10n';
import type { ValueType } from '../../schema/types.ts';
import type { RuleInfo } from '../finding.ts';
import { commentAfterValue, withCommonMistakes } from './commonMistakes.ts';
import { destinationProblems, mountOnRoot, rootProblems } from './destinationPath.ts';
import { emptyValue, emptyValueProblem } from './emptyValue.ts';
import { extractWords, type Word } from './extractWord.ts';
import type { PathField } from './pathField.ts';
import { pathRules } from './pathRules.ts';
import { fieldIndexAt, rawFields } from './rawFields.ts';
import { ruleProblem } from './ruleProblem.ts';
import { optionalSource, relativeSource, sourceProblems, sourceWish, takesRelativeSources } from './sourcePath.ts';
import { trailingBackslash } from './trailingBackslash.ts';
import type { HostWish, ValueKind, ValueProblem } from './valueKind.ts';
import { visible } from './visibleSpan.ts';
import { wordFailureProblem } from './wordRules.ts';

type Type = Extract<ValueType, { readonly kind: 'overlay' }>;

const invalidOverlay: RuleInfo = {
  id: 'invalid-overlay',
  severity: 'warning',
  effect: 'ignored',
  title: l10n.t('An overlay has two paths at least, and only the upper one may be left out'),
};

const layerProblems = (word: Word, name: string, value: string, systemdVersion: number): readonly ValueProblem[] =>
  word.text === ''
    ? [ruleProblem(invalidOverlay, visible(word), l10n.t`The ${name} directory is missing.`)]
    : sourceProblems(
        { ...word, value, name: l10n.t`the ${name} directory`, escaped: true },
        takesRelativeSources(systemdVersion),
      );

const check = (value: string, systemdVersion: number): readonly ValueProblem[] => {
  const { words, failure } = extractWords(value, { separators: ':', emptyWords: true });
  if (failure !== undefined) return [wordFailureProblem(value, failure, l10n.t('the line is ignored'))];
  const [lower, upper] = words;
  if (lower === undefined || upper === undefined) {
    const message = l10n.t('An overlay takes a lower and an upper directory at least, with a colon between them.');
    return [ruleProblem(invalidOverlay, { start: 0, end: value.length }, message)];
  }
  if (words.length === 2)
    return [
      ...layerProblems(lower, 'lower', value, systemdVersion),
      ...layerProblems(upper, 'upper', value, systemdVersion),
      ...rootProblems(upper.text.replace(/^\+/u, ''), upper, systemdVersion),
    ];
  const problems = words.slice(0, -2).flatMap((word) => layerProblems(word, 'lower', value, systemdVersion));
  const [top, last] = words.slice(-2);
  // Without an upper directory there is an empty one for as long as the machine runs.
  if (top !== undefined && top.text !== '') problems.push(...layerProblems(top, 'upper', value, systemdVersion));
  const destination: PathField | undefined = last && { ...last, value, name: l10n.t('the destination'), escaped: true };
  return destination === undefined ? problems : [...problems, ...destinationProblems(destination, systemdVersion)];
};

/** overlay_mount_parse() of systemd (nspawn/nspawn-mount.c). */
export const overlayKind: ValueKind<Type> = {
  rules: [
    ...[emptyValue, invalidOverlay, trailingBackslash, commentAfterValue, ...pathRules],
    ...[relativeSource, optionalSource, mountOnRoot],
  ],
  problems: (value, _type, at) =>
    value === ''
      ? [emptyValueProblem(at, l10n.t('directories with colons between them'))]
      : withCommonMistakes(value, (paths) => check(paths, at.context.systemdVersion)),
  suggestions: () => [],
  wishes: (value, offset) => {
    const fields = rawFields(value, ':');
    const index = fieldIndexAt(fields, offset);
    const field = fields[index];
    if (field === undefined) return [];
    const inMachine: readonly HostWish[] =
      index > 1 && index === fields.length - 1 ? [{ object: 'imagePath', ...field }] : [];
    return [...inMachine, sourceWish(field, value, 'directory')];
  },
  form: () => '`[+]LOWER[:…]:[+]UPPER[:DESTINATION]`',
  snippet: () => '${1:/lower}:${2:/upper}:${3:/destination}',
};
