import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forSystemd, unitLines } from './migrated.ts';

const lines = (settings: string, expected: readonly string[], systemdVersion?: number): void => {
  assert.deepEqual(unitLines(settings, systemdVersion === undefined ? {} : { systemdVersion }), expected, settings);
};

test('limits of memory are sizes as systemd reads them', () => {
  lines('memory { memory.limit_in_bytes = 40000; }', ['MemoryMax=40000']);
  lines('memory { memory.limit_in_bytes = 1g; }', ['MemoryMax=1G']);
  lines('memory { memory.limit_in_bytes = 0x1000; }', ['MemoryMax=4096']);
  lines('memory { memory.limit_in_bytes = 010; }', ['MemoryMax=8']);
  lines('memory { memory.limit_in_bytes = -1; }', ['MemoryMax=infinity']);
  // config_parse_memory_limit() refuses 0 here; the kernel makes 0 pages of 1 byte.
  lines('memory { memory.limit_in_bytes = 0; }', ['MemoryMax=1']);
  lines('memory { memory.memsw.limit_in_bytes = 1G; memory.limit_in_bytes = 1G; }', [
    'MemorySwapMax=0',
    'MemoryMax=1G',
  ]);
  lines('memory { memory.soft_limit_in_bytes = 1M; }', ['MemoryHigh=1M']);
  lines('memory { memory.low = 0; memory.min = 4096; }', ['MemoryLow=0', 'MemoryMin=4096']);
});

test('a quota is a part of a CPU, in the steps of that systemd', () => {
  const quota = (value: number, period: number): string =>
    `cpu { cpu.cfs_quota_us = ${value}; cpu.cfs_period_us = ${period}; }`;
  lines(quota(50_000, 100_000), ['CPUQuota=50%']);
  lines(quota(250_000, 100_000), ['CPUQuota=250%']);
  lines(quota(5000, 20_000), ['CPUQuota=25%', 'CPUQuotaPeriodSec=20000us']);
  lines(quota(12_340, 100_000), ['CPUQuota=12.34%']);
  lines(quota(12_340, 100_000), ['CPUQuota=12.3%'], 247);
  lines(quota(12_340, 100_000), ['CPUQuota=12%'], 240);
  lines('cpu { cpu.cfs_quota_us = -1; }', []);
  const inexact = forSystemd(`group a { ${quota(33_333, 100_000)} }`);
  assert.match(inexact.files[0]?.text ?? '', /CPUQuota=33\.33%/u);
  assert.deepEqual(
    inexact.notes.map(({ level, text }) => [level, text.includes('33333 of 100000 microseconds become 33330')]),
    [['warning', true]],
  );
});

test('weights, tasks, CPUs and nodes', () => {
  lines('cpu { cpu.shares = 512; }', ['CPUWeight=50']);
  lines('cpu { cpu.idle = 1; }', ['CPUWeight=idle']);
  lines('cpu { cpu.idle = 1; }', [], 247);
  lines('pids { pids.max = 0x10; }', ['TasksMax=16']);
  lines('pids { pids.max = max; }', ['TasksMax=infinity']);
  lines('pids { pids.max = 0; }', []);
  lines('cpuset { cpuset.cpus = "0-3, 6"; cpuset.mems = 0; }', ['AllowedCPUs=0-3,6', 'AllowedMemoryNodes=0']);
  lines('cpuset { cpuset.cpus = "0-10:2/4"; }', []);
  lines('cpuset { cpuset.cpus = 0; cpuset.cpu_exclusive = 1; }', ['AllowedCPUs=0', 'CPUSetPartition=root']);
  lines('cpuset { cpuset.cpus = 0; cpuset.cpu_exclusive = 1; }', ['AllowedCPUs=0'], 257);
});

test('limits of disks name the device by its number', () => {
  lines('blkio { blkio.throttle.read_bps_device = "8:0 1048576"; blkio.throttle.write_iops_device = "8:0 0"; }', [
    'IOReadBandwidthMax=/dev/block/8:0 1048576',
  ]);
  lines('blkio { blkio.weight = 1000; blkio.weight_device = "8:16 500"; }', [
    'IOWeight=200',
    'IODeviceWeight=/dev/block/8:16 100',
  ]);
  // BFQ_WEIGHT() of systemd squeezes 1200 to 100 + (1200 - 100) * 900 / 9900 = 200.
  lines('blkio { blkio.bfq.weight = 200; }', ['IOWeight=1200']);
  lines('io { io.latency = "8:0 target=75"; }', ['IODeviceLatencyTargetSec=/dev/block/8:0 75us']);
  lines('blkio { }', ['IOAccounting=yes']);
});

test('only a group that was denied all devices gets a list of them', () => {
  lines('devices { devices.deny = a; devices.allow = "c 1:3 rwm\nc 136:* rw\nb *:* r\nc *:5 r"; }', [
    'DevicePolicy=strict',
    'DeviceAllow=/dev/char/1:3 rwm',
    'DeviceAllow=char-136 rw',
    'DeviceAllow=block-* r',
  ]);
  lines('devices { devices.deny = "a *:* rwm"; }', ['DevicePolicy=strict']);
  lines('devices { devices.allow = "c 1:3 rwm"; }', []);
  lines('devices { devices.allow = "c 1:3 rwm"; devices.deny = a; }', ['DevicePolicy=strict']);
  lines('devices { devices.deny = "c 1:3 rwm"; }', []);
});

test('what a unit has no setting for is named where it stood', () => {
  const { files, notes } = forSystemd('group a {\n\thugetlb {\n\t\thugetlb.2MB.limit_in_bytes = 4M;\n\t}\n}\n');
  assert.match(files[0]?.text ?? '', /^# hugetlb\.2MB\.limit_in_bytes: systemd has no setting for hugetlb\.2MB\.max/mu);
  assert.deepEqual(
    notes.map(({ line, level }) => [line, level]),
    [[3, 'warning']],
  );
});

test('a group is a slice below that of the group around it', () => {
  const { files, commands } = forSystemd('group a/b-c { cpu { } }\ngroup system/x { memory { } }\ngroup . { cpu { } }');
  assert.deepEqual(
    files.map(({ path }) => path),
    [
      '/etc/systemd/system/a-b\\x2dc.slice',
      '/etc/systemd/system/cgroup_system-x.slice',
      '/etc/systemd/system/-.slice.d/50-cgconfig.conf',
    ],
  );
  assert.deepEqual(
    commands.map(({ line }) => line),
    [
      'systemctl daemon-reload',
      "systemd-run --scope --slice='a-b\\x2dc.slice' COMMAND",
      'systemd-run --scope --slice=cgroup_system-x.slice COMMAND',
    ],
  );
});

test('groups that are systemd’s own get a drop-in of their unit', () => {
  const { files } = forSystemd(
    'group system.slice/web.service { cpu { cpu.weight = 5; } }\ngroup machine.slice { memory { memory.max = 1G; } }',
  );
  assert.deepEqual(files, [
    { path: '/etc/systemd/system/web.service.d/50-cgconfig.conf', text: '[Service]\nCPUWeight=5\n' },
    { path: '/etc/systemd/system/machine.slice.d/50-cgconfig.conf', text: '[Slice]\nMemoryMax=1G\n' },
  ]);
});

test('a namespace is the slice above all others', () => {
  const { files } = forSystemd('namespace { cpu = top/level; }\ngroup a { cpu { } }');
  assert.deepEqual(
    files.map(({ path }) => path),
    ['/etc/systemd/system/top-level-a.slice'],
  );
});

test('whom perm names gets a service with Delegate=', () => {
  const perm = (user: string): string => `perm { task { uid = ${user}; } admin { uid = root; } }`;
  const commands = (user: string): readonly string[] =>
    forSystemd(`group a { ${perm(user)} cpu { } }`).commands.map(({ line }) => line);
  assert.ok(
    commands('alice').includes('systemd-run --uid=alice --slice=a.slice --property=Delegate=yes --pty COMMAND'),
  );
  assert.ok(!commands('root').some((line) => line.includes('Delegate')));
});

test('a frozen group is frozen by a command', () => {
  const { commands } = forSystemd('group a { freezer { freezer.state = FROZEN; } }');
  assert.ok(commands.some(({ line }) => line === 'systemctl freeze a.slice'));
});

test('values that systemd would refuse are left out', () => {
  lines('cpu { cpu.weight = "1\nMemoryMax=1"; }', []);
  lines('cpu { cpu.weight = 0; }', []);
  lines('cpu { cpu.cfs_quota_us = nonsense; }', []);
  lines('memory { memory.limit_in_bytes = "1 G"; }', []);
  lines('cpuset { cpuset.cpus = 0; cpuset.cpus.partition = "root\nx"; }', ['AllowedCPUs=0']);
});

test('names cannot reach out of their line', () => {
  const { files, text } = forSystemd('group "a\n[Slice]\nMemoryMax=1 %n" { cpu { } }');
  assert.doesNotMatch(text, /^MemoryMax/mu);
  assert.equal(files.length, 1);
  assert.match(
    files[0]?.text ?? '',
    /^\[Unit\]\nDescription=Control group a \[Slice\] MemoryMax=1 %%n\n\n\[Slice\]\n$/u,
  );
});

const groups =
  'group web { cpu { cpu.shares = 512; } memory { memory.limit_in_bytes = 1G; } }\ntemplate users/%u { pids { pids.max = 9; } }\n';

test('a rule for a user is a drop-in of the slice of that user', () => {
  const { files, otherNotes } = forSystemd(groups, 'alice cpu web/\n', {
    host: {
      controllers: [],
      users: [{ name: 'alice', id: 1000 }],
      groups: [],
      hasMoreUsers: false,
      hasMoreGroups: false,
    },
  });
  assert.deepEqual(files.at(-1), {
    path: '/etc/systemd/system/user-1000.slice.d/50-cgrules.conf',
    text: '[Slice]\n# Line 1 of cgrules.conf: alice cpu web/\nCPUWeight=50\n',
  });
  assert.deepEqual(
    otherNotes.map(({ line, level }) => [line, level]),
    [[1, 'info']],
  );
});

test('a user whose number nobody knows gets a command', () => {
  const { commands } = forSystemd(groups, 'alice * web\n');
  assert.equal(commands.at(-1)?.line, 'systemctl set-property "user-$(id -u alice).slice" CPUWeight=50 MemoryMax=1G');
});

test('rules for all users, with and without a template', () => {
  const paths = (rules: string): readonly string[] =>
    forSystemd(groups, rules)
      .files.slice(1)
      .map(({ path }) => path);
  assert.deepEqual(paths('* pids users/%u\n'), ['/etc/systemd/system/user-.slice.d/50-cgrules.conf']);
  assert.deepEqual(paths('* cpu web\n'), ['/etc/systemd/system/user.slice.d/50-cgrules.conf']);
  assert.deepEqual(paths('root cpu web\n'), ['/etc/systemd/system/user-0.slice.d/50-cgrules.conf']);
  assert.deepEqual(paths('@staff cpu web\nalice:* cpu web\nbob cpu web ignore\neve cpu nowhere\n'), []);
});

test('a line that begins with % goes on for the user above', () => {
  const { files } = forSystemd(
    `${groups}group low { memory { memory.limit_in_bytes = 5M; } }`,
    'root cpu web\n% memory low\n',
  );
  assert.equal(
    files.at(-1)?.text,
    '[Slice]\n# Line 1 of cgrules.conf: root cpu web\nCPUWeight=50\n# Line 2 of cgrules.conf: root memory low\nMemoryMax=5M\n',
  );
});

test('a rule for a program is a service in the slice, or a command', () => {
  const { files, commands } = forSystemd(groups, '*:/usr/sbin/nginx cpu web\nalice:cp cpu web\n');
  assert.deepEqual(
    files.slice(1).map(({ path, text }) => [path, text.split('\n').at(-2)]),
    [['/etc/systemd/system/nginx.service.d/50-cgrules.conf', 'Slice=web.slice']],
  );
  assert.deepEqual(
    commands.slice(-2).map(({ line }) => line),
    ['systemd-run --scope --slice=web.slice /usr/sbin/nginx', 'systemd-run --uid=alice --pty --slice=web.slice cp'],
  );
});

test('a rule for several users of one group says that they no longer share it', () => {
  const { otherNotes } = forSystemd(groups, 'alice cpu web\nbob cpu web\n');
  assert.equal(otherNotes.filter(({ text }) => text.includes('shared its limits')).length, 2);
});

test('all of it as one text says first what is not the same', () => {
  const { text } = forSystemd('group a { memory { memory.swappiness = 1; memory.limit_in_bytes = 1G; } }');
  assert.match(text, /^# What is not the same:\n# cgconfig\.conf:1: cgroup v2 has no swappiness/u);
  assert.match(text, /\n# \/etc\/systemd\/system\/a\.slice\n\[Unit\]\n/u);
  assert.match(text, /\n# Commands\n#\n# After the files are in their place:\n# {3}systemctl daemon-reload\n/u);
});
