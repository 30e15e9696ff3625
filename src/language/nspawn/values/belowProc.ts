import * as l10n from '@vscode/l10n';
import type { Span } from '../../document.ts';
import type { RuleInfo } from '../../finding.ts';
import { ruleProblem } from './ruleProblem.ts';
import { shown } from '../../shown.ts';
import type { ValueProblem } from './valueKind.ts';

export const mountBelowProc: RuleInfo = {
  id: 'mount-below-proc',
  severity: 'error',
  effect: 'start-refused',
  variants: [{ severity: 'warning', effect: 'start-refused' }],
  title: l10n.t('What is mounted below /proc is looked up inside of the machine'),
};

/** path_startswith(path, "/proc"), which custom_mount_prepare_all() of systemd (nspawn/nspawn-mount.c) asks. */
export const isBelowProc = (path: string): boolean => /^\/(?:\.?\/)*proc(?:\/|$)/u.test(path);

/** File systems of the kernel, which every machine has. */
const isInEveryMachine = (path: string): boolean => /^\/+(?:proc|sys|dev)(?:\/|$)/u.test(path);

/** A mount below /proc that no machine starts with. */
export const neverBelowProc = (span: Span, message: string): ValueProblem => ruleProblem(mountBelowProc, span, message);

/** What is wrong with the source of a mount below /proc: it is looked up when the machine has its own root already. */
export const sourceBelowProc = (source: string, span: Span): readonly ValueProblem[] => {
  if (source === '' || source.startsWith('+'))
    return [
      neverBelowProc(
        span,
        l10n.t(
          'What goes below /proc is mounted from inside of the machine, where this source cannot be found: the machine does not start. Name a path in the image, without a + in front.',
        ),
      ),
    ];
  if (isInEveryMachine(source)) return [];
  return [
    {
      ...ruleProblem(
        mountBelowProc,
        span,
        l10n.t`What goes below /proc is mounted from inside of the machine: ${shown(source)} is looked up in the image and not on the host, and without it there the machine does not start.`,
      ),
      severity: 'warning',
    },
  ];
};
