import * as l10n from '@vscode/l10n';
import type { Entry, Section } from '../document.ts';
import type { Finding, RuleInfo } from '../finding.ts';
import { found } from '../found.ts';
import { cNumber } from './parameterValue.ts';
import { isLongerThan, longestValue, valueTooLong } from './groupRules.ts';
import { inSeries } from '../shown.ts';

const invalid: RuleInfo = {
  id: 'systemd-invalid-setting',
  severity: 'error',
  effect: 'file-refused',
  title: l10n.t('A block systemd takes slice, scope, setdefault = yes and pid'),
};
const incomplete: RuleInfo = {
  id: 'systemd-incomplete',
  severity: 'error',
  effect: 'file-refused',
  title: l10n.t('A block systemd names a slice and a scope'),
};

export const systemdRules: readonly RuleInfo[] = [invalid, incomplete];

/** What is wrong with a setting; cgroup_add_systemd_opts() of config.c. */
const problemOf = ({ key, value }: Entry): string | undefined => {
  switch (key) {
    case 'slice':
      return value.endsWith('.slice') ? undefined : l10n.t('The name of a slice ends in .slice.');
    case 'scope':
      return value.endsWith('.scope') ? undefined : l10n.t('The name of a scope ends in .scope.');
    case 'setdefault':
      return value.toLowerCase() === 'yes'
        ? undefined
        : l10n.t('setdefault takes yes only; leave the line out instead.');
    case 'pid':
      return cNumber(value) > 1 ? undefined : l10n.t('A pid is a number from 2 to 2147483647.');
    default:
      return l10n.t`There is no ${key} in a block systemd, only slice, scope, setdefault and pid.`;
  }
};

/** What a block `systemd` must and may hold. */
export const checkSystemd = (block: Section): readonly Finding[] => {
  const findings = block.entries.flatMap((entry): readonly Finding[] => {
    if (/^(?:slice|scope)$/u.test(entry.key) && isLongerThan(entry.value, longestValue)) {
      const { valueStart: start, valueEnd: end, line } = entry;
      const tooLong = l10n.t`A value of ${longestValue + 1} bytes or more refuses the whole file.`;
      return [found(valueTooLong, { start, end }, line, tooLong)];
    }
    const message = problemOf(entry);
    if (message === undefined) return [];
    const { valueStart: start, valueEnd: end, line } = entry;
    return [found(invalid, { start, end }, line, `${message} ${l10n.t('libcgroup refuses the whole file.')}`)];
  });
  const missing = ['slice', 'scope'].filter((wanted) => !block.entries.some(({ key }) => key === wanted));
  if (findings.length > 0 || missing.length === 0) return findings;
  const { start, headerEnd: end, line } = block;
  const message = l10n.t`A block systemd needs slice and scope; ${inSeries(missing)} is missing, and libcgroup refuses the whole file when it is loaded.`;
  return [found(incomplete, { start, end }, line, message)];
};
