import * as l10n from '@vscode/l10n';
import { readNumber } from './parameterValue.ts';
import { info, warning } from './migrate/migrationNote.ts';
import type { Remark } from './migrate/migrationNote.ts';
import { systemdSize } from './migrate/sizes.ts';
import type { CgroupParameter } from '../../schema/cgroupTypes.ts';
import { convertParameter } from './migrate/convertParameter.ts';
import { becomes } from './migrate/v2Setting.ts';
import type { V2Setting } from './migrate/v2Setting.ts';

export interface UnitSetting {
  readonly key: string;
  readonly value: string;
}

/** What a file of cgroup v2 is in a unit; no settings where systemd does it anyway, or cannot do it. */
export interface UnitSettings {
  readonly settings: readonly UnitSetting[];
  readonly remarks: readonly Remark[];
}

/** What the settings are for. */
export interface UnitSettingsFor {
  readonly systemdVersion: number;
  /** A new unit, which needs nothing of what is so anyway; one that is there may have had another value, which has to be taken back. */
  readonly isNew: boolean;
}

type Convert = (value: string, unit: UnitSettingsFor, key: string) => UnitSettings;

const gives = (settings: readonly UnitSetting[], ...remarks: readonly Remark[]): UnitSettings => ({
  settings,
  remarks,
});
const nothing = (...remarks: readonly Remark[]): UnitSettings => ({ settings: [], remarks });

/** What a new unit has anyway; in one that is there an empty value takes back what was set. */
const takesBack = ({ isNew }: UnitSettingsFor, keys: readonly string[], remark: Remark): UnitSettings =>
  isNew ? nothing(remark) : gives(keys.map((key) => ({ key, value: '' })));

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
  (value, unit, file) =>
    unit.systemdVersion >= version
      ? convert(value, unit, file)
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

const cpuMax: Convert = (value, unit) => {
  const [quota = '', period = '100000'] = value.trim().split(/\s+/u);
  if (quota === 'max')
    return takesBack(unit, ['CPUQuota', 'CPUQuotaPeriodSec'], info(l10n.t('A unit has no quota anyway.')));
  const steps = quotaSteps(unit.systemdVersion);
  const share = (Number(quota) / Number(period)) * 100;
  const percent = Math.max(1, Math.round(share * steps)) / steps;
  if (!(Number.isFinite(percent) && Number(quota) > 0 && /^\d+$/u.test(period)))
    return nothing(warning(l10n.t`${value} is no quota.`));
  const kept = Math.trunc((percent * Number(period)) / 100);
  const settings = [
    { key: 'CPUQuota', value: `${percent}%` },
    ...(period === '100000' && unit.isNew ? [] : [{ key: 'CPUQuotaPeriodSec', value: `${period}us` }]),
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
  (value, unit) => {
    const text = value.trim().replace(/\s*[,\s]\s*/gu, ',');
    if (text === '') return takesBack(unit, [key], info(l10n.t('An empty list is that of the parent.')));
    if (/^(?:\d+(?:-\d+)?,)*\d+(?:-\d+)?,?$/u.test(text)) return gives([{ key, value: text.replace(/,$/u, '') }]);
    return nothing(warning(l10n.t`${key}= takes numbers and ranges, not “${text}”.`));
  };

const partition: Convert = (value, unit) =>
  ['root', 'isolated'].includes(value.trim())
    ? gives([{ key: 'CPUSetPartition', value: value.trim() }])
    : takesBack(unit, ['CPUSetPartition'], info(l10n.t('A unit is a member anyway.')));

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

const ioMax: Convert = (value, { isNew }) =>
  gives(
    linesOf(value).flatMap((line) => {
      const [number = '', ...words] = line.split(/\s+/u);
      return words.flatMap((word): readonly UnitSetting[] => {
        const [name = '', limit = ''] = word.split('=');
        const key = ioLimits[name];
        if (key === undefined || !/^\d+:\d+$/u.test(number)) return [];
        const written = limit === 'max' && !isNew ? 'infinity' : limit;
        return /^(?:\d+|infinity)$/u.test(written) ? [{ key, value: `${device(number)} ${written}` }] : [];
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

const idle: Convert = (value, unit) =>
  value.trim() === '0'
    ? takesBack(unit, ['CPUWeight'], info(l10n.t('A unit is not idle anyway.')))
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

/**
 * The settings of systemd.resource-control(5) that make systemd write the same to a group. Nothing else says which property a parameter
 * becomes.
 */
export const unitSettingsOf = (
  { key, value }: Pick<V2Setting, 'key' | 'value'>,
  unit: UnitSettingsFor,
): UnitSettings => {
  const convert = converts[key];
  if (convert !== undefined) return convert(value, unit, key);
  return nothing(
    warning(
      l10n.t`systemd has no setting for ${key}, but leaves alone what is written into that file of a running unit.`,
    ),
  );
};

/** CPUShares= is the exact number where systemd still knows the old hierarchies; CPUWeight= comes close. */
const lastWithV1 = 257;

/** What makes systemd give a unit that is there this value, as `systemctl set-property` takes it; undefined where nothing does. */
export const propertiesOf = (
  parameter: CgroupParameter,
  value: string,
  systemdVersion: number,
): readonly string[] | undefined => {
  const text = value.trim();
  if (parameter.name === 'cpu.shares' && systemdVersion <= lastWithV1) return [`CPUShares=${text}`];
  const converted =
    parameter.version === 2 ? becomes(parameter.name, text) : convertParameter(parameter, parameter.name, text);
  if (converted.kind === 'lost') return undefined;
  const { settings } = unitSettingsOf(converted, { systemdVersion, isNew: false });
  return settings.length === 0 ? undefined : settings.map((setting) => `${setting.key}=${setting.value}`);
};
