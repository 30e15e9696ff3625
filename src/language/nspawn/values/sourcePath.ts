import * as l10n from '@vscode/l10n';
import type { Span } from '../../document.ts';
import type { RuleInfo } from '../../finding.ts';
import { isAbsolutePath } from './pathChecks.ts';
import { absoluteProblem, pathAdvice, type PathField } from './pathField.ts';
import { replaceFix, ruleProblem } from './ruleProblem.ts';
import type { ValueProblem } from './valueKind.ts';
import type { HostWish } from '../../vocabulary.ts';

export const relativeSource: RuleInfo = {
  id: 'relative-source',
  severity: 'info',
  effect: 'none',
  title: l10n.t('A source that is not absolute depends on where systemd-nspawn is started'),
};
export const optionalSource: RuleInfo = {
  id: 'no-optional-source',
  severity: 'warning',
  effect: 'none',
  title: l10n.t('A source cannot be made optional with a - in front, as it can in unit files'),
};

/** Whether relative sources are taken at all. */
export const takesRelativeSources = (systemdVersion: number): boolean => systemdVersion >= 252;

const noOptional = l10n.t('systemd-nspawn knows no - for sources that may be missing, unlike unit files.');
const relativeTo = l10n.t(
  'A relative source counts from the directory that systemd-nspawn is started in: / for a machine that runs as a service.',
);

const refusedSource = (field: PathField): readonly ValueProblem[] => {
  const { text, start } = field;
  const problem = absoluteProblem(
    field,
    text.startsWith('-/')
      ? { hint: noOptional, fixes: [replaceFix(l10n.t('Remove the -'), { start, end: start + 1 }, '', true)] }
      : text.startsWith('+')
        ? { hint: l10n.t('A + in front of it makes it a path in the image.') }
        : {},
  );
  return problem === undefined ? [] : [problem];
};

/**
 * source_path_parse() of systemd (nspawn/nspawn-mount.c): a path of the host, or with `+` in front one in the image. An
 * empty one is no business of this.
 */
export const sourceProblems = (field: PathField, relativeTaken: boolean): readonly ValueProblem[] => {
  const { text, start } = field;
  const inImage = text.startsWith('+');
  if (isAbsolutePath(inImage ? text.slice(1) : text)) return pathAdvice(field);
  if (inImage || !relativeTaken) return refusedSource(field);
  if (text.startsWith('-/')) {
    const minus = { start, end: start + 1 };
    return [
      ruleProblem(optionalSource, minus, `${noOptional} ${l10n.t('This is a directory called -.')}`, [
        replaceFix(l10n.t('Remove the -'), minus, ''),
      ]),
    ];
  }
  return [ruleProblem(relativeSource, field, relativeTo), ...pathAdvice(field)];
};

/** Which objects could stand in that field. */
export const sourceWish = ({ start, end }: Span, value: string, object: 'path' | 'directory'): HostWish =>
  value.charAt(start) === '+' ? { object: 'imagePath', start: start + 1, end } : { object, start, end };
