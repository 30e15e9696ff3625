import type { ControlGroup, Hierarchy } from '../../../../src/machines/cgroups/controlGroup.ts';
import { childPath } from '../../../../src/machines/cgroups/observe/groupName.ts';
import type { ProcessInGroup } from '../../../../src/machines/cgroups/observe/processFacts.ts';
import type { Usage } from '../../../../src/machines/cgroups/observe/usage.ts';
import type { GroupSource } from '../../../../src/ui/cgroups/groupSource.ts';

export const hierarchy: Hierarchy = { version: 2, mountPoint: '/cg', controllers: [] };

export interface FakeGroup {
  readonly children: Map<string, FakeGroup>;
  pids: number[];
  usage: Usage;
  frozen: boolean;
}

export const fakeGroup = (usage: Usage = {}, children: Readonly<Record<string, FakeGroup>> = {}): FakeGroup => ({
  children: new Map(Object.entries(children)),
  pids: [],
  usage,
  frozen: false,
});

const facts = (pid: number): ProcessInGroup => ({
  pid,
  startTime: '1',
  name: `p${pid}`,
  commandLine: '',
  kernel: false,
  zombie: false,
  threads: 1,
  user: 0,
});

/** A tree of groups in memory, and what was read of it. */
export const fakeSource = (root: FakeGroup): GroupSource & { readonly reads: string[]; held: number } => {
  const reads: string[] = [];
  const find = ({ path }: ControlGroup): FakeGroup | undefined =>
    path
      .split('/')
      .filter((name) => name !== '')
      .reduce<FakeGroup | undefined>((group, name) => group?.children.get(name), root);
  const children = (group: ControlGroup): ControlGroup[] | undefined => {
    reads.push(group.path);
    const found = find(group);
    if (found === undefined) return undefined;
    return [...found.children.keys()].sort().map((name) => ({ hierarchy, path: childPath(group.path, name) }));
  };
  const usagesOf = (groups: ReadonlyMap<string, ControlGroup>): Map<string, Usage> =>
    new Map(
      [...groups].flatMap(([key, group]) => {
        const found = find(group);
        return found === undefined ? [] : [[key, { ...found.usage }] as const];
      }),
    );
  function* every(group: ControlGroup): Generator<ControlGroup> {
    yield group;
    for (const child of children(group) ?? []) yield* every(child);
  }
  const source = {
    reads,
    held: 0,
    hierarchies: () => [hierarchy],
    lookAnew: () => Promise.resolve(false),
    children,
    count: (group: ControlGroup) => find(group)?.children.size,
    every,
    processes: (group: ControlGroup) => {
      const found = find(group);
      if (found === undefined) return undefined;
      return { processes: found.pids.map(facts), more: 0, kernelThreads: 0, foreign: 0 };
    },
    ownerOf: () => ({ kind: 'nobody' as const }),
    onMisplaced: () => undefined,
    onCommandLines: () => undefined,
    isFrozen: (group: ControlGroup) => find(group)?.frozen ?? false,
    sample: (groups: ReadonlyMap<string, ControlGroup>) => {
      source.held = groups.size;
      return Promise.resolve(usagesOf(groups));
    },
    sampleMore: usagesOf,
    rest: () => {
      source.held = 0;
    },
    watch: () => () => undefined,
  };
  return source;
};
