import * as l10n from '@vscode/l10n';
import type { Entry } from '../../document.ts';
import { readBytes, readNumber } from '../parameterValue.ts';
import { info, warning } from './migrationNote.ts';
import type { Remark } from './migrationNote.ts';
import { limitToMax, sizeText } from './sizes.ts';
import type { LostSetting, V2Setting } from './v2Setting.ts';

/** Several parameters of v1 that are one of v2; `undefined` where the group has none of them. */
export type Merge = (entries: ReadonlyMap<string, Entry>) => V2Setting | LostSetting | undefined;

const present = (entries: ReadonlyMap<string, Entry>, keys: readonly string[]): readonly Entry[] =>
  keys.flatMap((key) => entries.get(key) ?? []).sort((a, b) => a.start - b.start);

const setting = (
  controller: string,
  key: string,
  value: string,
  [first, ...more]: readonly Entry[],
  remarks: readonly Remark[] = [],
): V2Setting | undefined =>
  first === undefined ? undefined : { controller, key, value, from: [first, ...more], remarks };

/** The period of a new group, in microseconds. */
const defaultPeriod = '100000';

const cpuMax: Merge = (entries) => {
  const quota = entries.get('cpu.cfs_quota_us')?.value.trim();
  const period = entries.get('cpu.cfs_period_us')?.value.trim() ?? defaultPeriod;
  const number = quota === undefined ? undefined : readNumber(quota);
  // The kernel takes every negative quota as none.
  const limit = quota === undefined || (number !== undefined && number < 0n) ? 'max' : quota;
  return setting('cpu', 'cpu.max', `${limit} ${period}`, present(entries, ['cpu.cfs_quota_us', 'cpu.cfs_period_us']));
};

/** v1 limits memory and swap together, and refuses less than the limit of memory alone. */
const swapMax: Merge = (entries) => {
  const entry = entries.get('memory.memsw.limit_in_bytes');
  if (entry === undefined) return undefined;
  const lost = (text: string): LostSetting => ({ entry, remark: warning(text) });
  const together = limitToMax(entry.value.trim());
  if (together === 'max') return setting('memory', 'memory.swap.max', 'max', [entry]);
  const both = readBytes(together);
  const limit = limitToMax(entries.get('memory.limit_in_bytes')?.value.trim() ?? '-1');
  const memory = readBytes(limit);
  if (both === undefined) return lost(l10n.t`${together} is no size.`);
  if (memory === undefined || memory > both)
    return lost(
      l10n.t(
        'v1 takes no limit of memory and swap together that is below that of memory alone, so there is no limit of swap to be told from it.',
      ),
    );
  const swap = sizeText(both - memory);
  const text = l10n.t`memory.swap.max is what is left of ${together} for swap besides ${limit} of memory. v1 limited both together, so a group that used less memory could swap more.`;
  return setting('memory', 'memory.swap.max', swap, [entry], [memory === both ? info(text) : warning(text)]);
};

interface DeviceNumber {
  readonly device: string;
  readonly number: bigint;
}

/** MAJ:MIN N, as sscanf() takes it: what stands behind the digits is dropped. */
const deviceNumbers = (value: string): readonly DeviceNumber[] =>
  [...value.matchAll(/^[ \t]*(\d+:\d+)[ \t]+(\d+)/gmu)].map(([, device = '', number = '0']) => ({
    device,
    number: BigInt(number),
  }));

const throttles = {
  rbps: 'blkio.throttle.read_bps_device',
  wbps: 'blkio.throttle.write_bps_device',
  riops: 'blkio.throttle.read_iops_device',
  wiops: 'blkio.throttle.write_iops_device',
} as const;

const ioMax: Merge = (entries) => {
  const devices = new Map<string, string[]>();
  for (const [word, key] of Object.entries(throttles))
    for (const { device, number } of deviceNumbers(entries.get(key)?.value ?? '')) {
      const words = devices.get(device) ?? [];
      devices.set(device, words);
      // 0 takes a limit back.
      words.push(`${word}=${number === 0n ? 'max' : number}`);
    }
  const lines = [...devices].map(([device, words]) => `${device} ${words.join(' ')}`);
  return setting('io', 'io.max', lines.join('\n'), present(entries, Object.values(throttles)));
};

const within = (number: bigint, max: bigint): bigint => (number < 1n ? 1n : number > max ? max : number);

/** CFQ had 10 to 1000 with 500 as its default; systemd took that for the 100 that is the default of io.weight. */
const fromCfq = (weight: bigint): bigint => within((weight * 100n) / 500n, 10_000n);

const cfqRemark = info(
  l10n.t(
    'A weight of CFQ is a fifth as large here, because its default 500 is 100 in v2; container runtimes stretch 10..1000 to 1..10000 instead. io.weight counts for disks with io.cost or BFQ.',
  ),
);

const weights =
  (
    key: string,
    plain: string,
    ofDevices: string,
    scale: (weight: bigint) => bigint,
    remarks: readonly Remark[],
  ): Merge =>
  (entries) => {
    const own = readNumber(entries.get(plain)?.value.trim() ?? '');
    const devices = deviceNumbers(entries.get(ofDevices)?.value ?? '');
    const lines = [
      ...(own === undefined ? [] : [scale(own)]),
      ...devices.map(({ device, number }) => `${device} ${number === 0n ? 'default' : scale(number)}`),
    ];
    const [first] = lines;
    // Alone it needs no word in front, and no quotes.
    const text =
      lines.length > 1 && typeof first === 'bigint'
        ? ['default ', ...lines.map((one) => `${one}\n`)].join('').trimEnd()
        : lines.join('\n');
    return setting('io', key, text, present(entries, [plain, ofDevices]), remarks);
  };

/** Every file of v2 that is made of more than one of v1, with those that go into it. */
export const merges: readonly { readonly keys: readonly string[]; readonly merge: Merge }[] = [
  { keys: ['cpu.cfs_quota_us', 'cpu.cfs_period_us'], merge: cpuMax },
  { keys: ['memory.memsw.limit_in_bytes'], merge: swapMax },
  { keys: Object.values(throttles), merge: ioMax },
  {
    keys: ['blkio.weight', 'blkio.weight_device'],
    merge: weights('io.weight', 'blkio.weight', 'blkio.weight_device', fromCfq, [cfqRemark]),
  },
  {
    keys: ['blkio.bfq.weight', 'blkio.bfq.weight_device'],
    merge: weights(
      'io.bfq.weight',
      'blkio.bfq.weight',
      'blkio.bfq.weight_device',
      (weight) => within(weight, 1000n),
      [],
    ),
  },
];
