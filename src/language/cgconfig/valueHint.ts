import * as l10n from '@vscode/l10n';
import type { CgroupParameter } from '../../schema/cgroupTypes.ts';
import type { Context } from '../context.ts';
import type { Entry } from '../document.ts';
import type { Hint } from '../fileType.ts';
import { mountedAs } from './onHost.ts';
import { bytesForm, readBytes, valueFault } from './parameterValue.ts';

type ValueHint = Pick<Hint, 'label' | 'tooltip'>;

/** Of nearly every machine that control groups are set up on. */
export const pageSize = 4096n;
/** PAGE_COUNTER_MAX of the kernel, in bytes. */
const noLimit = 9223372036854771712n;

const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'];
const short = (number: number): string => String(Number(number.toFixed(2)));

export const readableSize = (bytes: bigint): string => {
  let size = Number(bytes);
  let unit = 0;
  for (; size >= 1024 && unit < units.length - 1; unit++) size /= 1024;
  return `${short(size)} ${units[unit] ?? ''}`;
};

/** Whether a size is within the 64 bits that the kernel has for it. */
const isExact = (text: string): boolean => {
  const [, digits = '0', letter = ''] = bytesForm.exec(text) ?? [];
  const scale = letter === '' ? 1n : 1024n ** BigInt('kmgtpe'.indexOf(letter.toLowerCase()) + 1);
  return /^0[0-7]/u.test(digits) || BigInt(digits) * scale < 2n ** 64n;
};

const sizeHint = (text: string, isRounded: boolean): ValueHint | undefined => {
  const bytes = readBytes(text);
  if (bytes === undefined) return undefined;
  if (isRounded && bytes >= noLimit && isExact(text))
    return { label: l10n.t('no limit'), tooltip: l10n.t('The kernel keeps no limit that large.') };
  const kept = isRounded ? bytes - (bytes % pageSize) : bytes;
  if (/^\d/u.test(text) && !isExact(text))
    return {
      label: l10n.t`→ ${String(kept)} bytes`,
      tooltip: l10n.t('The number is too large for the kernel, which begins again from 0.'),
    };
  if (kept !== bytes)
    return {
      label: l10n.t`→ ${String(kept)} bytes`,
      tooltip: l10n.t`The kernel rounds down to whole pages of ${String(pageSize)} bytes: ${String(kept)} bytes are ${readableSize(kept)}.`,
    };
  if (bytes < 1024n || !/^\d+$/u.test(text)) return undefined;
  const size = readableSize(bytes);
  return { label: `= ${size}`, tooltip: l10n.t`${String(bytes)} bytes are ${size}.` };
};

/** The kernel pulls shares in, and libcgroup turns them into a weight by a division that cuts off. */
const sharesHint = (text: string, context: Context): ValueHint | undefined => {
  if (!/^[1-9]\d{0,8}$/u.test(text)) return undefined;
  const shares = Math.min(262_144, Math.max(2, Number(text)));
  const part = l10n.t`${short((shares / 1024) * 100)} % of 1024`;
  if (context.libcgroupVersion === '2.0.2' || mountedAs(context, 'cpu')?.version === 1)
    return { label: part, tooltip: l10n.t('A new group has 1024 shares.') };
  const weight = Math.trunc((Number(text) * 100) / 1024);
  const isTaken = weight >= 1 && weight <= 10_000;
  return {
    label: l10n.t`${part}, v2 weight ${weight}`,
    tooltip: isTaken
      ? l10n.t`A new group has 1024 shares. Where cpu is mounted as cgroup v2, libcgroup sets cpu.weight to ${weight}.`
      : l10n.t`A new group has 1024 shares. Where cpu is mounted as cgroup v2, libcgroup sets cpu.weight to ${weight}, which the kernel refuses.`,
  };
};

const weightHint = (text: string): ValueHint | undefined => {
  if (!/^[1-9]\d{0,4}$/u.test(text) || Number(text) > 10_000) return undefined;
  const shares = Math.trunc((Number(text) * 1024) / 100);
  return {
    label: l10n.t`${text} % of 100`,
    tooltip: l10n.t`A new group has a weight of 100. Where cpu is mounted as cgroup v1, libcgroup 3.0 and later set cpu.shares to ${shares}.`,
  };
};

const quotaHint = (quota: string, period: string): ValueHint | undefined => {
  if (!/^\d{1,12}$/u.test(quota) || !/^[1-9]\d{0,11}$/u.test(period)) return undefined;
  const part = short((Number(quota) / Number(period)) * 100);
  return {
    label: l10n.t`= ${part} % of a CPU`,
    tooltip: l10n.t`${quota} of every ${period} microseconds, summed over all CPUs.`,
  };
};

const rateHint = (text: string): ValueHint | undefined => {
  const number = /^\d+:\d+\s+(\d{4,18})$/u.exec(text)?.[1];
  if (number === undefined || BigInt(number) < 1024n) return undefined;
  const size = readableSize(BigInt(number));
  return { label: `= ${size}/s`, tooltip: l10n.t`${number} bytes a second are ${size} a second.` };
};

/** What the kernel makes of a value, or the same value as people say it; `siblings` are the settings of its controller. */
export const valueHint = (
  { key, value: raw }: Pick<Entry, 'key' | 'value'>,
  parameter: CgroupParameter,
  siblings: readonly Entry[],
  context: Context,
): ValueHint | undefined => {
  const { value } = parameter;
  const text = raw.trim();
  // A finding says what is wrong with it.
  if (valueFault(text, parameter)?.kind === 'refused') return undefined;
  switch (key) {
    case 'cpu.shares':
      return sharesHint(text, context);
    case 'cpu.weight':
      return weightHint(text);
    case 'cpu.cfs_quota_us':
      return quotaHint(text, siblings.findLast((one) => one.key === 'cpu.cfs_period_us')?.value.trim() ?? '100000');
    case 'cpu.max': {
      const [quota = '', period = '100000'] = text.split(/\s+/u);
      return quotaHint(quota, period);
    }
    default:
      if (value.kind === 'bytes') return sizeHint(text, value.rounding === 'page');
      return value.kind === 'deviceValue' && value.unit === 'bytesPerSecond' ? rateHint(text) : undefined;
  }
};
