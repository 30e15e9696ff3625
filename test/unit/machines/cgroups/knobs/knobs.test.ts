import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import { test } from 'node:test';
import { outcomeOf, setKnob, setProperties } from '../../../../../src/machines/cgroups/knobs/setKnob.ts';
import { stepsCommand } from '../../../../../src/machines/cgroups/operate/kernelSteps.ts';
import { lookAtGroup } from '../../../../../src/machines/cgroups/operate/seen.ts';
import { readBytes, systemdSettings } from '../../../../../src/machines/cgroups/knobs/systemdProperties.ts';

test('sizes are read as the kernel reads them', () => {
  assert.equal(readBytes('40000000'), 40_000_000n);
  assert.equal(readBytes('4k'), 4096n);
  assert.equal(readBytes('0x10'), 16n);
  assert.equal(readBytes('010'), 8n);
  for (const text of ['', '4 k', '4KB', '08', 'max', '-1', '1.5G']) assert.equal(readBytes(text), undefined, text);
});

test('what the kernel has made of a value is told apart', () => {
  assert.deepEqual(outcomeOf('40000000', '39997440'), { kind: 'roundedDown', page: 4096 });
  assert.deepEqual(outcomeOf('6000', '4096'), { kind: 'roundedDown', page: 4096 });
  assert.deepEqual(outcomeOf('70000', '65536'), { kind: 'roundedDown', page: 16_384 });
  assert.deepEqual(outcomeOf('4M', '4194304'), { kind: 'sameNumber' });
  assert.deepEqual(outcomeOf('max', 'max'), { kind: 'asWritten' });
  assert.deepEqual(outcomeOf('1', '2'), { kind: 'other' });
});

test('values become properties of systemd', () => {
  const of = (name: string, value: string): readonly string[] | undefined => systemdSettings(name, value);
  assert.deepEqual(of('memory.max', '4M'), ['MemoryMax=4194304']);
  assert.deepEqual(of('memory.high', 'max'), ['MemoryHigh=infinity']);
  assert.deepEqual(of('memory.limit_in_bytes', '-1'), ['MemoryMax=infinity']);
  assert.deepEqual(of('pids.max', '12'), ['TasksMax=12']);
  assert.deepEqual(of('cpu.weight', '50'), ['CPUWeight=50']);
  assert.deepEqual(of('cpu.max', '25000 50000'), ['CPUQuota=50%', 'CPUQuotaPeriodSec=50000us']);
  assert.deepEqual(of('cpu.max', 'max'), ['CPUQuota=', 'CPUQuotaPeriodSec=100000us']);
  assert.deepEqual(of('cpuset.cpus', '0-3, 6'), ['AllowedCPUs=0-3, 6']);
  assert.deepEqual(of('io.weight', 'default 200'), ['IOWeight=200']);
  assert.deepEqual(of('io.weight', '8:0 200'), ['IODeviceWeight=/dev/block/8:0 200']);
  assert.deepEqual(of('io.max', '8:0 rbps=1024 wiops=max'), [
    'IOReadBandwidthMax=/dev/block/8:0 1024',
    'IOWriteIOPSMax=/dev/block/8:0 infinity',
  ]);
  for (const [name, value] of [
    ['memory.max', 'lots'],
    ['cpu.max', 'half'],
    ['io.max', '8:0'],
    ['io.max', 'sda rbps=1'],
    ['memory.oom.group', '1'],
    ['cpuset.cpus', '$(x)'],
  ] as const)
    assert.equal(of(name, value), undefined, `${name} ${value}`);
});

test('a knob is written line by line, and a unit is told by systemctl', async () => {
  const given = { hierarchy: { version: 2, mountPoint: tmpdir(), controllers: ['io'] }, path: '/' } as const;
  const group = await lookAtGroup(given);
  assert.deepEqual(
    (await setKnob(given, 'io.max', '8:0 rbps=1\n 8:16 rbps=2 ')).command,
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
