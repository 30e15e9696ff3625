import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cgroupSchema } from '../../../../../src/schema/cgroupSchema.ts';
import { findingsOf } from '../findings.ts';
import { forV2, rulesForV2, settingsForV2 } from './migrated.ts';

const becomes = (controller: string, settings: string, expected: string): void => {
  assert.equal(settingsForV2(`${controller} {\n${settings}\n}`).replaceAll('\n', ' '), expected);
};

test('shares are cut off to a weight by libcgroup’s formula, within what the kernel takes', () => {
  // cgroup_convert_int() of abstraction-common.c: shares * 100 / 1024.
  for (const [shares, weight] of [
    ['1024', '100'],
    ['100', '9'],
    ['512', '50'],
    ['2', '1'],
    ['262144', '10000'],
    ['0x400', '100'],
  ] as const)
    becomes('cpu', `cpu.shares = ${shares};`, `cpu { cpu.weight = ${weight}; }`);
  const { notes } = forV2('group a {\n\tcpu {\n\t\tcpu.shares = 100;\n\t}\n}\n');
  assert.equal(notes.length, 1);
  assert.match(notes[0]?.text ?? '', /9\.77.*92 shares.*make it 4\.$/u);
  assert.deepEqual(forV2('group a { cpu { cpu.shares = 1024; } }').notes, []);
});

test('quota and period become one line, and either alone too', () => {
  const max = (value: string): string => `cpu { cpu.max = "${value}"; }`;
  becomes('cpu', 'cpu.cfs_quota_us = 50000;\ncpu.cfs_period_us = 200000;', max('50000 200000'));
  becomes('cpu', 'cpu.cfs_period_us = 200000;\ncpu.cfs_quota_us = 50000;', max('50000 200000'));
  becomes('cpu', 'cpu.cfs_quota_us = 50000;', max('50000 100000'));
  becomes('cpu', 'cpu.cfs_quota_us = -1;', max('max 100000'));
  becomes('cpu', 'cpu.cfs_period_us = 50000;', max('max 50000'));
});

test('limits of memory keep their text, and -1 becomes max', () => {
  becomes('memory', 'memory.limit_in_bytes = 40000;', 'memory { memory.max = 40000; }');
  becomes('memory', 'memory.limit_in_bytes = "1G";', 'memory { memory.max = "1G"; }');
  becomes('memory', 'memory.limit_in_bytes = -1;', 'memory { memory.max = max; }');
  becomes('memory', 'memory.limit_in_bytes = 9223372036854771712;', 'memory { memory.max = max; }');
  becomes('memory', 'memory.soft_limit_in_bytes = 1G;', 'memory { memory.high = 1G; }');
  becomes('hugetlb', 'hugetlb.2MB.limit_in_bytes = -1;', 'hugetlb { hugetlb.2MB.max = max; }');
});

test('memory and swap together become what is left for swap', () => {
  const both = (together: string, memory: string): string =>
    settingsForV2(`memory {\nmemory.memsw.limit_in_bytes = ${together};\nmemory.limit_in_bytes = ${memory};\n}`);
  assert.match(both('4G', '1G'), /memory\.swap\.max = 3G;/u);
  assert.match(both('4G', '4G'), /memory\.swap\.max = 0;/u);
  assert.match(both('1500M', '1G'), /memory\.swap\.max = 476M;/u);
  assert.match(both('-1', '1G'), /memory\.swap\.max = max;/u);
  assert.doesNotMatch(both('1G', '4G'), /swap/u);
  assert.equal(settingsForV2('memory {\nmemory.memsw.limit_in_bytes = 4G;\n}'), 'memory {\n}');
});

test('limits of disks become one setting with a line for each device', () => {
  becomes(
    'blkio',
    'blkio.throttle.read_bps_device = "8:0 1048576\n8:16 5";\nblkio.throttle.write_iops_device = "8:0 0";',
    'io { io.max = "8:0 rbps=1048576 wiops=max 8:16 rbps=5"; }',
  );
  becomes('blkio', 'blkio.weight = 500;', 'io { io.weight = 100; }');
  becomes('blkio', 'blkio.weight = 10;', 'io { io.weight = 2; }');
  becomes('blkio', 'blkio.weight_device = "8:0 1000";', 'io { io.weight = "8:0 200"; }');
  becomes(
    'blkio',
    'blkio.bfq.weight = 300;\nblkio.bfq.weight_device = "8:0 0";',
    'io { io.bfq.weight = "default 300 8:0 default"; }',
  );
  becomes('blkio', 'blkio.throttle.read_bps_device = nonsense;', 'io { }');
});

test('every conversion of libcgroup leads to the same file', () => {
  const sample: Readonly<Record<string, string>> = {
    quotaToMax: '1000',
    periodToMax: '1000',
    exclusiveToPartition: '1',
  };
  for (const { from, fromVersion, to, formula } of cgroupSchema.conversions) {
    // One of its names is misspelt, and files that can only be read are not set.
    if (fromVersion !== 1 || from === 'cpuset.mem_pressure_enabled' || formula.kind === 'rename') continue;
    const result = settingsForV2(`${from.split('.')[0] ?? ''} {\n${from} = ${sample[formula.kind] ?? '3'};\n}`);
    if (formula.kind === 'none') assert.doesNotMatch(result, /=/u, from);
    else assert.ok(result.includes(`\n${to ?? ''} = `), `${from}: ${result}`);
  }
});

test('blocks change their names, and those without a counterpart become comments', () => {
  assert.equal(
    forV2('# mine\ngroup web {\n  cpuacct {\n  }\n  devices {\n    devices.deny = a;\n  }\n  freezer {\n  }\n}\n').text,
    [
      '# mine',
      'group web {',
      '  cpu {',
      '  }',
      '  # cgroup v2 has no files for devices: a BPF program decides, and systemd has DeviceAllow= and DevicePolicy= for it.',
      '  # devices {',
      '    # devices.deny = a;',
      '  # }',
      '  # cgroup v2 has no controller freezer: every group has a file cgroup.freeze.',
      '  # freezer {',
      '  # }',
      '}',
      '',
    ].join('\n'),
  );
});

test('two controllers that become one share a block', () => {
  assert.match(
    forV2('group web {\n\tcpuacct {\n\t\tcpu.shares = 1024;\n\t}\n\tcpu {\n\t\tcpu.idle = 0;\n\t}\n}\n').text,
    /\n\t# cpuacct \{\n\t\t# cpu.shares = 1024;\n\t# \}\n\tcpu \{\n\t\tcpu\.idle = 0;\n\t\tcpu\.weight = 100;\n\t\}\n/u,
  );
});

test('what is set for v2 already stays, and the same of v1 gives way', () => {
  assert.equal(
    settingsForV2('cpu {\ncpu.weight = 5;\ncpu.shares = 1024;\n}').replaceAll('\n', ' '),
    'cpu { cpu.weight = 5; }',
  );
});

test('a group of which nothing is left is still made', () => {
  for (const text of ['group a { devices { } }', 'group a {\n\tnet_cls {\n\t}\n}\n']) {
    const result = forV2(text).text;
    assert.match(result, /\bpids \{/u);
    assert.deepEqual(findingsOf(result), []);
  }
});

test('a mount is a comment, and a namespace names each controller once', () => {
  const { text } = forV2('mount {\n\tcpu = /a;\n}\ngroup a { cpu { } }\n');
  assert.match(text, /^# .*\n# mount \{\n\t# cpu = \/a;\n# \}\ngroup a/u);
  assert.match(
    forV2('namespace {\n\tcpu = x;\n\tcpuacct = x;\n\tblkio = x;\n}\n').text,
    /^namespace \{\n\tcpu = x;\n\t# cpu stands above already\.\n\t# cpuacct = x;\n\tio = x;\n\}\n$/u,
  );
});

test('a group with groups below it holds no processes, which matters most where rules put some there', () => {
  const text = 'group a { cpu { cpu.shares = 2048; } }\ngroup a/b { cpu { } }\n';
  assert.deepEqual(
    forV2(text).notes.map(({ line, level }) => [line, level]),
    [[1, 'info']],
  );
  assert.deepEqual(
    forV2(text, 'alice cpu a/').notes.map(({ level }) => level),
    ['warning'],
  );
});

test('files that the root does not have in v2 are left out', () => {
  const { text, notes } = forV2('group . { cpu { cpu.shares = 2048; } }');
  assert.doesNotMatch(text.replaceAll(/^\s*#.*$/gmu, ''), /weight/u);
  assert.equal(notes[0]?.level, 'warning');
});

test('a file for v2 stays as it is', () => {
  const text =
    'group a {\n\tperm {\n\t\ttask { uid = a; }\n\t\tadmin { uid = b; }\n\t}\n\tcpu { cpu.weight = 5; }\n}\ngroup a/b { io { io.max = "8:0 rbps=1"; } }\n';
  const { isSame, text: result, notes } = forV2(text);
  assert.deepEqual([isSame, result], [true, text]);
  assert.equal(notes.length, 2);
});

test('a frozen group has no place in a file for v2, because libcgroup makes none with a block cgroup', () => {
  const { text, notes } = forV2('group a { cpu { } freezer { freezer.state = FROZEN; } }');
  assert.match(text, /\n# freezer \{ freezer\.state = FROZEN; \}\n/u);
  assert.match(notes.find(({ level }) => level === 'warning')?.text ?? '', /cgset -r cgroup\.freeze=1/u);
});

test('what only sets counters back, or is so anyway, is no loss', () => {
  const levels = (settings: string): readonly string[] =>
    forV2(`group a { memory { ${settings} } }`).notes.map(({ level }) => level);
  assert.deepEqual(levels('memory.use_hierarchy = 1; memory.failcnt = 0; memory.force_empty = 0;'), [
    'info',
    'info',
    'info',
  ]);
  assert.deepEqual(levels('memory.swappiness = 0; memory.oom_control = 1; memory.kmem.limit_in_bytes = 1G;'), [
    'warning',
    'warning',
    'warning',
  ]);
});

test('rules name the controllers of v2, each once', () => {
  assert.equal(
    rulesForV2('# r\nalice\tcpu,cpuacct,blkio\tweb\n*\t\tdevices x # all\nbob * y\n').text,
    '# r\nalice\tcpu,io\tweb\n# cgroup v2 has no controller for devices.\n# *\t\tdevices x\n# all\nbob * y\n',
  );
  assert.deepEqual(
    rulesForV2('alice cpu a\n% memory b\n').notes.map(({ line, level }) => [line, level]),
    [[2, 'warning']],
  );
});

test('a value over several lines stays in its comment', () => {
  const { text } = forV2('group a { cpu { cpu.shares = "1\n}\ngroup b { cpu { } }\n2"; } }\n');
  assert.equal(text.match(/^[^#]*group/gmu)?.length, 1, text);
  assert.deepEqual(findingsOf(text), []);
});

test('of two controllers that set the same the later one counts', () => {
  assert.equal(
    settingsForV2('cpuacct {\ncpu.idle = 1;\n}\ncpu {\ncpu.idle = 0;\n}').replaceAll('\n', ' '),
    'cpu { cpu.idle = 0; }',
  );
});

test('a group that is left without blocks keeps its layout', () => {
  assert.match(
    forV2('  group a {\n    devices {\n    }\n  }\n').text,
    /\n {4}# \}\n {2}\tpids \{\n {2}\t\}\n {2}\}\n$/u,
  );
});

test('a setting whose controller has no block in the group gets one', () => {
  const text = 'group a {\n\tcpuset {\n\t\tcpuset.cpus = "3-4";\n\t\tpids.max = 60;\n\t}\n}\n';
  const { text: migrated, notes } = forV2(text);
  assert.match(migrated, /\n\tpids \{\n\t\tpids\.max = 60;\n\t\}\n\}\n$/u);
  assert.doesNotMatch(migrated.slice(0, migrated.indexOf('pids {')), /pids\.max/u);
  assert.equal(notes.filter(({ line }) => line === 4).length, 1);
  assert.deepEqual(findingsOf(migrated), []);
  assert.match(forV2('group a { cpuset { pids.max = 60; } }').text, /pids \{ pids\.max = 60; \} \}$/u);
  const inOther = forV2('group a { cpuset { cpuset.cpus = 0; pids.max = 60; } pids { } }').text;
  assert.equal(inOther.match(/pids \{/gu)?.length, 1);
});
