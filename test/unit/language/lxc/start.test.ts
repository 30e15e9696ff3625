import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isForThisHost } from '../../../../src/hostFacts/place.ts';
import { defaultContext } from '../../../../src/language/context.ts';
import { judgedLxc } from '../../../../src/language/lxc/judgedType.ts';
import { parseLxc } from '../../../../src/language/lxc/parse.ts';
import { hostOfNames } from '../hostOfNames.ts';
import { findingsOf } from './findings.ts';

const rulesIn = (text: string, isOnHost = false): readonly string[] =>
  findingsOf(text, isOnHost ? { named: hostOfNames } : {}).map(({ line, rule }) => `${line} ${rule}`);

const include = 'lxc.include = /usr/share/lxc/config/common.conf\n';

test('what network devices lack is said, and not where another file may have set it', () => {
  const gateway = 'lxc.net.0.type = veth\nlxc.net.0.link = br0\nlxc.net.0.flags = up\nlxc.net.0.ipv4.gateway = auto\n';
  assert.deepEqual(rulesIn(gateway), ['4 lxc-network-incomplete']);
  assert.deepEqual(rulesIn(`${gateway}lxc.net.0.ipv4.address = 10.0.3.7/24\n`), []);
  assert.deepEqual(rulesIn(gateway + include), []);
  assert.deepEqual(rulesIn('lxc.net.0.type = macvlan\n'), ['1 lxc-network-incomplete']);
  assert.deepEqual(rulesIn('lxc.net.0.type = veth\nlxc.net.0.type =\n'), ['2 lxc-network-incomplete']);
  const mode = 'lxc.net.0.type = macvlan\nlxc.net.0.link = eth0\nlxc.net.0.macvlan.mode =\n';
  assert.deepEqual(rulesIn(mode), ['3 lxc-network-incomplete']);
  assert.deepEqual(rulesIn(`${mode}lxc.net.0.macvlan.mode = bridge\n`), []);
  assert.deepEqual(rulesIn('lxc.net.0.type = veth\nlxc.net.0.hwaddr = 00:16:3e:xx:xx:xx\n'), []);
  assert.deepEqual(rulesIn('lxc.net.0.type = veth\nlxc.net.0.hwaddr = 01:16:3e:00:00:00\n'), ['2 lxc-network-value']);
});

test('a mount of a changed propagation or of no source needs no bind', () => {
  const mount = (rest: string): readonly string[] => rulesIn(`lxc.mount.entry = ${rest}\n`);
  assert.deepEqual(mount('none srv none rshared 0 0'), []);
  assert.deepEqual(mount('/srv srv none rbind 0 0'), []);
  assert.deepEqual(mount('/srv srv none ro,optional 0 0'), []);
  assert.deepEqual(mount('/srv srv none ro 0 0'), ['1 lxc-mount-fails']);
  assert.deepEqual(mount('tmpfs tmp tmpfs size=1m,nosuid,mode=0755 0 0'), []);
});

test('options of mounts that are left out or taken for others are said', () => {
  const mount = (rest: string, lxcVersion: '6.0' | '7.0' = '7.0'): readonly string[] =>
    findingsOf(`lxc.mount.entry = ${rest}\n`, { lxcVersion }).map(({ rule }) => rule);
  assert.deepEqual(mount('/srv srv none rbind,ro 0 0'), ['lxc-mount-option-other']);
  assert.deepEqual(mount('/srv srv none bind,rofoo 0 0'), ['lxc-mount-option-other']);
  assert.deepEqual(mount('/srv srv none bind,nofail 0 0'), ['lxc-mount-option-dropped']);
  assert.deepEqual(mount('/srv srv none bind, create=dir 0 0'), ['lxc-mount-option-dropped']);
  assert.deepEqual(mount('overlay a overlay lowerdir=/l,volatile 0 0'), []);
  assert.deepEqual(mount('overlay a overlay lowerdir=/l,volatile 0 0', '6.0'), ['lxc-mount-option-dropped']);
  assert.deepEqual(mount('/srv srv none bind,nosymfollow 0 0', '6.0'), ['lxc-mount-option-dropped']);
  assert.deepEqual(mount('tmpfs tmp tmpfs size=1m,nosuch=1 0 0'), ['lxc-mount-fails']);
  assert.deepEqual(mount('tmpfs tmp tmpfs devfoo=1 0 0'), []);
  assert.deepEqual(mount('tmpfs tmp tmpfs devfoo=1 0 0', '6.0'), ['lxc-mount-fails']);
});

test('what the kernel does not take is said before the start', () => {
  const refused = [
    'lxc.cgroup2.cgroup.max.depth = x',
    'lxc.cgroup2.memory.max = 1X',
    'lxc.cgroup2.memory.current = 1',
    'lxc.prlimit.nofile = :500',
    'lxc.proc.foo = 10',
    'lxc.sysctl.net.ipv4.ip_forward = yes',
    'lxc.sysctl.net.ipv4.conf.eth0/5.forwarding = 1',
    'lxc.time.offset.boot = -999999999s',
    'lxc.mount.auto = proc:mixed\nlxc.sysctl.kernel.msgmax = 8000',
  ];
  for (const text of refused)
    assert.deepEqual(
      findingsOf(`${text}\n`).map(({ rule }) => rule),
      ['lxc-kernel-refuses'],
      text,
    );
  const taken = [
    'lxc.cgroup2.cpu.max = 50000 100000',
    'lxc.cgroup2.memory.max = 1g',
    'lxc.proc.oom_score_adj = -10',
    'lxc.sysctl.net.ipv4.conf.eth0.forwarding = 1',
    'lxc.time.offset.boot = -1h',
    'lxc.mount.auto = proc:rw\nlxc.sysctl.kernel.msgmax = 8000',
    'lxc.mount.auto = proc:mixed\nlxc.sysctl.net.ipv4.ip_forward = 1',
  ];
  for (const text of taken) assert.deepEqual(findingsOf(`${text}\n`), [], text);
  const legacy = (text: string): readonly string[] => findingsOf(text, { lxcVersion: '6.0' }).map(({ rule }) => rule);
  assert.deepEqual(legacy('lxc.cgroup.memory.limit_in_bytes = x\n'), ['lxc-kernel-refuses']);
  assert.deepEqual(legacy('lxc.cgroup.dirx = 1\n'), ['lxc-kernel-refuses']);
  assert.deepEqual(legacy('lxc.cgroup.devices.allow = c 1:3 rwm\n'), []);
});

test('files of control groups are those of the kernel', () => {
  assert.deepEqual(rulesIn('lxc.cgroup2.memory.max = 1G\nlxc.cgroup2.memory.maxx = 1G\n'), ['2 lxc-kernel-refuses']);
  assert.deepEqual(rulesIn('lxc.cgroup2.memory.limit_in_bytes = 1G\n'), ['1 lxc-kernel-refuses']);
  assert.deepEqual(rulesIn('lxc.cgroup2.misc.max = a 1\nlxc.cgroup2.hugetlb.2MB.max = 1G\n'), []);
});

test('bridges, interfaces and paths are asked of a host that is known, as far as their lines count', () => {
  const text = [
    'lxc.net.0.type = veth',
    'lxc.net.0.link = br7',
    'lxc.net.1.type = macvlan',
    'lxc.net.1.link = eth0',
    'lxc.net.2.type = phys',
    'lxc.net.2.link = eth7',
    'lxc.rootfs.path = dir:/srv/none',
    'lxc.mount.entry = /srv/none a none bind 0 0',
    'lxc.mount.entry = /srv/none b none bind,optional 0 0',
    'lxc.mount.entry = /srv/data c none ro,bind 0 0',
    'lxc.hook.pre-start = /srv/none --all',
    'lxc.hook.pre-start = /srv/$X',
  ].join('\n');
  assert.deepEqual(rulesIn(text), []);
  assert.deepEqual(rulesIn(text, true), [
    '2 lxc-link-not-on-host',
    '7 lxc-path-not-on-host',
    '8 lxc-path-not-on-host',
    '9 lxc-optional-mount-left-out',
    '11 lxc-path-not-on-host',
  ]);
  assert.deepEqual(rulesIn('lxc.net.0.type = veth\nlxc.net.0.link = br7\nlxc.net =\n', true), []);
  assert.deepEqual(judgedLxc.namesOnHost?.(parseLxc(text), defaultContext), {
    interfaces: true,
    paths: [
      '/srv/none',
      '/srv/data',
      '/sys/fs/cgroup/cgroup.controllers',
      '/sys/fs/cgroup/systemd',
      '/sys/fs/cgroup/devices',
      '/sys/fs/cgroup/memory',
    ],
    uppers: [],
    users: [],
    ofContainers: { texts: [] },
  });
});

test('a configuration is for this host where LXC looks for those of containers', () => {
  const isOfThisHost = (path: string): boolean => isForThisHost(path, { trust: 'unknown' });
  for (const path of [
    '/var/lib/lxc/web/config',
    '/home/a/.local/share/lxc/web/config',
    '/root/.local/share/lxc/a/config',
  ])
    assert.equal(isOfThisHost(path), true, path);
  for (const path of ['/srv/web/config', '/var/lib/lxc/web/rootfs/config', '/usr/share/lxc/config/common.conf'])
    assert.equal(isOfThisHost(path), false, path);
});

test('lines that a start leaves out or turns into something else are said', () => {
  assert.deepEqual(rulesIn('lxc.autodev =\nlxc.hook.autodev = /bin/make\n'), [
    '1 lxc-dev-not-made',
    '2 lxc-hook-not-run',
  ]);
  assert.deepEqual(rulesIn('lxc.autodev =\nlxc.autodev = 1\nlxc.hook.autodev = /bin/make\n'), []);
  // A root file system may have devices of its own.
  assert.deepEqual(rulesIn('lxc.autodev = 0\n'), []);
  const device = 'lxc.net.0.type = veth\nlxc.net.0.link = br0\n';
  assert.deepEqual(rulesIn(`${device}lxc.namespace.share.net = 1\n`), ['1 lxc-network-not-made']);
  assert.deepEqual(rulesIn(`${device}lxc.namespace.keep = net ipc user\n`), ['1 lxc-network-not-made']);
  assert.deepEqual(rulesIn(`${device}lxc.namespace.clone = mnt pid uts\n`), ['1 lxc-network-not-made']);
  assert.deepEqual(rulesIn(`${device}lxc.namespace.clone = mnt pid uts net\n`), []);
  assert.deepEqual(rulesIn(`${device}lxc.namespace.keep = ipc user\n`), []);
  assert.deepEqual(rulesIn('lxc.net.0.type = none\nlxc.namespace.share.net = 1\n'), []);
  const denied = 'lxc.cgroup2.devices.deny = c 1:5 rwm\n';
  assert.deepEqual(rulesIn(denied), ['1 lxc-all-devices-denied']);
  assert.deepEqual(rulesIn(`lxc.cgroup2.devices.allow = a\n${denied}`), []);
  assert.deepEqual(rulesIn(include + denied), []);
});

test('devices and optional sources that this host does not have are said, the latter as no warning', () => {
  const onHost = (text: string): readonly string[] =>
    findingsOf(text, {
      named: {
        ...hostOfNames,
        paths: new Map([
          ['/dev/none', 'absent'],
          ['/dev/there', 'other'],
          ['/srv/none', 'absent'],
        ]),
      },
    }).map(({ rule, severity }) => `${severity} ${rule}`);
  assert.deepEqual(onHost('lxc.cgroup2.devices.allow = /dev/none rwm\n'), ['warning lxc-device-rule']);
  assert.deepEqual(onHost('lxc.cgroup2.devices.allow = /dev/there rwm\n'), []);
  assert.deepEqual(onHost('lxc.mount.entry = /srv/none srv none bind,optional 0 0\n'), [
    'info lxc-optional-mount-left-out',
  ]);
});

test('a root file system without devices is said where LXC makes none', () => {
  const root = 'lxc.rootfs.path = dir:/srv/root\n';
  const named = {
    ...hostOfNames,
    paths: new Map([['/srv/root', 'directory' as const]]),
    inside: new Map([
      ['/usr', 'directory' as const],
      ['/dev/null', 'absent' as const],
    ]),
  };
  const inRoot = (text: string): readonly string[] => findingsOf(root + text, { named }).map(({ rule }) => rule);
  assert.deepEqual(inRoot('lxc.autodev = 0\n'), ['lxc-dev-not-made']);
  assert.deepEqual(inRoot('lxc.autodev = 1\n'), []);
  assert.deepEqual(inRoot('lxc.autodev = 0\nlxc.mount.entry = /dev dev none bind 0 0\n'), []);
});
