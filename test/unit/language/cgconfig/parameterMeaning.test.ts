import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parameterMeaning } from '../../../../src/language/cgconfig/parameterMeaning.ts';
import { readBytes } from '../../../../src/language/cgconfig/parameterValue.ts';
import { outcomeOf } from '../../../../src/language/cgconfig/writeOutcome.ts';

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

const of = (version: 1 | 2, name: string, value: string, systemdVersion = 257): readonly string[] | undefined =>
  parameterMeaning(version, { name, value }, systemdVersion).settings;

test('values become properties of a unit that is there', () => {
  for (const [name, value, expected] of [
    ['memory.max', '4194304', ['MemoryMax=4194304']],
    ['memory.max', '4M', ['MemoryMax=4M']],
    ['memory.high', 'max', ['MemoryHigh=infinity']],
    ['pids.max', '12', ['TasksMax=12']],
    ['pids.max', 'max', ['TasksMax=infinity']],
    ['cpu.weight', '50', ['CPUWeight=50']],
    ['cpu.max', '25000 50000', ['CPUQuota=50%', 'CPUQuotaPeriodSec=50000us']],
    ['cpu.max', '50000 100000', ['CPUQuota=50%', 'CPUQuotaPeriodSec=100000us']],
    ['cpuset.cpus', '0-3, 6', ['AllowedCPUs=0-3,6']],
    ['io.weight', 'default 200', ['IOWeight=200']],
    ['io.weight', '8:0 200', ['IODeviceWeight=/dev/block/8:0 200']],
    ['io.max', '8:0 rbps=1024 wiops=9', ['IOReadBandwidthMax=/dev/block/8:0 1024', 'IOWriteIOPSMax=/dev/block/8:0 9']],
  ] as const)
    assert.deepEqual(of(2, name, value), expected, `${name} ${value}`);
  assert.deepEqual(of(1, 'memory.limit_in_bytes', '-1'), ['MemoryMax=infinity']);
  assert.deepEqual(of(1, 'cpu.shares', '100'), ['CPUShares=100']);
  assert.deepEqual(of(1, 'cpu.shares', '1024', 258), ['CPUWeight=100']);
});

test('what systemd would refuse is the nearest that it takes', () => {
  assert.deepEqual(of(2, 'memory.max', '0'), ['MemoryMax=1']);
  assert.deepEqual(of(2, 'memory.high', '0'), ['MemoryHigh=1']);
  assert.deepEqual(of(2, 'memory.low', '0'), ['MemoryLow=0']);
  assert.deepEqual(of(2, 'cpu.max', '1000 1000000'), ['CPUQuota=0.1%', 'CPUQuotaPeriodSec=1000000us']);
  assert.deepEqual(of(2, 'cpu.max', '1000 1000000', 246), ['CPUQuota=1%', 'CPUQuotaPeriodSec=1000000us']);
});

test('what lifts a limit takes back what the unit had', () => {
  assert.deepEqual(of(2, 'cpu.max', 'max'), ['CPUQuota=', 'CPUQuotaPeriodSec=']);
  assert.deepEqual(of(2, 'cpuset.cpus', ''), ['AllowedCPUs=']);
  assert.deepEqual(of(2, 'cpu.idle', '0'), ['CPUWeight=']);
  assert.deepEqual(of(2, 'io.max', '8:0 wiops=max'), ['IOWriteIOPSMax=/dev/block/8:0 infinity']);
});

test('nothing is offered that this systemd does not know, or that is no value', () => {
  assert.equal(of(2, 'memory.zswap.max', '4096', 252), undefined);
  assert.deepEqual(of(2, 'memory.zswap.max', '4096', 253), ['MemoryZSwapMax=4096']);
  for (const [name, value] of [
    ['memory.max', 'lots'],
    ['cpu.max', 'half'],
    ['io.max', '8:0'],
    ['io.max', 'sda rbps=1'],
    ['memory.oom.group', '1'],
    ['cpuset.cpus', '$(x)'],
  ] as const)
    assert.equal(of(2, name, value), undefined, `${name} ${value}`);
});

test('no other file of the sources says which property a parameter becomes, or reads a size of the kernel', () => {
  const src = join(import.meta.dirname, '../../../../src');
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /^(?!schema\/).*\.ts$/u.test(file),
  );
  const filesWith = (pattern: RegExp): readonly string[] =>
    files.filter((file) => pattern.test(readFileSync(join(src, file), 'utf8').replace(/^\s*(?:\/?\*|\/\/).*$/gmu, '')));
  assert.deepEqual(filesWith(/'(?:MemoryMax|CPUQuota|TasksMax)'/u).toSorted(), [
    'language/cgconfig/unitSettings.ts',
    // Offers properties by their names, for which no parameter has to be known.
    'ui/commands/cgroups/unitProperty.ts',
  ]);
  assert.deepEqual(filesWith(/'kmgtpe'/u).toSorted(), [
    'language/cgconfig/parameterValue.ts',
    'language/cgconfig/valueHint.ts',
    // Of tmpfs, which reads its sizes with the same function of the kernel, and is no control group.
    'language/nspawn/values/tmpfsOptions.ts',
  ]);
});

test('a limit of memory under which nothing can run is warned of', () => {
  const problemOf = (name: string, value: string): unknown => parameterMeaning(1, { name, value }, 257).problem;
  for (const value of ['4000', '0', '4095']) {
    const problem = problemOf('memory.limit_in_bytes', value);
    assert.match(JSON.stringify(problem), /"refused":false.*0 bytes/u, value);
  }
  assert.equal(problemOf('memory.limit_in_bytes', '4096'), undefined);
  assert.equal(problemOf('memory.soft_limit_in_bytes', '0'), undefined);
});
