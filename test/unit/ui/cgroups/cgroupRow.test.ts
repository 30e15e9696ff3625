import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Hierarchy } from '../../../../src/machines/cgroups/controlGroup.ts';
import type { ProcessInGroup } from '../../../../src/machines/cgroups/observe/processFacts.ts';
import {
  type GroupFacts,
  cgroupRow,
  groupTooltip,
  hierarchyRow,
  processRow,
  processTooltip,
} from '../../../../src/ui/cgroups/cgroupRow.ts';
import { usageText } from '../../../../src/ui/cgroups/groupWords.ts';
import { l10n } from '../l10n.ts';

const v2: Hierarchy = { version: 2, mountPoint: '/sys/fs/cgroup', controllers: [] };
const facts = (path: string, more: Partial<GroupFacts> = {}): GroupFacts => ({
  group: { hierarchy: v2, path },
  usage: undefined,
  owner: { kind: 'nobody' },
  frozen: false,
  expanded: false,
  ...more,
});
const usage = { tasks: 12, cpu: 3.44, memory: 48 * 1024 * 1024, read: 1_000_000, written: 258_291 };

test('what a group uses is said in a few figures, and nothing of what is nothing', () => {
  assert.equal(usageText(usage, l10n), '12 tasks · 3.4 % · 48.0 MiB · 1.2 MiB/s');
  assert.equal(usageText({ tasks: 1, cpu: 0.01, memory: 0, read: 0, written: 0 }, l10n), '1 task');
  assert.equal(usageText({ cpu: 250.4 }, l10n), '250 %');
  assert.equal(usageText(undefined, l10n), '');
});

test('a service of systemd', () => {
  const row = cgroupRow(
    facts('/system.slice/ssh.service', { usage, owner: { kind: 'unit', unit: { name: 'ssh.service' }, slice: false } }),
    l10n,
  );
  assert.equal(row.label, 'ssh.service');
  assert.equal(row.description, '12 tasks · 3.4 % · 48.0 MiB · 1.2 MiB/s');
  assert.equal(row.contextValue, 'controlGroup;v2;unit');
  assert.equal(row.icon?.id, 'gear');
  assert.equal(row.accessible, 'service ssh.service, 12 tasks · 3.4 % · 48.0 MiB · 1.2 MiB/s');
});

test('a machine, a slice, a plain group that is empty and one that is frozen', () => {
  const machine = cgroupRow(facts('/machine.slice/machine-my\\x2dbox.scope'), l10n);
  assert.deepEqual([machine.label, machine.icon?.id], ['machine-my-box.scope', 'vm-running']);
  const slice = cgroupRow(
    facts('/system.slice', { owner: { kind: 'unit', unit: { name: 'system.slice' }, slice: true }, expanded: true }),
    l10n,
  );
  assert.deepEqual([slice.contextValue, slice.collapsible], ['controlGroup;v2;unit;slice', 'expanded']);
  const empty = cgroupRow(facts('/helloworld', { usage: { tasks: 0 } }), l10n);
  assert.deepEqual([empty.contextValue, empty.icon?.id], ['controlGroup;v2;empty', 'folder']);
  const frozen = cgroupRow(facts('/helloworld', { frozen: true }), l10n);
  assert.deepEqual([frozen.contextValue, frozen.description], ['controlGroup;v2;frozen', 'frozen']);
});

test('a tooltip has everything, as plain lines', () => {
  assert.deepEqual(
    groupTooltip(facts('/a/b', { usage, owner: { kind: 'inside', unit: { name: 'x.service' } } }), l10n).split('\n'),
    [
      '/sys/fs/cgroup/a/b',
      'Looked after by what runs in x.service',
      'Tasks: 12',
      'CPU (of one processor): 3.4 %',
      'Memory: 48.0 MiB (50331648 bytes)',
      'Read: 977 KiB/s',
      'Written: 252 KiB/s',
    ],
  );
});

test('the tooltip of a hierarchy says where it is mounted, and what it controls', () => {
  const tooltip = (path: string): string =>
    groupTooltip({ ...facts('/'), group: { hierarchy: { ...v2, controllers: ['cpu', 'memory'] }, path } }, l10n);
  assert.equal(tooltip('/'), '/sys/fs/cgroup\nControllers: cpu, memory');
  assert.equal(tooltip('/a'), '/sys/fs/cgroup/a');
});

test('hierarchies say what they count', () => {
  const label = (hierarchy: Hierarchy): string =>
    hierarchyRow({ ...facts('/'), group: { hierarchy, path: '/' } }, l10n).label;
  assert.equal(label(v2), 'Unified hierarchy (v2)');
  assert.equal(label({ ...v2, version: 1, controllers: ['cpu', 'cpuacct'] }), 'cpu, cpuacct (v1)');
  assert.equal(label({ ...v2, version: 1, name: 'systemd' }), 'systemd (v1)');
});

const process: ProcessInGroup = {
  pid: 42,
  startTime: '7',
  name: 'nginx',
  commandLine: 'nginx: [click](command:evil) \u202edlrow',
  kernel: false,
  zombie: false,
  threads: 3,
  user: 33,
};

test('a process, whose words can neither link nor turn the writing round', () => {
  const row = processRow(process, l10n);
  assert.equal(row.label, 'nginx');
  assert.match(row.description, /^42 · nginx: \[click\] \(command:evil\)/u);
  for (const text of [row.description, row.accessible, processTooltip(process, [], l10n)])
    assert.doesNotMatch(text, /\u202e/u);
  assert.equal(row.contextValue, 'process');
});

test('the tooltip of a process names its groups, in whichever hierarchies it has been put somewhere', () => {
  const v1 = (controller: string): Hierarchy => ({
    version: 1,
    mountPoint: `/cgroup/${controller}`,
    controllers: [controller],
  });
  const groups = [
    { hierarchy: v2, path: '/system.slice/lab.service' },
    { hierarchy: v1('memory'), path: '/helloworld' },
    { hierarchy: v1('pids'), path: '/' },
  ];
  const lines = processTooltip(process, groups, l10n).split('\n');
  assert.deepEqual(lines.slice(-2), ['Unified hierarchy (v2): /system.slice/lab.service', 'memory (v1): /helloworld']);
});

test('a zombie and a thread of the kernel say what they are', () => {
  assert.match(processRow({ ...process, commandLine: '', zombie: true }, l10n).description, /^42 · has ended/u);
  const kernel = processRow({ ...process, commandLine: '', kernel: true }, l10n);
  assert.deepEqual([kernel.description, kernel.contextValue], ['42 · thread of the kernel', 'process;kernel']);
});
