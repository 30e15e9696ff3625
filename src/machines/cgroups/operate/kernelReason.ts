import type { Command, Run } from '../../command.ts';
import type { ControlGroup } from '../controlGroup.ts';
import { readCount, readGroupFile } from './groupFiles.ts';

/** What the kernel counts of a group's limits. Undefined what it does not count there. */
export interface LimitCounts {
  /** Processes that it has killed because the group had no memory left. */
  readonly oomKills: number | undefined;
  /** How often memory was refused or had to be taken back at the limit. */
  readonly memoryRefused: number | undefined;
  /** How often no further process was allowed. */
  readonly forksRefused: number | undefined;
}

const ofGroup = async (group: ControlGroup): Promise<LimitCounts> => {
  const isV2 = group.hierarchy.version === 2;
  const failures = isV2
    ? await readCount(group, 'memory.events', 'max')
    : Number((await readGroupFile(group, 'memory.failcnt')) ?? Number.NaN);
  return {
    oomKills: await readCount(group, isV2 ? 'memory.events' : 'memory.oom_control', 'oom_kill'),
    memoryRefused: failures === undefined || Number.isNaN(failures) ? undefined : failures,
    forksRefused: await readCount(group, 'pids.events', 'max'),
  };
};

/** Of several groups that are meant as one, each in its own hierarchy: whichever counts it. */
export const limitCounts = async (groups: readonly ControlGroup[]): Promise<LimitCounts> => {
  const all = await Promise.all(groups.map(ofGroup));
  const first = (name: keyof LimitCounts): number | undefined =>
    all.map((counts) => counts[name]).find((count) => count !== undefined);
  return {
    oomKills: first('oomKills'),
    memoryRefused: first('memoryRefused'),
    forksRefused: first('forksRefused'),
  };
};

/** What has happened between two counts. */
export interface KernelReason {
  readonly oomKills: number;
  readonly memoryRefused: number;
  readonly forksRefused: number;
  /** The memory limit in the kernel's words, bytes or `max`. */
  readonly memoryLimit: string | undefined;
  /** What the kernel has written to its log of the last process that it killed here. */
  readonly logLine: string | undefined;
}

/** The messages of the kernel since boot; the newest two thousand are plenty. */
const journal: Command<string> = {
  file: 'journalctl',
  args: ['--dmesg', '--boot', '--no-pager', '--quiet', '--output=cat', '--lines=2000'],
  parse: ({ stdout }) => stdout,
  timeoutMs: 10_000,
};

const ringBuffer: Command<string> = { file: 'dmesg', args: [], parse: ({ stdout }) => stdout, timeoutMs: 10_000 };

/**
 * What the kernel says of the last process that it has killed in a group, from a text of its log. It names groups from the
 * root of the whole machine, so only the end of the name counts.
 */
export const lastKill = (log: string, path: string): string | undefined => {
  const lines = log.split('\n');
  const names = [`task_memcg=`, `oom_memcg=`];
  const isOurs = (line: string): boolean =>
    line.includes('oom-kill:') &&
    names.some((name) => {
      const memcg = line.slice(line.indexOf(name) + name.length).split(',')[0] ?? '';
      return line.includes(name) && memcg.endsWith(path);
    });
  const index = lines.findLastIndex(isOurs);
  if (index < 0) return undefined;
  const line = lines.slice(index).find((one) => one.includes('Killed process')) ?? lines[index];
  return line?.replace(/^\[[^\]]*\]\s*/u, '').trim();
};

const readLog = async (run: Run, path: string): Promise<string | undefined> => {
  // The journal keeps the kernel's log away from most users, and a container has none of it.
  for (const command of [journal, ringBuffer]) {
    const found = lastKill(await run(command).catch(() => ''), path);
    if (found !== undefined) return found;
  }
  return undefined;
};

const grown = (before: number | undefined, after: number | undefined): number =>
  after === undefined ? 0 : Math.max(0, after - (before ?? 0));

/** Tells why something in a group has ended or failed: what the kernel's counts have risen by, and its own words. */
export const kernelReason = async (
  run: Run,
  groups: readonly ControlGroup[],
  before: LimitCounts,
): Promise<KernelReason> => {
  const after = await limitCounts(groups);
  const oomKills = grown(before.oomKills, after.oomKills);
  const limits = await Promise.all(
    groups.map((group) => readGroupFile(group, group.hierarchy.version === 2 ? 'memory.max' : 'memory.limit_in_bytes')),
  );
  return {
    oomKills,
    memoryRefused: grown(before.memoryRefused, after.memoryRefused),
    forksRefused: grown(before.forksRefused, after.forksRefused),
    memoryLimit: limits.find((limit) => limit !== undefined),
    logLine: oomKills > 0 ? await readLog(run, groups[0]?.path ?? '/') : undefined,
  };
};
