import { existsSync } from 'node:fs';
import type { ControlGroup, Hierarchy } from '../controlGroup.ts';
import { counterpart, groupFile } from '../groupDirectory.ts';
import { tasksFile } from './processesOfGroup.ts';
import { readDescriptor, readPieces } from './readSmallFile.ts';
import type { Counters } from './usage.ts';
import { allTasks, linesIn, numberAfter, numberAt, transferredV1, transferredV2, usedMemory } from './usageFormats.ts';

type Metric = 'tasks' | 'ownTasks' | 'cpu' | 'memory' | 'io';

/** How to read one thing about a group from an open file. */
interface Reading {
  readonly metric: Metric;
  /** @throws what reading throws, as where the group has gone */
  readonly counters: (descriptor: number) => Counters;
}

/** A file that tells one thing about a group. */
export interface Source extends Reading {
  readonly path: string;
  /** There in every group, so that nobody need look before opening it. */
  readonly certain: boolean;
}

interface FileOfController {
  /** Absent where the file is there without any. */
  readonly controller?: string;
  readonly file: string;
  readonly reading: Reading;
}

const number = (metric: 'tasks' | 'cpu' | 'memory', value: (text: Buffer) => number | undefined): Reading => ({
  metric,
  counters: (descriptor) => {
    const found = value(readDescriptor(descriptor));
    return found === undefined ? {} : { [metric]: found };
  },
});
const transferred = (parse: (text: Buffer) => Counters): Reading => ({
  metric: 'io',
  counters: (descriptor) => parse(readDescriptor(descriptor)),
});

const cpuV2 = number('cpu', (text) => numberAfter(text, 'usage_usec '));
const cpuV1 = number('cpu', (text) => {
  const nanoseconds = numberAt(text);
  return nanoseconds === undefined ? undefined : nanoseconds / 1000;
});
const plainTasks = number('tasks', numberAt);
const plainMemory = number('memory', numberAt);

const ofV2: readonly FileOfController[] = [
  { controller: 'pids', file: 'pids.current', reading: plainTasks },
  { file: 'cpu.stat', reading: cpuV2 },
  { controller: 'memory', file: 'memory.current', reading: plainMemory },
  { controller: 'io', file: 'io.stat', reading: transferred(transferredV2) },
];

const ofV1: readonly (FileOfController & { readonly controller: string })[] = [
  { controller: 'pids', file: 'pids.current', reading: plainTasks },
  { controller: 'cpuacct', file: 'cpuacct.usage', reading: cpuV1 },
  { controller: 'memory', file: 'memory.usage_in_bytes', reading: plainMemory },
  // The first is that of the group and all below it; older kernels have only the second, of the group alone.
  { controller: 'blkio', file: 'blkio.throttle.io_service_bytes_recursive', reading: transferred(transferredV1) },
  { controller: 'blkio', file: 'blkio.throttle.io_service_bytes', reading: transferred(transferredV1) },
];

const ownTasks: Reading = {
  metric: 'ownTasks',
  counters: (descriptor) => {
    let tasks = 0;
    readPieces(descriptor, (piece) => (tasks += linesIn(piece)));
    return { ownTasks: tasks };
  },
};

/**
 * The root of v2 has hardly any files of its own, because what all groups together use stands elsewhere. The root of a cgroup
 * namespace is an ordinary group, and has them.
 */
const ofRoot = (group: ControlGroup): readonly Source[] =>
  group.hierarchy.version === 2 && group.path === '/' && !existsSync(groupFile(group, 'cgroup.events'))
    ? [
        { ...number('tasks', allTasks), path: '/proc/loadavg', certain: true },
        { ...number('memory', usedMemory), path: '/proc/meminfo', certain: true },
      ]
    : [];

/**
 * Where the usage of a group can be read, best first for each metric: in its own hierarchy of v2, else in that of v1 which has
 * the controller. Where nobody counts tasks, those of the group itself are to be counted.
 */
export const usageSources = (group: ControlGroup, hierarchies: readonly Hierarchy[]): readonly Source[] => {
  const { version, controllers } = group.hierarchy;
  const own = ofV2.flatMap(({ controller, file, reading }): Source[] =>
    version === 2 && (controller === undefined || controllers.includes(controller))
      ? [{ ...reading, path: groupFile(group, file), certain: controller === undefined }]
      : [],
  );
  const others = ofV1.flatMap(({ controller, file, reading }): Source[] => {
    const hierarchy = hierarchies.find((other) => other.version === 1 && other.controllers.includes(controller));
    // A group counts its own tasks: those that are in the same group of another hierarchy may be others, and would not add up.
    const isElsewhere = reading.metric === 'tasks' && hierarchy?.mountPoint !== group.hierarchy.mountPoint;
    const same = hierarchy === undefined || isElsewhere ? undefined : counterpart(group, hierarchy);
    return same === undefined ? [] : [{ ...reading, path: groupFile(same, file), certain: false }];
  });
  return [
    ...own,
    ...ofRoot(group),
    ...others,
    { ...ownTasks, path: groupFile(group, tasksFile(group)), certain: true },
  ];
};
