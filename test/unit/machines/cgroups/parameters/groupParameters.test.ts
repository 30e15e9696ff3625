import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import { test } from 'node:test';
import { compareGroupParameters } from '../../../../../src/machines/cgroups/parameters/readGroupParameters.ts';
import { setGroupParameter, setProperties } from '../../../../../src/machines/cgroups/parameters/setGroupParameter.ts';
import { stepsCommand } from '../../../../../src/machines/cgroups/operate/kernelSteps.ts';
import { lookAtGroup } from '../../../../../src/machines/cgroups/operate/seen.ts';

test('a parameter is written line by line, and a unit is told by systemctl', async () => {
  const given = { hierarchy: { version: 2, mountPoint: tmpdir(), controllers: ['io'] }, path: '/' } as const;
  const group = await lookAtGroup(given);
  assert.deepEqual(
    (await setGroupParameter(given, 'io.max', '8:0 rbps=1\n 8:16 rbps=2 ')).command,
    stepsCommand([
      { kind: 'write', group, file: 'io.max', text: '8:0 rbps=1' },
      { kind: 'write', group, file: 'io.max', text: '8:16 rbps=2' },
    ]),
  );
  const args = (lasting: 'untilReboot' | 'forGood'): readonly string[] =>
    setProperties({ name: 'a.service' }, ['MemoryMax=4096'], lasting).command.args;
  assert.deepEqual(args('untilReboot'), ['set-property', '--runtime', '--', 'a.service', 'MemoryMax=4096']);
  assert.deepEqual(args('forGood'), ['set-property', '--', 'a.service', 'MemoryMax=4096']);
});

test('parameters that matter stand first, and what every group has last', () => {
  const names = [
    'cgroup.freeze',
    'cgroup.kill',
    'cpu.max',
    'cpu.stat',
    'memory.high',
    'memory.max',
    'pids.max',
    'tasks',
  ];
  const sorted = names.map((name) => ({ name })).sort(compareGroupParameters);
  assert.deepEqual(
    sorted.map(({ name }) => name),
    ['memory.max', 'memory.high', 'cpu.max', 'pids.max', 'cpu.stat', 'cgroup.freeze', 'cgroup.kill', 'tasks'],
  );
});
