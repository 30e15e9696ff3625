import * as l10n from '@vscode/l10n';
import type { Context } from '../context.ts';
import { type Entry, type Section, type Span, valueSpan } from '../document.ts';
import type { Finding, RuleInfo, TextChange } from '../finding.ts';
import { found } from '../found.ts';
import { mountedAs } from './onHost.ts';
import { parametersNamed, versionOnly } from './parameters.ts';
import { readBytes, readNumber } from './parameterValue.ts';
import { firstAlike } from './sameBody.ts';
import { inSeries } from '../shown.ts';

const warning = (id: string, title: string): RuleInfo => ({ id, severity: 'warning', effect: 'none', title });

const swapLimitOrder = warning('swap-limit-order', l10n.t('The limit of memory stands before that of memory and swap'));
const swapLimitBelow = warning(
  'swap-limit-below-memory',
  l10n.t('The limit of memory and swap is at least that of memory'),
);
const quotaAboveParent = warning(
  'quota-above-parent',
  l10n.t('A group has no larger share of CPU time than the one above it'),
);
const cpusetIncomplete = warning('cpuset-incomplete', l10n.t('A cpuset has CPUs and memory nodes'));

export const limitRules: readonly RuleInfo[] = [swapLimitOrder, swapLimitBelow, quotaAboveParent, cpusetIncomplete];

const keySpan = ({ keyStart: start, keyEnd: end }: Entry): Span => ({ start, end });
const settingOf = (block: Section, key: string): Entry | undefined => block.entries.find((entry) => entry.key === key);

/** Writes the other setting where that one stands. */
const setTo = (place: Entry, { key, value }: Entry): readonly TextChange[] => [
  { ...keySpan(place), text: key },
  { ...valueSpan(place), text: value },
];

/** PAGE_COUNTER_MAX of the kernel, in pages: what memory has without a limit, and what all larger numbers become. */
const pageSize = 4096n;
const mostPages = (2n ** 63n - 1n) / pageSize;

/** libcgroup writes settings in the order of the file, and the kernel never lets one limit pass the other. */
const checkSwapLimit = (block: Section): readonly Finding[] => {
  const memory = settingOf(block, 'memory.limit_in_bytes');
  const swap = settingOf(block, 'memory.memsw.limit_in_bytes');
  const bytes = swap === undefined ? undefined : readBytes(swap.value.trim());
  if (swap === undefined || bytes === undefined) return [];
  const related = memory === undefined ? [] : [{ ...keySpan(memory), message: l10n.t('The limit of memory') }];
  const limit = memory === undefined ? undefined : readBytes(memory.value.trim());
  if (limit !== undefined && bytes < limit) {
    const message = l10n.t(
      `memory.memsw.limit_in_bytes counts memory and swap together: the kernel refuses less than memory.limit_in_bytes, and setting up the group fails.`,
    );
    return [found(swapLimitBelow, valueSpan(swap), swap.line, message, { related })];
  }
  if (memory !== undefined && memory.keyStart < swap.keyStart) return [];
  if (bytes / pageSize >= mostPages) return [];
  const message =
    memory === undefined
      ? l10n.t(
          'The kernel refuses memory.memsw.limit_in_bytes here, and setting up the group fails: without memory.limit_in_bytes before it, memory itself has no limit yet.',
        )
      : l10n.t(
          'The kernel refuses memory.memsw.limit_in_bytes here, and setting up the group fails: memory.limit_in_bytes is set only below.',
        );
  if (memory === undefined) return [found(swapLimitOrder, keySpan(swap), swap.line, message)];
  const exchanged = [setTo(swap, memory), setTo(memory, swap)].flat();
  const fix = { title: l10n.t('Set memory.limit_in_bytes first'), changes: exchanged };
  return [found(swapLimitOrder, keySpan(swap), swap.line, message, { related, fixes: [fix] })];
};

/** The share of one CPU's time that v1 gives a group; undefined where it has no limit. */
const quotaOf = (group: Section): { readonly share: number; readonly entry: Entry } | undefined => {
  const cpu = group.sections.find((one) => one.keyword === 'controller' && one.name === 'cpu');
  const entry = cpu === undefined ? undefined : settingOf(cpu, 'cpu.cfs_quota_us');
  if (cpu === undefined || entry === undefined) return undefined;
  const quota = readNumber(entry.value.trim());
  const period = readNumber(settingOf(cpu, 'cpu.cfs_period_us')?.value.trim() ?? '100000');
  if (quota === undefined || period === undefined || quota <= 0n || period <= 0n) return undefined;
  return { share: Number(quota) / Number(period), entry };
};

/** PATH_MAX of Linux: a longer name is that of no group. */
const longestPath = 4096;

/** The groups that one of that name is below, the nearest first. */
const parentsOf = (name: string): readonly string[] => {
  if (name.length >= longestPath) return [];
  const parents: string[] = [];
  for (let slash = name.lastIndexOf('/'); slash > 0; slash = name.lastIndexOf('/', slash - 1))
    parents.push(name.slice(0, slash));
  return [...parents, ''];
};

/** Only v1 refuses it (tg_cfs_schedulable_down() of the kernel); in v2 the smaller limit counts. */
const checkQuotas = (groups: readonly Section[], isIdle: (group: Section) => boolean): readonly Finding[] => {
  const quotas = new Map<string, ReturnType<typeof quotaOf>>();
  for (const group of groups) {
    const quota = isIdle(group) ? undefined : quotaOf(group);
    // Of two groups of a name the later one counts.
    if (quota !== undefined || quotas.has(group.name)) quotas.set(group.name, quota);
  }
  if (quotas.size === 0) return [];
  return groups.flatMap(({ name }) => {
    const own = quotas.get(name);
    if (own === undefined) return [];
    const above = parentsOf(name).find((parent) => quotas.get(parent) !== undefined);
    const limit = above === undefined ? undefined : quotas.get(above);
    if (limit === undefined || own.share <= limit.share) return [];
    const percent = (share: number): string => `${Math.round(share * 1000) / 10} %`;
    const message = l10n.t`This is ${percent(own.share)} of a CPU, and ${above ?? ''} above it has ${percent(limit.share)}: the kernel of cgroup v1 refuses that, and setting up the groups fails.`;
    const related = [{ ...valueSpan(limit.entry), message: l10n.t('The limit of the group above') }];
    return [found(quotaAboveParent, valueSpan(own.entry), own.entry.line, message, { related })];
  });
};

const versionsIn = (sections: readonly Section[]): ReadonlySet<number | undefined> =>
  new Set(
    sections.flatMap((group) =>
      group.sections.flatMap(({ entries }) => entries.map(({ key }) => versionOnly(parametersNamed(key)))),
    ),
  );

/** The names are the same in both versions, and only v1 needs both: the host tells, or else the rest of the file. */
const isCpusetOfV1 = (sections: readonly Section[], context: Context): boolean => {
  const mounted = mountedAs(context, 'cpuset');
  if (mounted !== undefined) return mounted.version === 1;
  if (context.host !== undefined) return false;
  const versions = versionsIn(sections);
  return (versions.has(1) || sections.some(({ keyword }) => keyword === 'mount')) && !versions.has(2);
};

const checkCpuset = (block: Section): readonly Finding[] => {
  const missing = ['cpuset.cpus', 'cpuset.mems'].filter((key) => {
    const entry = settingOf(block, key);
    return entry === undefined || entry.value.trim() === '';
  });
  if (missing.length === 0) return [];
  const { nameStart: start, nameEnd: end, line } = block;
  const message =
    missing.length === 1
      ? l10n.t`In cgroup v1 a new cpuset is empty, and no process can be put into it until it has CPUs and memory nodes: ${missing.join('')} is missing.`
      : l10n.t`In cgroup v1 a new cpuset is empty, and no process can be put into it until it has CPUs and memory nodes: ${inSeries(missing)} are missing.`;
  return [found(cpusetIncomplete, { start, end }, line, message)];
};

/** Whether none of its controllers has a setting or is a cpuset. */
const isWithoutLimits = ({ sections }: Section): boolean =>
  !sections.some(({ keyword, name, entries }) => keyword === 'controller' && (entries.length > 0 || name === 'cpuset'));

/** What the kernel takes alone, and refuses beside the other settings of the file. */
export const checkLimits = (sections: readonly Section[], context: Context): readonly Finding[] => {
  const idle = new Map<Section, boolean>();
  const isIdle = (section: Section): boolean => {
    const first = firstAlike(section);
    const known = idle.get(first);
    if (known !== undefined) return known;
    const isFirst = isWithoutLimits(first);
    idle.set(first, isFirst);
    return isFirst;
  };
  if (sections.every(isIdle)) return [];
  const groups = sections.filter(({ keyword }) => keyword === 'group');
  const memories: Section[] = [];
  const cpusets: Section[] = [];
  let clones = false;
  for (const section of sections) {
    const { keyword } = section;
    if ((keyword !== 'group' && keyword !== 'template') || isIdle(section)) continue;
    for (const block of section.sections) {
      if (block.keyword !== 'controller') continue;
      if (block.name === 'cpuset') cpusets.push(block);
      if (block.entries.length === 0) continue;
      if (block.name === 'memory') memories.push(block);
      clones ||= keyword === 'group' && settingOf(block, 'cgroup.clone_children') !== undefined;
    }
  }
  return [
    ...memories.flatMap(checkSwapLimit),
    ...(mountedAs(context, 'cpu')?.version === 2 ? [] : checkQuotas(groups, isIdle)),
    ...(!clones && cpusets.length > 0 && isCpusetOfV1(sections, context) ? cpusets.flatMap(checkCpuset) : []),
  ];
};
