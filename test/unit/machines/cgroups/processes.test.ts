import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { ControlGroup, Hierarchy } from '../../../../src/machines/cgroups/controlGroup.ts';
import { everyGroup, listGroups } from '../../../../src/machines/cgroups/observe/listGroups.ts';
import { parseProcessFacts } from '../../../../src/machines/cgroups/observe/processFacts.ts';
import { pidsOfGroup, processesOfGroup } from '../../../../src/machines/cgroups/observe/processesOfGroup.ts';

const stat = (name: string, state: string, flags: number): string =>
  `42 (${name}) ${state} 1 42 42 0 -1 ${flags} 0 0 0 0 1 2 0 0 20 0 7 0 987654 1 2 3\n`;

test('a process tells its name, whatever is in it', () => {
  const facts = parseProcessFacts(42, stat('a) (b', 'S', 0x400000), '/bin/a\0--x\0two words\0', 1000);
  assert.deepEqual(facts, {
    pid: 42,
    startTime: '987654',
    name: 'a) (b',
    commandLine: '/bin/a --x two words',
    kernel: false,
    zombie: false,
    threads: 7,
    user: 1000,
  });
});

test('a name that the kernel has cut is told in full', () => {
  const nameOf = (name: string, commandLine: string) => parseProcessFacts(1, stat(name, 'S', 0), commandLine, 0)?.name;
  assert.equal(nameOf('systemd-journal', '/usr/lib/systemd/systemd-journald\0'), 'systemd-journald');
  assert.equal(nameOf('systemd-journal', 'something-else\0'), 'systemd-journal');
  assert.equal(nameOf('bash', '/bin/bash-static\0'), 'bash');
});

test('threads of the kernel and zombies are told from others', () => {
  assert.equal(parseProcessFacts(2, stat('kthreadd', 'S', 0x208040), '', 0)?.kernel, true);
  assert.equal(parseProcessFacts(9, stat('sh', 'Z', 0x400000), '', 0)?.zombie, true);
  assert.equal(parseProcessFacts(9, '', '', 0), undefined);
});

test('what a process says of itself cannot mislead', () => {
  const evil = '\u202egnp.exe\u0007\nsecond\u001b[31m\0';
  const facts = parseProcessFacts(1, stat('x', 'S', 0), Buffer.from(evil).toString('latin1'), 0);
  assert.doesNotMatch(facts?.commandLine ?? '', /[\p{Cc}\p{Cf}]/u);
  const long = parseProcessFacts(1, stat('x', 'S', 0), 'a'.repeat(100_000), 0);
  assert.ok((long?.commandLine.length ?? 0) <= 400);
});

test('groups are directories and nothing else, numbers in their order', () => {
  const directory = mkdtempSync(join(tmpdir(), 'nspawn-groups-'));
  try {
    const hierarchy: Hierarchy = { version: 2, mountPoint: directory, controllers: [] };
    for (const name of ['g10', 'g9', 'B', 'a', 'g9/deep']) mkdirSync(join(directory, name));
    symlinkSync('/', join(directory, 'link'));
    writeFileSync(join(directory, 'cgroup.procs'), '7\n0\n3\n7\n');
    const root = { hierarchy, path: '/' };
    assert.deepEqual(
      listGroups(root)?.map(({ path }) => path),
      ['/a', '/B', '/g9', '/g10'],
    );
    assert.deepEqual(
      [...everyGroup(root)].map(({ path }) => path),
      ['/', '/a', '/B', '/g9', '/g9/deep', '/g10'],
    );
    assert.equal([...everyGroup(root, { left: 3 })].length, 3);
    assert.deepEqual(pidsOfGroup(root), [0, 3, 7]);
    assert.equal(listGroups({ hierarchy, path: '/gone' }), undefined);
    assert.equal(processesOfGroup({ hierarchy, path: '/gone' }, 10), undefined);
  } finally {
    rmSync(directory, { recursive: true });
  }
});

test('more processes than are asked for are counted', () => {
  const directory = mkdtempSync(join(tmpdir(), 'nspawn-groups-'));
  try {
    writeFileSync(join(directory, 'cgroup.procs'), `0\n${process.pid}\n4194303\n4194304\n`);
    const inside: ControlGroup = { hierarchy: { version: 2, mountPoint: directory, controllers: [] }, path: '/' };
    const found = processesOfGroup(inside, 1);
    assert.deepEqual(
      found?.processes.map(({ pid }) => pid),
      [process.pid],
    );
    assert.deepEqual([found.more, found.foreign, found.kernelThreads], [2, 1, 0]);
  } finally {
    rmSync(directory, { recursive: true });
  }
});
