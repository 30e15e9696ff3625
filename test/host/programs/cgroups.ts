// Runs inside a host: prints what our code reads of its control groups, as JSON.
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ControlGroup } from '../../../src/machines/cgroups/controlGroup.ts';
import { readOwners } from '../../../src/machines/cgroups/groupOwner.ts';
import { readHierarchies } from '../../../src/machines/cgroups/hierarchies.ts';
import { everyProcess } from '../../../src/machines/cgroups/observe/findProcesses.ts';
import { groupOfMachine } from '../../../src/machines/cgroups/observe/groupOfMachine.ts';
import { everyGroup } from '../../../src/machines/cgroups/observe/listGroups.ts';
import { processesOfGroup } from '../../../src/machines/cgroups/observe/processesOfGroup.ts';
import { readSmallFile } from '../../../src/machines/cgroups/observe/readSmallFile.ts';
import { createUsageSampler } from '../../../src/machines/cgroups/observe/usageSampler.ts';

const [figure = '', argument = '', more = ''] = process.argv.slice(2);
const hierarchies = readHierarchies();
// Of which everything is told; the first where none is named by a controller.
const wanted = process.env['HIERARCHY'] ?? '';
const hierarchy = hierarchies.find(({ controllers }) => controllers.includes(wanted)) ?? hierarchies[0];
if (hierarchy === undefined) throw new Error('no control groups are mounted');
const root: ControlGroup = { hierarchy, path: '/' };

/** Every group with its processes, and what systemd makes of it. */
const tree = async (): Promise<unknown> => {
  const ownerOf = await readOwners();
  return [...everyGroup(root)].map((group) => ({
    path: group.path,
    pids: (processesOfGroup(group, 10_000)?.processes ?? []).filter(({ kernel }) => !kernel).map(({ pid }) => pid),
    owner: ownerOf(group),
  }));
};

/** Microseconds of processor time that the kernel has counted for all groups together. */
const countedAtRoot = (): number => {
  const [v2] = hierarchies.filter(({ version }) => version === 2);
  const text = v2 === undefined ? '' : (readSmallFile(`${v2.mountPoint}/cpu.stat`) ?? '');
  return Number(/^usage_usec (\d+)$/mu.exec(text)?.[1] ?? 0);
};

/** What these groups use between two samples, `argument` seconds apart, and what the kernel has counted at the top meanwhile. */
const usage = async (): Promise<unknown> => {
  const sampler = createUsageSampler(() => hierarchies);
  const groups = new Map(more.split(',').map((path) => [path, { hierarchy, path }]));
  await sampler.sample(groups);
  const [begun, counted] = [performance.now(), countedAtRoot()];
  await sleep(Number(argument) * 1000);
  const usages = await sampler.sample(groups);
  const cpu = (countedAtRoot() - counted) / 10 / (performance.now() - begun);
  sampler.close();
  return { ...Object.fromEntries(usages), counted: { cpu } };
};

const find = async (): Promise<unknown> =>
  (await everyProcess(hierarchies)).filter(({ commandLine }) => commandLine.includes(argument));

const machine = (): Promise<unknown> =>
  Promise.resolve(groupOfMachine({ leader: Number(argument), unit: more }, hierarchies) ?? null);

const milliseconds = ({ user, system }: NodeJS.CpuUsage): number => (user + system) / 1000;

/** Processor time, in milliseconds, of our samples of many groups, and of systemd-cgtop for one of the same. */
const sampling = async (): Promise<unknown> => {
  const count = Number(argument);
  const slice = `${hierarchy.mountPoint}/nspawn-bench-${process.pid}.slice`;
  const names = Array.from({ length: count }, (_, index) => `${slice}/group${index}.service`);
  mkdirSync(slice);
  try {
    for (const name of names) mkdirSync(name);
    const groups = new Map([...everyGroup(root)].map((group) => [group.path, group]));
    const sampler = createUsageSampler(() => hierarchies);
    const ours: number[] = [];
    for (let round = 0; round < 12; round += 1) {
      const before = process.cpuUsage();
      await sampler.sample(groups);
      ours.push(milliseconds(process.cpuUsage(before)));
      await sleep(50);
    }
    sampler.close();
    const theirs: number[] = [];
    for (let round = 0; round < 5; round += 1) {
      // `times` of a shell tells the time of its children, which is the tool.
      const said = execFileSync('sh', ['-c', 'systemd-cgtop -b -n 1 >/dev/null; times'], { encoding: 'utf8' });
      const [, children = ''] = said.trim().split('\n');
      const seconds = [...children.matchAll(/(\d+)m([\d.]+)s/gu)].map(
        ([, minutes, rest]) => Number(minutes) * 60 + Number(rest),
      );
      theirs.push(seconds.reduce((sum, value) => sum + value, 0) * 1000);
    }
    return { groups: groups.size, ours, theirs };
  } finally {
    for (const name of names) rmdirSync(name);
    rmdirSync(slice);
  }
};

const figures = new Map([
  ['hierarchies', () => Promise.resolve(hierarchies)],
  ['tree', tree],
  ['usage', usage],
  ['find', find],
  ['machine', machine],
  ['sampling', sampling],
]);
console.log(JSON.stringify(await figures.get(figure)?.()));
