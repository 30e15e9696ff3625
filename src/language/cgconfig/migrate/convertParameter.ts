import * as l10n from '@vscode/l10n';
import type { CgroupParameter } from '../../../schema/cgroupTypes.ts';
import { readNumber } from '../parameterValue.ts';
import { info, warning } from './migrationNote.ts';
import { limitToMax } from './sizes.ts';
import type { Converted } from './v2Setting.ts';
import { becomes, isLost } from './v2Setting.ts';
import { lossOf } from './withoutEquivalent.ts';

const clamp = (number: bigint, min: bigint, max: bigint): bigint => (number < min ? min : number > max ? max : number);
const short = (number: number): string => String(Number(number.toFixed(2)));

/** Of shares, as runc and other container runtimes do it for OCI bundles. */
const runtimeWeight = (shares: bigint): bigint => 1n + ((clamp(shares, 2n, 262_144n) - 2n) * 9999n) / 262_142n;

/**
 * libcgroup's formula, shares * 100 / 1024 cut off (cgroup_convert_int() of abstraction-common.c), within what the kernel takes.
 * The kernel reads a weight the other way round, so a share stays what it was but for the rounding.
 */
const shares = (value: string): Converted => {
  const number = readNumber(value.trim());
  if (number === undefined) return isLost(warning(l10n.t`${value} is no number of shares.`));
  const exact = (Number(number) * 100) / 1024;
  const weight = clamp((number * 100n) / 1024n, 1n, 10_000n);
  if (Number(weight) === exact) return becomes('cpu.weight', String(weight));
  const kept = (weight * 1024n + 50n) / 100n;
  return becomes(
    'cpu.weight',
    String(weight),
    info(
      l10n.t`${String(number)} shares are a weight of ${short(exact)} by libcgroup's formula (shares * 100 / 1024), and ${String(weight)} is what it comes to: for the kernel ${String(kept)} shares. Container runtimes make it ${String(runtimeWeight(number))}.`,
    ),
  );
};

const exclusive = (value: string): Converted => {
  if (readNumber(value.trim()) === 0n) return becomes('cpuset.cpus.partition', 'member');
  return becomes(
    'cpuset.cpus.partition',
    'root',
    warning(
      l10n.t(
        'A partition is more than exclusive CPUs: it takes them away from the parent, which has to be a partition itself, and the kernel shows “root invalid” where it cannot.',
      ),
    ),
  );
};

const softLimit = (value: string): Converted => {
  const limit = limitToMax(value.trim());
  if (limit === 'max') return becomes('memory.high', 'max');
  return becomes(
    'memory.high',
    limit,
    warning(
      l10n.t(
        'memory.high is what libcgroup makes of the soft limit, but it slows the group down at any time, not only when memory is short; memory.low instead keeps that much from being taken away.',
      ),
    ),
  );
};

/** Files with the same meaning, whose limits are lifted in another way. */
const limits: Readonly<Record<string, string>> = {
  'memory.limit_in_bytes': 'memory.max',
};

const sameMeaning: Readonly<Record<string, string>> = {
  'cpu.cfs_burst_us': 'cpu.max.burst',
  'blkio.prio.class': 'io.prio.class',
};

/** What one parameter of v1 is in v2, where that depends on nothing else in the group. */
export const convertParameter = (parameter: CgroupParameter, key: string, value: string): Converted => {
  const limit = limits[key] ?? /^(hugetlb\..+)\.limit_in_bytes$/u.exec(key)?.[1];
  if (limit !== undefined)
    return becomes(limit.startsWith('hugetlb') ? `${limit}.max` : limit, limitToMax(value.trim()));
  const same = sameMeaning[key];
  if (same !== undefined) return becomes(same, value);
  const loss = lossOf(parameter, value);
  if (loss.level === 'info') return isLost(loss);
  switch (key) {
    case 'cpu.shares':
      return shares(value);
    case 'cpuset.cpu_exclusive':
      return exclusive(value);
    case 'memory.soft_limit_in_bytes':
      return softLimit(value);
    default:
      return isLost(loss);
  }
};
