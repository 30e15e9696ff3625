import assert from 'node:assert/strict';
import { lstatSync, mkdirSync, mkdtempSync, readdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import type { ControlGroup, Hierarchy } from '../../../../src/machines/cgroups/controlGroup.ts';
import { usageBetween } from '../../../../src/machines/cgroups/observe/usage.ts';
import {
  allTasks,
  numberAfter,
  numberAt,
  transferredV1,
  transferredV2,
  usedMemory,
} from '../../../../src/machines/cgroups/observe/usageFormats.ts';
import { createOpenSources, readSource } from '../../../../src/machines/cgroups/observe/openSources.ts';
import { usageSources } from '../../../../src/machines/cgroups/observe/usageSources.ts';
import { createUsageSampler } from '../../../../src/machines/cgroups/observe/usageSampler.ts';

const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');

test('the files of the kernel are read as it writes them', () => {
  assert.equal(numberAt(bytes('39997440\n')), 39_997_440);
  assert.equal(numberAt(bytes('max\n')), undefined);
  assert.equal(numberAfter(bytes('usage_usec 4711\nuser_usec 1\n'), 'usage_usec '), 4711);
  assert.equal(numberAfter(bytes('nr_usage_usec 1\nusage_usec 2\n'), 'usage_usec '), undefined);
  assert.deepEqual(
    transferredV2(bytes('8:0 rbytes=4096 wbytes=1 rios=1 wios=1 dbytes=0 dios=0\n254:0 rbytes=4 wbytes=10\n')),
    { read: 4100, written: 11 },
  );
  assert.deepEqual(transferredV2(bytes('')), { read: 0, written: 0 });
  const v1 = '8:0 Read 4096\n8:0 Write 5\n8:0 Sync 0\n8:0 Total 4101\n8:16 Read 1\n8:16 Write 0\nTotal 4102\n';
  assert.deepEqual(transferredV1(bytes(v1)), { read: 4097, written: 5 });
  assert.deepEqual(transferredV1(bytes('Total 0\n')), { read: 0, written: 0 });
  assert.equal(allTasks(bytes('0.20 0.18 0.12 1/80 11206\n')), 80);
  assert.equal(usedMemory(bytes('MemTotal: 1000 kB\nMemFree: 1 kB\nMemAvailable:   400 kB\n')), 600 * 1024);
});

test('rates are made of two moments, and of none where a counter has begun anew', () => {
  assert.deepEqual(usageBetween({ cpu: 1_500_000, memory: 5 }, { cpu: 1_000_000 }, 2), { memory: 5, cpu: 25 });
  assert.deepEqual(usageBetween({ read: 300, written: 5 }, { read: 100, written: 5 }, 2), { read: 100, written: 0 });
  assert.deepEqual(usageBetween({ cpu: 1, tasks: 3 }, { cpu: 2 }, 1), { tasks: 3 });
  assert.deepEqual(usageBetween({ cpu: 1 }, undefined, 0), {});
});

describe('a sampler', () => {
  const held = { directory: '' };
  const file = (path: string, text: string): void => {
    const whole = join(held.directory, path);
    mkdirSync(dirname(whole), { recursive: true });
    writeFileSync(whole, text);
  };
  const hierarchy = (name: string, controllers: readonly string[], version: 1 | 2 = 1): Hierarchy => ({
    version,
    mountPoint: join(held.directory, name),
    controllers,
  });
  const openFiles = (): readonly string[] =>
    readdirSync('/proc/self/fd').flatMap((descriptor) => {
      const path = join('/proc/self/fd', descriptor);
      const isThere = lstatSync(path, { throwIfNoEntry: false }) !== undefined;
      const target = isThere ? readlinkSync(path) : '';
      return target.startsWith(held.directory) ? [target] : [];
    });
  beforeEach(() => {
    held.directory = mkdtempSync(join(tmpdir(), 'nspawn-usage-'));
  });
  afterEach(() => rmSync(held.directory, { recursive: true }));

  test('reads a group of v2, and notices that it has gone', async () => {
    const unified = hierarchy('v2', ['cpu', 'io', 'memory', 'pids'], 2);
    file('v2/a/cgroup.events', 'populated 1\n');
    file('v2/a/pids.current', '12\n');
    file('v2/a/memory.current', '4096\n');
    file('v2/a/cpu.stat', 'usage_usec 5\n');
    file('v2/a/io.stat', '8:0 rbytes=1 wbytes=2\n');
    const sampler = createUsageSampler(() => [unified]);
    const groups = new Map([['a', { hierarchy: unified, path: '/a' }]]);
    assert.deepEqual(await sampler.sample(groups), new Map([['a', { tasks: 12, memory: 4096 }]]));
    file('v2/a/memory.current', '8192\n');
    file('v2/a/io.stat', '8:0 rbytes=1 wbytes=2002\n');
    const later = (await sampler.sample(groups)).get('a');
    assert.deepEqual([later?.tasks, later?.memory, later?.cpu, later?.read], [12, 8192, 0, 0]);
    assert.ok((later?.written ?? 0) > 0);
    sampler.close();
    rmSync(join(held.directory, 'v2/a'), { recursive: true });
    assert.deepEqual(await sampler.sample(groups), new Map());
  });

  test('forgets what is not in sight, so that its rates begin anew, and holds no file of it open', async () => {
    const unified = hierarchy('v2', [], 2);
    for (const name of ['a', 'b']) {
      file(`v2/${name}/cgroup.events`, '');
      file(`v2/${name}/cpu.stat`, 'usage_usec 5\n');
      file(`v2/${name}/cgroup.threads`, '');
    }
    const sampler = createUsageSampler(() => [unified]);
    const a = { hierarchy: unified, path: '/a' };
    const both = new Map([
      ['a', a],
      ['b', { hierarchy: unified, path: '/b' }],
    ]);
    await sampler.sample(both);
    assert.equal((await sampler.sample(both)).get('b')?.cpu, 0);
    await sampler.sample(new Map([['a', a]]));
    assert.deepEqual(
      openFiles().filter((path) => path.includes('/b/')),
      [],
    );
    const again = await sampler.sample(both);
    assert.deepEqual([again.get('a')?.cpu, again.get('b')?.cpu], [0, undefined]);
    // Those that are asked for besides forget nothing.
    sampler.sampleMore(new Map([['a', a]]));
    assert.equal((await sampler.sample(both)).get('b')?.cpu, 0);
    sampler.close();
    assert.deepEqual(openFiles(), []);
  });

  test('finds the file of a controller that somebody has switched on meanwhile, without being told', async () => {
    const unified = hierarchy('v2', ['memory'], 2);
    file('v2/a/cgroup.events', '');
    file('v2/a/cpu.stat', 'usage_usec 5\n');
    const sampler = createUsageSampler(() => [unified]);
    const groups = new Map([['a', { hierarchy: unified, path: '/a' }]]);
    await sampler.sample(groups);
    file('v2/a/memory.current', '4096\n');
    const found = { passes: 0, memory: (await sampler.sample(groups)).get('a')?.memory };
    assert.equal(found.memory, undefined, 'not at every pass');
    while (found.memory === undefined && found.passes < 100) {
      found.passes += 1;
      found.memory = (await sampler.sample(groups)).get('a')?.memory;
    }
    assert.equal(found.memory, 4096);
    sampler.close();
  });

  test('holds no more files open than its share, and reads the others each time', () => {
    file('v2/a/memory.current', '4096\n');
    const sources = createOpenSources(2);
    const source = usageSources({ hierarchy: hierarchy('v2', ['memory'], 2), path: '/a' }, []).find(({ path }) =>
      path.endsWith('memory.current'),
    );
    assert.ok(source !== undefined);
    const open = [1, 2, 3].map(() => sources.open(source));
    assert.equal(openFiles().length, 2);
    assert.deepEqual(
      open.map((one) => readSource(one)),
      [1, 2, 3].map(() => ({ memory: 4096 })),
    );
    sources.close(open);
    assert.deepEqual(openFiles(), []);
    assert.ok(sources.open(source).descriptor !== undefined, 'what was closed is free again');
  });

  test('holds no file open when it is closed in the middle of a pass', async () => {
    const unified = hierarchy('v2', ['memory'], 2);
    const names = ['a', 'b', 'c'];
    for (const name of names) file(`v2/${name}/memory.current`, '4096\n');
    // Longer than a slice of the pass.
    const sampler = createUsageSampler(() => {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
      return [unified];
    });
    const pass = sampler.sample(new Map(names.map((name) => [name, { hierarchy: unified, path: `/${name}` }])));
    sampler.close();
    await pass;
    assert.deepEqual(openFiles(), []);
  });

  test('reads a group of v1 in the hierarchies of all controllers, where it has the same path', async () => {
    const memory = hierarchy('memory', ['memory']);
    const cpu = hierarchy('cpu', ['cpu', 'cpuacct']);
    const pids: Hierarchy = { ...hierarchy('pids', ['pids']), root: '/box' };
    const all = [memory, cpu, pids, hierarchy('blkio', ['blkio'])];
    file('memory/box/a/memory.usage_in_bytes', '4096\n');
    file('memory/box/a/tasks', '7\n8\n');
    file('memory/box/a/b/tasks', '9\n');
    file('cpu/box/a/cpuacct.usage', '7000\n');
    // Others are in the group of that hierarchy.
    file('pids/a/pids.current', '11\n');
    const sampler = createUsageSampler(() => all);
    const group: ControlGroup = { hierarchy: memory, path: '/box/a' };
    await sampler.sample(new Map([['a', group]]));
    file('cpu/box/a/cpuacct.usage', '9000\n');
    const usage = (await sampler.sample(new Map([['a', group]]))).get('a');
    assert.deepEqual([usage?.tasks, usage?.memory, usage?.read], [3, 4096, undefined]);
    assert.ok((usage?.cpu ?? 0) > 0);
    sampler.close();
  });

  test('counts processes with their threads, also those below, where no controller counts tasks', async () => {
    const only = hierarchy('v2', [], 2);
    file('v2/a/cgroup.events', '');
    file('v2/a/cgroup.procs', '1\n');
    file('v2/a/cgroup.threads', '1\n2\n');
    file('v2/a/b/cgroup.threads', '3\n');
    file('v2/a/b/c/cgroup.threads', '0\n5\n');
    const sampler = createUsageSampler(() => [only]);
    const groups = new Map<string, ControlGroup>([
      ['a', { hierarchy: only, path: '/a' }],
      ['b', { hierarchy: only, path: '/a/b' }],
    ]);
    const usages = await sampler.sample(groups);
    assert.deepEqual([usages.get('a')?.tasks, usages.get('b')?.tasks], [5, 3]);
    // A controller that is switched on later is found when somebody looks anew.
    const counting = { ...only, controllers: ['pids'] };
    file('v2/a/pids.current', '9\n');
    const other = new Map([['a', { hierarchy: counting, path: '/a' }]]);
    assert.equal((await sampler.sample(other)).get('a')?.tasks, 5);
    sampler.lookAnew();
    assert.equal((await sampler.sample(other)).get('a')?.tasks, 9);
    sampler.close();
  });
});
