import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { cgroupSchema } from '../../../../src/schema/cgroupSchema.ts';
import { findingsOf } from './findings.ts';

/** The rules that a setting of a controller breaks, but for the one that wants more settings beside it. */
const rulesOf = (controller: string, settings: string): readonly string[] =>
  findingsOf(`group web { ${controller} { ${settings} } }`)
    .map(({ rule }) => rule)
    .filter((rule) => rule !== 'cpuset-incomplete');

describe('names', () => {
  test('that the kernel does not have are told, with the nearest', () => {
    const [finding] = findingsOf('group web { cpu { cpu.share = 1; } }');
    assert.equal(finding?.rule, 'unknown-parameter');
    assert.equal(finding.fixes?.[0]?.changes[0]?.text, 'cpu.shares');
    assert.deepEqual(rulesOf('memroy', 'memory.max = 1G;'), ['unknown-controller']);
    assert.deepEqual(rulesOf('"name=own"', 'tasks = 1;'), []);
  });

  test('of another controller are told, but not what is mounted together or is in every group', () => {
    assert.deepEqual(rulesOf('cpu', 'memory.max = 1G;'), ['parameter-of-other-controller']);
    assert.deepEqual(rulesOf('cpu', 'cpuacct.usage = 0; notify_on_release = 1; cgroup.procs = 0;'), []);
  });

  test('of huge pages may have any size', () => {
    assert.deepEqual(rulesOf('hugetlb', 'hugetlb.1GB.max = 1G;'), []);
    assert.deepEqual(rulesOf('hugetlb', 'hugetlb.2MB.current = 0;'), ['read-only-parameter']);
  });

  test('of both versions in one controller fail, in two depend on the host', () => {
    assert.deepEqual(rulesOf('cpu', 'cpu.shares = 100; cpu.max = max;'), ['mixed-cgroup-versions']);
    const [between] = findingsOf('group web { cpu { cpu.shares = 100; } memory { memory.max = 1G; } }');
    assert.deepEqual([between?.rule, between?.severity], ['mixed-cgroup-versions', 'info']);
    assert.deepEqual(rulesOf('pids', 'pids.max = 10;'), []);
  });

  test('of files that can only be read are never taken, and all others are', () => {
    for (const { name, controller, access } of cgroupSchema.parameters) {
      const others = cgroupSchema.parameters.filter((one) => one.name === name);
      const isReadOnly = access === 'read' && others.every((one) => one.access === 'read');
      const rules = rulesOf(controller === 'cgroup' ? 'cpu' : controller, `${name.replace('<size>', '2MB')} = "";`);
      assert.deepEqual(
        rules.filter((rule) => rule !== 'deprecated-parameter'),
        isReadOnly ? ['read-only-parameter'] : [],
        name,
      );
    }
  });
});

describe('values', () => {
  /** As the kernel judges them: kstrtoull(), memparse(), bitmap_parselist(), sscanf() and the handlers behind. */
  const taken: Readonly<Record<string, readonly string[]>> = {
    'cpu.shares': ['2', '262144', '0x400', ' 512 '],
    'cpu.cfs_quota_us': ['-1', '1000', '50000'],
    'cpu.cfs_period_us': ['1000', '1000000'],
    'cpu.max': ['max', 'max 100000', '50000', '1000 1000000'],
    'cpu.weight': ['1', '10000'],
    'cpu.uclamp.min': ['0', '12.5', '100', 'max'],
    'memory.limit_in_bytes': ['-1', '0', '4096', '100M', '1g', '9223372036854775807'],
    'memory.max': ['max', '1G', '1t'],
    'memory.max_usage_in_bytes': ['0', 'whatever'],
    'memory.failcnt': ['0', '4961'],
    'memory.swappiness': ['0', '200'],
    'cpuset.cpus': ['0', '0-3,6', '0-3 6', '0-10:1/2', 'all', '3-N'],
    'cpuset.cpu_exclusive': ['0', '1', '2'],
    'freezer.state': ['FROZEN', 'THAWED'],
    'io.weight': ['100', 'default 100', '8:0 50', '8:0 default'],
    'io.max': ['8:0 rbps=1048576 wiops=max'],
    'blkio.throttle.read_bps_device': ['8:0 0', '8:16 1048576'],
    'pids.max': ['max', '0', '4194304'],
    'devices.allow': ['a', 'a *:* rwm', 'c 1:3 rwm', 'b *:* m', 'c 1:3 rrrr'],
    'net_cls.classid': ['0x00010001', '0'],
    'misc.max': ['res_a max'],
    'cgroup.subtree_control': ['+cpu -memory'],
  };
  const refused: Readonly<Record<string, readonly string[]>> = {
    'cpu.shares': ['many', '-5', '5k', '08', '99999999999999999999'],
    'cpu.cfs_quota_us': ['0', '999', 'max'],
    'cpu.cfs_period_us': ['999', '1000001'],
    'cpu.max': ['-1', '999', '50000 999', 'max 1000001', '50%', '1 x'],
    'cpu.weight': ['0', '10001'],
    'memory.limit_in_bytes': ['max', '1GB', '1.5G', '10 M', '50%'],
    'memory.max': ['-1', 'infinity'],
    'memory.swappiness': ['201'],
    'memory.oom_control': ['2'],
    'cpuset.cpus': ['0..3', '3-1', 'a'],
    'cpuset.cpu_exclusive': ['yes', '-1'],
    'freezer.state': ['frozen', 'FREEZING'],
    'io.weight': ['0', '8 100', 'sda 100'],
    'io.max': ['8:0', '8:0 rps=1', '8:0 rbps=fast', 'sda rbps=1', '8:0 rbps=0', '8:0 rbps=1M'],
    'blkio.throttle.read_bps_device': ['sda 100', '8:0'],
    'pids.max': ['-1', '4194305'],
    'devices.allow': ['c 1:3', '/dev/null rwm', 'd 1:3 r', 'c 1:3 rwx', 'c  1:3 r'],
    'cgroup.subtree_control': ['cpu'],
  };
  const blockOf = (name: string): string => {
    const controller = cgroupSchema.parameters.find((one) => one.name === name)?.controller ?? '';
    return controller === 'cgroup' ? 'cpu' : controller;
  };
  const rulesOfValue = (name: string, value: string): readonly string[] =>
    rulesOf(blockOf(name), `${name} = "${value}";`).filter((rule) => rule !== 'deprecated-parameter');
  for (const [name, values] of Object.entries(taken))
    test(`of ${name} that the kernel takes`, () => {
      for (const value of values) assert.deepEqual(rulesOfValue(name, value), [], value);
    });
  for (const [name, values] of Object.entries(refused))
    test(`of ${name} that it refuses`, () => {
      for (const value of values) assert.deepEqual(rulesOfValue(name, value), ['invalid-parameter-value'], value);
    });

  test('that are pulled in, or cut off behind their digits, are told', () => {
    assert.deepEqual(rulesOfValue('cpu.shares', '1'), ['clamped-parameter-value']);
    assert.deepEqual(rulesOfValue('cpu.shares', '300000'), ['clamped-parameter-value']);
    assert.deepEqual(rulesOfValue('io.max', '8:0 rbps=10M'), ['unit-dropped']);
    assert.deepEqual(rulesOfValue('blkio.throttle.write_bps_device', '8:0 10MB'), ['unit-dropped']);
    for (const value of ['50000k', 'max max', '50000 100000us'])
      assert.deepEqual(rulesOfValue('cpu.max', value), ['unit-dropped']);
  });

  test('of several lines are judged line by line where libcgroup writes them so, each at its place', () => {
    const text = 'group web { devices { devices.allow = "c 1:3 r\n  x\na"; } }';
    const [finding, ...more] = findingsOf(text, { libcgroupVersion: '2.0.2' });
    assert.equal(text.slice(finding?.start, finding?.end), 'x');
    assert.deepEqual(more, []);
  });
});

// cgconfigparser exits 82 (2.0.2) and 91 (3.1.0, 3.2.0) for the block, and 0 for the file in the block of another controller.
test('files of every group of v2 stand in the block of a controller, for cgroup is none', () => {
  assert.deepEqual(rulesOf('cgroup', 'cgroup.freeze = 1;'), ['pseudo-controller']);
  assert.deepEqual(rulesOf('io', 'cgroup.freeze = 1;'), []);
});
