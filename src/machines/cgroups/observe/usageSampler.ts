import { inSlices } from '../../host/boundedReads.ts';
import type { ControlGroup, Hierarchy } from '../controlGroup.ts';
import { groupDirectory } from '../groupDirectory.ts';
import { countBelow } from './countTasks.ts';
import { countGroups } from './listGroups.ts';
import { createOpenSources, isThere, type OpenSource, readSource } from './openSources.ts';
import { type Counters, type Usage, usageBetween } from './usage.ts';
import { usageSources } from './usageSources.ts';

/** Reads what groups use from the kernel's files; it starts no process, and does nothing by itself. */
export interface UsageSampler {
  /**
   * One pass over these groups, by their keys, in slices. Others are forgotten, so that their rates begin anew. A group that has gone
   * has no entry in the answer.
   */
  sample(groups: ReadonlyMap<string, ControlGroup>): Promise<ReadonlyMap<string, Usage>>;
  /** A few more at once, such as the children of a group that was opened; the others are kept. */
  sampleMore(groups: ReadonlyMap<string, ControlGroup>): ReadonlyMap<string, Usage>;
  /** Looks anew for files that were not there: a controller may have been switched on. */
  lookAnew(): void;
  /** Closes all files and forgets everything. */
  close(): void;
}

interface Sampled {
  readonly sources: readonly OpenSource[];
  readonly counters: Counters;
  /** Milliseconds of the monotonic clock. */
  readonly at: number;
  /** Whether there was no group in it when somebody looked last; undefined where nobody needs to know. */
  readonly leaf?: boolean;
}

// Nothing tells of a controller that somebody else has switched on: the missing files are looked for now and then.
const passesBetweenLooks = 20;
// To ask each of a thousand groups for others in it takes a third of the time of a pass, and it is the tasks of the group itself
// that change.
const passesBetweenLeafLooks = 4;

/** Undefined where not one of the files could be read. */
const read = (sources: readonly OpenSource[]): Counters | undefined => {
  let counters: Counters | undefined;
  for (const source of sources) {
    const part = readSource(source);
    if (part !== undefined) counters = counters === undefined ? part : { ...counters, ...part };
  }
  return counters;
};

export const createUsageSampler = (hierarchies: () => readonly Hierarchy[]): UsageSampler => {
  const known = new Map<string, Sampled>();
  // Those whose missing files need not be looked for.
  const looked = new Set<string>();
  const files = createOpenSources();
  const state = { passes: 0, closings: 0 };

  /** Those that are open, and the first source that is there of every metric which none of them tells. */
  const find = (group: ControlGroup, open: readonly OpenSource[]): readonly OpenSource[] => {
    // Counting one task after the other is what is done for want of a counter of tasks: it gives way to one.
    const found = open.filter(({ metric }) => metric !== 'ownTasks');
    files.close(open.filter(({ metric }) => metric === 'ownTasks'));
    const isTold = (metric: string): boolean =>
      found.some((source) => source.metric === metric || (metric === 'ownTasks' && source.metric === 'tasks'));
    for (const source of usageSources(group, hierarchies()))
      if (!isTold(source.metric) && (source.certain || isThere(source.path))) found.push(files.open(source));
    return found;
  };

  const forget = (key: string): void => {
    files.close(known.get(key)?.sources ?? []);
    known.delete(key);
    looked.delete(key);
  };

  /** Reads a group whose files are perhaps open; where they are those of a group that has gone, those of its successor. */
  const readGroup = (key: string, group: ControlGroup): Sampled | undefined => {
    const before = known.get(key);
    const sources = before !== undefined && looked.has(key) ? before.sources : find(group, before?.sources ?? []);
    const counters = read(sources);
    if (counters !== undefined) return { sources, counters, at: performance.now() };
    files.close(sources);
    known.delete(key);
    looked.delete(key);
    if (!isThere(groupDirectory(group))) return undefined;
    return before === undefined ? { sources: [], counters: {}, at: performance.now() } : readGroup(key, group);
  };

  const visit = (key: string, group: ControlGroup, counted: Map<string, number>): Usage | undefined => {
    const before = known.get(key);
    const now = readGroup(key, group);
    if (now === undefined) return undefined;
    const isSame = before !== undefined && known.has(key);
    looked.add(key);
    const { ownTasks } = now.counters;
    if (ownTasks === undefined) {
      known.set(key, now);
    } else {
      const isKnownLeaf = isSame && before.leaf === true && state.passes % passesBetweenLeafLooks !== 0;
      const leaf = isKnownLeaf || countGroups(group) === 0;
      const tasks = leaf ? ownTasks : ownTasks + countBelow(group, counted);
      counted.set(groupDirectory(group), tasks);
      known.set(key, { ...now, leaf, counters: { ...now.counters, tasks } });
    }
    const { counters } = known.get(key) ?? now;
    return isSame
      ? usageBetween(counters, before.counters, (now.at - before.at) / 1000)
      : usageBetween(counters, undefined, 0);
  };

  /** Children before parents, because what was counted for them need not be counted again. */
  const backwards = (groups: ReadonlyMap<string, ControlGroup>): (readonly [string, ControlGroup])[] =>
    [...groups].reverse();

  return {
    sample: async (groups) => {
      state.passes += 1;
      if (state.passes % passesBetweenLooks === 0) looked.clear();
      for (const key of [...known.keys()]) if (!groups.has(key)) forget(key);
      const counted = new Map<string, number>();
      const usages = new Map<string, Usage>();
      const { closings } = state;
      await inSlices(backwards(groups), ([key, group]) => {
        // Closed in the middle of the pass: nothing may be opened any more.
        if (state.closings !== closings) return;
        const usage = visit(key, group, counted);
        if (usage !== undefined) usages.set(key, usage);
      });
      return usages;
    },
    sampleMore: (groups) => {
      const counted = new Map<string, number>();
      const usages = new Map<string, Usage>();
      for (const [key, group] of backwards(groups)) {
        const usage = visit(key, group, counted);
        if (usage !== undefined) usages.set(key, usage);
      }
      return usages;
    },
    lookAnew: () => looked.clear(),
    close: () => {
      state.closings += 1;
      for (const key of [...known.keys()]) forget(key);
    },
  };
};
