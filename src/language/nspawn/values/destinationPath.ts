import * as l10n from '@vscode/l10n';
import type { Span } from '../../document.ts';
import type { RuleInfo } from '../../finding.ts';
import { absoluteProblem, pathAdvice, type PathField } from './pathField.ts';
import { ruleProblem, type ValueFix } from './ruleProblem.ts';
import type { ValueProblem } from './valueKind.ts';

export const mountOnRoot: RuleInfo = {
  id: 'mount-on-root',
  severity: 'warning',
  effect: 'ignored',
  title: l10n.t('systemd 242 to 244 mount nothing over the root directory'),
};

/** What three versions of systemd do not mount over (empty_or_root() in nspawn/nspawn-mount.c). */
export const rootProblems = (path: string, span: Span, systemdVersion: number): readonly ValueProblem[] =>
  systemdVersion >= 242 && systemdVersion <= 244 && /^\/+$/u.test(path)
    ? [ruleProblem(mountOnRoot, span, l10n.t('Mounting over the root directory is refused before systemd 245.'))]
    : [];

/** Where something is mounted in the machine: an absolute path, which need not be normalized. */
export const destinationProblems = (
  field: PathField,
  systemdVersion: number,
  fixes: readonly ValueFix[] = [],
): readonly ValueProblem[] => {
  const hint = field.text.startsWith('+') ? l10n.t('A + in front is for sources only.') : undefined;
  const relative = absoluteProblem(field, { fixes, ...(hint === undefined ? {} : { hint }) });
  return relative === undefined
    ? [...rootProblems(field.text, field, systemdVersion), ...pathAdvice(field)]
    : [relative];
};
