import * as l10n from '@vscode/l10n';
import { readNumber } from '../parameterValue.ts';
import { info, warning } from './migrationNote.ts';
import type { Remark } from './migrationNote.ts';
import { systemdSize } from './sizes.ts';
import type { V2Setting } from './v2Setting.ts';

export interface UnitSetting {
  readonly key: string;
  readonly value: string;
}

/** What a file of cgroup v2 is in a unit; no settings where systemd does it anyway, or cannot do it. */
export interface UnitSettings {
  readonly settings: readonly UnitSetting[];
  readonly remarks: readonly Remark[];
}

type Convert = (value: string, systemdVersion: number, key: string) => UnitSettings;

const gives = (settings: readonly UnitSetting[], ...remarks: readonly Remark[]): UnitSettings => ({
  settings,
  remarks,
});
const nothing = (...remarks: readonly Remark[]): UnitSettings => ({ settings: [], remarks });

const isWeight = (number: bigint | undefined): number is bigint =>
  number !== undefined && number >= 1n && number <= 10_000n;

const cpuWeight: Convert = (value) => {
  const number = readNumber(value.trim());
  return isWeight(number)
    ? gives([{ key: 'CPUWeight', value: String(number) }])
    : nothing(warning(l10n.t('CPUWeight= takes a number from 1 to 10000.')));
};

/** From that version of systemd on. */
const since =
  (version: number, key: string, convert: Convert): Convert =>
  (value, systemdVersion, file) =>
    systemdVersion >= version
      ? convert(value, systemdVersion, file)
      : nothing(warning(l10n.t`${key} is for systemd ${version} and later.`));

const size =
  (key: string, smallest: 0 | 1): Convert =>
  (value) => {
    const text = systemdSize(value.trim());
    if (text === undefined) return nothing(warning(l10n.t`${value} is no size.`));
    if (text !== '0' || smallest === 0) return gives([{ key, value: text }]);
    return gives(
      [{ key, value: '1' }],
      info(l10n.t`systemd refuses 0 for ${key}; the kernel rounds 1 byte down to 0 pages.`),
    );
  };

/** Before 252 the smallest step is a tenth of a percent, and before 247 a percent. */
const quotaSteps = (systemdVersion: number): number => (systemdVersion >= 252 ? 100 : systemdVersion >= 247 ? 10 : 1);

const cpuMax: Convert = (value, systemdVersion) => {
  const [quota = '', period = '100000'] = value.trim().split(/\s+/u);
  if (quota === 'max') return nothing(info(l10n.t('A slice has no quota anyway.')));
  const steps = quotaSteps(systemdVersion);
  const share = (Number(quota) / Number(period)) * 100;
  const percent = Math.max(1, Math.round(share * steps)) / steps;
  if (!(Number.isFinite(percent) && Number(quota) > 0 && /^\d+$/u.test(period)))
    return nothing(warning(l10n.t`${value} is no quota.`));
  const kept = Math.trunc((percent * Number(period)) / 100);
  const settings = [
    { key: 'CPUQuota', value: `${percent}%` },
    ...(period === '100000' ? [] : [{ key: 'CPUQuotaPeriodSec', value: `${period}us` }]),
  ];
  const text = l10n.t`systemd takes steps of ${1 / steps} %: ${quota} of ${period} microseconds become ${kept}.`;
  return gives(settings, ...(kept === Number(quota) ? [] : [warning(text)]));
};

const tasks: Convert = (value) => {
  const text = value.trim();
  if (text === 'max') return gives([{ key: 'TasksMax', value: 'infinity' }]);
  const number = readNumber(text);
  if (number === undefined || number < 1n) return nothing(warning(l10n.t`TasksMax= takes 1 at least, not ${text}.`));
  return gives([{ key: 'TasksMax', value: String(number) }]);
};

const numberList =
  (key: string): Convert =>
  (value) => {
    const text = value.trim().replace(/\s*[,\s]\s*/gu, ',');
    if (text === '') return nothing(info(l10n.t('An empty list is that of the parent.')));
    if (/^(?:\d+(?:-\d+)?,)*\d+(?:-\d+)?,?$/u.test(text)) return gives([{ key, value: text.replace(/,$/u, '') }]);
    return nothing(warning(l10n.t`${key}= takes numbers and ranges, not “${text}”.`));
  };

const partition: Convert = (value) =>
  ['root', 'isolated'].includes(value.trim())
    ? gives([{ key: 'CPUSetPartition', value: value.trim() }])
    : nothing(info(l10n.t('A slice is a member anyway.')));

const linesOf = (value: string): readonly string[] =>
  value
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

const device = (number: string): string => `/dev/block/${number}`;

/** systemd sets io.weight and io.bfq.weight together, and squeezes what is above 100 into the range of BFQ (BFQ_WEIGHT). */
const forBfq = (weight: number): number => (weight <= 100 ? weight : 100 + (weight - 100) * 11);

const weights =
  (scale: (weight: number) => number): Convert =>
  (value) =>
    gives(
      linesOf(value).flatMap((line): readonly UnitSetting[] => {
        const [first = '', second = ''] = line.split(/\s+/u);
        if (/^\d+:\d+$/u.test(first))
          return /^\d+$/u.test(second)
            ? [{ key: 'IODeviceWeight', value: `${device(first)} ${scale(Number(second))}` }]
            : [];
        const weight = first === 'default' ? second : first;
        return /^\d+$/u.test(weight) ? [{ key: 'IOWeight', value: String(scale(Number(weight))) }] : [];
      }),
    );

const ioLimits: Readonly<Record<string, string>> = {
  rbps: 'IOReadBandwidthMax',
  wbps: 'IOWriteBandwidthMax',
  riops: 'IOReadIOPSMax',
  wiops: 'IOWriteIOPSMax',
};

const ioMax: Convert = (value) =>
  gives(
    linesOf(value).flatMap((line) => {
      const [number = '', ...words] = line.split(/\s+/u);
      return words.flatMap((word): readonly UnitSetting[] => {
        const [name = '', limit = ''] = word.split('=');
        const key = ioLimits[name];
        return key === undefined || !/^\d+$/u.test(limit) ? [] : [{ key, value: `${device(number)} ${limit}` }];
      });
    }),
  );

const ioLatency: Convert = (value) =>
  gives(
    linesOf(value).flatMap((line): readonly UnitSetting[] => {
      const [, number = '', target] = /^(\d+:\d+)\s+target=(\d+)$/u.exec(line) ?? [];
      return target === undefined ? [] : [{ key: 'IODeviceLatencyTargetSec', value: `${device(number)} ${target}us` }];
    }),
  );

const idle: Convert = (value) =>
  value.trim() === '0'
    ? nothing(info(l10n.t('A slice is not idle anyway.')))
    : gives([{ key: 'CPUWeight', value: 'idle' }]);

const yesOrNo =
  (key: string): Convert =>
  (value) =>
    gives([{ key, value: value.trim() === '0' ? 'no' : 'yes' }]);

const converts: Readonly<Record<string, Convert>> = {
  'cpu.weight': cpuWeight,
  'cpu.max': cpuMax,
  'cpu.idle': since(252, 'CPUWeight=idle', idle),
  'memory.max': size('MemoryMax', 1),
  'memory.high': size('MemoryHigh', 1),
  'memory.low': size('MemoryLow', 0),
  'memory.min': since(240, 'MemoryMin=', size('MemoryMin', 0)),
  'memory.swap.max': size('MemorySwapMax', 0),
  'memory.zswap.max': since(253, 'MemoryZSwapMax=', size('MemoryZSwapMax', 0)),
  'memory.zswap.writeback': since(256, 'MemoryZSwapWriteback=', yesOrNo('MemoryZSwapWriteback')),
  'pids.max': tasks,
  'cpuset.cpus': since(244, 'AllowedCPUs=', numberList('AllowedCPUs')),
  'cpuset.mems': since(244, 'AllowedMemoryNodes=', numberList('AllowedMemoryNodes')),
  'cpuset.cpus.partition': since(261, 'CPUSetPartition=', partition),
  'io.weight': weights((weight) => weight),
  'io.bfq.weight': weights(forBfq),
  'io.max': ioMax,
  'io.latency': since(240, 'IODeviceLatencyTargetSec=', ioLatency),
};

/** The settings of systemd.resource-control(5) that make systemd write the same to a group. */
export const unitSettingsOf = ({ key, value }: V2Setting, systemdVersion: number): UnitSettings => {
  const convert = converts[key];
  if (convert !== undefined) return convert(value, systemdVersion, key);
  return nothing(
    warning(
      l10n.t`systemd has no setting for ${key}, but leaves alone what is written into that file of a running slice.`,
    ),
  );
};
