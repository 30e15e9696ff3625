import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { LxcRelease } from '../../../../src/schema/lxcTypes.ts';
import { applyChanges } from '../../../../src/language/applyChanges.ts';
import { languageOfPath, languageOfText } from '../../../../src/language/languageOfPath.ts';
import { readNumber, readSigned, readUnsigned } from '../../../../src/language/lxc/numbers.ts';
import { findingsOf } from './findings.ts';

const rulesIn = (text: string, lxcVersion: LxcRelease = '7.0'): readonly string[] =>
  findingsOf(text, { lxcVersion }).map(({ rule, line }) => `${line} ${rule}`);

const fixed = (text: string, lxcVersion: LxcRelease = '7.0'): string => {
  const [fix] = findingsOf(text, { lxcVersion }).flatMap(({ fixes = [] }) => fixes);
  return fix === undefined ? text : applyChanges(text, fix.changes);
};

test('options of the root file system, numbers of devices and negative numbers are judged as liblxc was seen to do', () => {
  const refused = (text: string): readonly number[] =>
    findingsOf(text)
      .filter(({ effect }) => effect === 'file-refused')
      .map(({ line }) => line);
  for (const options of ['"relative', 'xrelative', 'ro,-optional', 'xcreate=file', 'xidmap=', 'xidmap=,ro'])
    assert.deepEqual(refused(`lxc.rootfs.options = ${options}\n`), [1], options);
  for (const options of ['relatime', 'create=x', 'xidmap=container', 'idmap=container,idmap='])
    assert.deepEqual(refused(`lxc.rootfs.options = ${options}\n`), [], options);
  // A line with a key that is not known makes its device all the same.
  assert.deepEqual(refused('lxc.net.7.x = 1\nlxc.net.7.link =\n'), [1]);
  assert.deepEqual(refused('lxc.net.7a.x = 1\nlxc.net.7.link =\n'), [1]);
  assert.deepEqual(refused('lxc.net.7.link =\n'), [1]);
  assert.deepEqual(refused('lxc.net.0.type = phys\nlxc.init.gid = -\n'), []);
  assert.deepEqual(refused('lxc.net.0.type = veth\nlxc.init.gid = -\n'), [2]);
  assert.deepEqual(refused('lxc.net.0.type = veth\nlxc.tty.max = 1\nlxc.init.gid = -\n'), []);
});

test('the name of a file tells, and else its first line', () => {
  for (const path of [
    '/var/lib/lxc/web/config',
    '/home/a/.local/share/lxc/web/config',
    '/etc/lxc/default.conf',
    '/home/a/.config/lxc/default.conf',
    '/usr/share/lxc/config/common.conf',
    '/usr/share/lxc/config/common.conf.d/00.conf',
  ])
    assert.equal(languageOfPath(path), 'lxc', path);
  for (const path of ['/etc/lxc/lxc.conf', '/etc/lxc/lxc-usernet']) assert.notEqual(languageOfPath(path), 'lxc', path);
  for (const path of ['/etc/pve/lxc/100.conf', '/srv/config', 'lxc/config'])
    assert.equal(languageOfPath(path), undefined, path);
  assert.equal(languageOfText('# a\n\n  lxc.uts.name = a\n'), 'lxc');
  assert.equal(languageOfText('[Exec]\nlxc.uts.name = a\n'), undefined);
});

describe('fixes', () => {
  test('rename keys of LXC 1 and 2, and count network devices', () => {
    assert.equal(fixed('lxc.utsname = a\n'), 'lxc.uts.name = a\n');
    assert.equal(fixed('lxc.limit.nofile = 5\n'), 'lxc.prlimit.nofile = 5\n');
    const fixes = findingsOf(
      'lxc.network.type = veth\nlxc.network.link = a\nlxc.network.type = phys\nlxc.network.ipv4 = x\n',
    );
    assert.deepEqual(
      fixes.map((finding) => finding.fixes?.[0]?.changes[0]?.text),
      ['lxc.net.0.type', 'lxc.net.0.link', 'lxc.net.1.type', 'lxc.net.1.ipv4.address'],
    );
  });

  test('count on where one network device is renamed after the other', () => {
    const types = (text: string): readonly (string | undefined)[] =>
      findingsOf(text).map(({ fixes }) => fixes?.[0]?.changes[0]?.text);
    assert.deepEqual(types('lxc.net.0.type = veth\nlxc.network.type = phys\nlxc.network.link = a\n'), [
      'lxc.net.1.type',
      'lxc.net.1.link',
    ]);
    assert.deepEqual(types('lxc.net.3.type = veth\nlxc.network.type = phys\nlxc.network.type = veth\n'), [
      'lxc.net.4.type',
      'lxc.net.5.type',
    ]);
    assert.deepEqual(types('lxc.net.0.type = veth\nlxc.network.link = a\n'), ['lxc.net.0.link']);
  });

  test('of a root file system with a backend are not made alone, and say where the backend stands now', () => {
    const [path, backend] = findingsOf('lxc.rootfs = /a.img\nlxc.rootfs.backend = loop\n');
    assert.deepEqual(
      path?.fixes?.map(({ title, preferred }) => [title, preferred]),
      [['Write lxc.rootfs.path', undefined]],
    );
    assert.match(backend?.message ?? '', /lxc\.rootfs\.path = loop:/u);
    assert.deepEqual(backend?.fixes ?? [], []);
    assert.equal(findingsOf('lxc.rootfs = /a\n')[0]?.fixes?.[0]?.preferred, true);
  });

  test('turn a key of cgroup v1 into that of v2, with its value, for LXC 7.0 alone', () => {
    assert.equal(fixed('lxc.cgroup.memory.limit_in_bytes = 1G\n'), 'lxc.cgroup2.memory.max = 1G\n');
    assert.equal(fixed('lxc.cgroup.cpu.shares = 2048\n'), 'lxc.cgroup2.cpu.weight = 200\n');
    assert.equal(fixed('lxc.cgroup.devices.deny = a\n'), 'lxc.cgroup2.devices.deny = a\n');
    assert.deepEqual(rulesIn('lxc.cgroup.cpu.shares = 2048\n', '6.0'), []);
  });

  test('are offered for a key, a word and a line that was meant otherwise', () => {
    assert.equal(fixed('lxc.tty.maxx = 4\n'), 'lxc.tty.max = 4\n');
    assert.equal(fixed('lxc.net.3.flag = up\n'), 'lxc.net.3.flags = up\n');
    assert.equal(fixed('lxc.cap.drop = kill sys_tyme\n'), 'lxc.cap.drop = kill sys_time\n');
    assert.equal(fixed('lcx.tty.max = 4\n'), 'lxc.tty.max = 4\n');
    assert.equal(fixed('LXC.tty.max = 4\n'), 'lxc.tty.max = 4\n');
  });
});

describe('what other lines decide', () => {
  test('a type wipes what stands before it, and a cleared device nothing', () => {
    assert.deepEqual(rulesIn('lxc.net.0.link = a\nlxc.net.0.flags = up\nlxc.net.0.type = veth\n'), [
      '1 lxc-network-settings-wiped',
      '2 lxc-network-settings-wiped',
    ]);
    assert.deepEqual(rulesIn('lxc.net.0.link = a\nlxc.net =\nlxc.net.0.type = veth\n'), []);
  });

  test('another file in between may have set what is missing here', () => {
    const include = 'lxc.include = /usr/share/lxc/config/common.conf\n';
    assert.deepEqual(rulesIn(`${include}lxc.net.0.veth.pair = a\n`), []);
    assert.deepEqual(rulesIn(`lxc.cap.drop = kill\n${include}lxc.cap.keep = kill\n`), []);
    assert.deepEqual(rulesIn(`${include}lxc.net.0.link = a\n`), []);
    assert.deepEqual(rulesIn(`${include}lxc.idmap = u 0 1 2\n`), []);
    assert.deepEqual(rulesIn(`${include}lxc.net.0.type =\n`), []);
  });

  test('id maps cover root once', () => {
    const both = 'lxc.idmap = u 0 100000 65536\nlxc.idmap = g 0 100000 65536\n';
    assert.deepEqual(rulesIn(both), []);
    assert.deepEqual(rulesIn(`${both}lxc.idmap = u 1000 1000 1\n`), ['3 lxc-idmap-impossible']);
    assert.deepEqual(rulesIn(`${both}lxc.idmap = g 65536 100000 1\n`), ['3 lxc-idmap-impossible']);
  });
});

describe('what only the real liblxc told', () => {
  test('the number of a network device counts, and not how it is written', () => {
    assert.deepEqual(rulesIn('lxc.net.0.link = a\nlxc.net.00.link =\nlxc.net.0.type = veth\n'), []);
  });

  test('a type that is refused wipes what stands before it', () => {
    const refused = 'lxc.net.0.type = veth\nlxc.net.0.type = a\n';
    assert.deepEqual(rulesIn(`${refused}lxc.net.0.veth.pair = a\n`), [
      '2 lxc-unknown-word',
      '3 lxc-network-type-first',
    ]);
  });

  test('a key that is none makes a network device', () => {
    assert.deepEqual(rulesIn('lxc.net.0a = b\nlxc.net.0.link =\n'), ['1 lxc-unknown-key']);
    assert.deepEqual(rulesIn('lxc.net.0.a = b\nlxc.net.0.link =\n'), ['1 lxc-unknown-key']);
    assert.deepEqual(rulesIn('lxc.net.0.a =\nlxc.net.0.link =\n').length, 2);
  });

  test('numbers, sizes, paths and the first idmap= of several', () => {
    assert.deepEqual(rulesIn('lxc.hook.version = 18446744073709551616\n'), ['1 lxc-invalid-number']);
    assert.deepEqual(rulesIn('lxc.console.size = 44674403709551615\n'), []);
    assert.deepEqual(rulesIn('lxc.console.size = 9223372036854775807KB\n'), ['1 lxc-invalid-value']);
    assert.deepEqual(rulesIn(`lxc.rootfs.path = /${'a'.repeat(4095)}\n`), ['1 lxc-value-too-long']);
    assert.deepEqual(rulesIn('lxc.rootfs.options = idmap=container,idmap=\n'), []);
    assert.deepEqual(rulesIn('lxc.rootfs.options = idmap=,idmap=container\n'), ['1 lxc-invalid-value']);
    assert.deepEqual(rulesIn('lxc.cgroup.dir.container.inner = ..b\n'), []);
    for (const name of ['.', '..', 'a/b'])
      assert.deepEqual(rulesIn(`lxc.cgroup.dir.container.inner = ${name}\n`), ['1 lxc-invalid-value'], name);
  });

  test('the number of a network device is a number that was read', () => {
    assert.deepEqual(rulesIn('lxc.net.0.flags = up\nlxc.init.uid = -1\n'), ['2 lxc-value-without-effect']);
    assert.deepEqual(rulesIn('lxc.init.uid = -1\n'), ['1 lxc-invalid-number']);
  });
});

describe('an absolute target', () => {
  const ruleFor = (path: string, target: string): readonly string[] =>
    rulesIn(`lxc.rootfs.path = ${path}\nlxc.mount.entry = /srv ${target} none bind 0 0\n`);

  test('that lies outside of a directory is told of', () => {
    for (const path of ['/a/root', 'dir:/a/root', 'dir:/a/root//'])
      assert.deepEqual(ruleFor(path, '/srv'), ['2 lxc-mount-target-outside'], path);
  });

  test('counts where the path of the root stands anywhere in it, or the place where LXC mounts images', () => {
    assert.deepEqual(ruleFor('dir:/a/root', '/a/root/srv'), []);
    assert.deepEqual(ruleFor('dir:/a/root///', '/x/a/root/srv'), []);
    assert.deepEqual(ruleFor('/dev/vg/web', '/var/lib/lxc/web/rootfs/srv'), []);
    assert.deepEqual(ruleFor('/dev/vg/web', '/var/lib/lxc/web/rootfs'), []);
    assert.deepEqual(ruleFor('/', '/srv'), []);
  });

  test('of other storage than a directory is not judged', () => {
    assert.deepEqual(ruleFor('loop:/a/root.img', '/srv'), []);
    assert.deepEqual(ruleFor('overlay:/a/root:/b', '/srv'), []);
    assert.deepEqual(rulesIn('lxc.rootfs.path = zfs:a\nlxc.rootfs.path = /b\nlxc.mount.entry = a /c none bind\n'), []);
  });
});

test('what LXC takes without a word is said', () => {
  assert.deepEqual(rulesIn('[lxc]\n; note\n\uFEFFlxc.a = 1\n'), [
    '1 lxc-not-looked-at',
    '2 lxc-not-looked-at',
    '3 lxc-not-looked-at',
  ]);
  assert.deepEqual(rulesIn('\uFEFFlxc.tty.max = 1\n'), ['1 lxc-not-looked-at']);
  assert.deepEqual(rulesIn('lxc.tty.max = 1\n\uFEFF# a\n'), ['2 lxc-not-looked-at']);
  assert.deepEqual(rulesIn('lxc.tty.max = 1\0lxc.x\n'), ['1 lxc-text-after-nul']);
  assert.deepEqual(rulesIn(`lxc.uts.name = ${'a'.repeat(65)}\n`), ['1 lxc-value-too-long']);
  assert.deepEqual(rulesIn('lxc.console.size = 5\nlxc.console.size = 0x1B\nlxc.console.size = 5K\n'), [
    '3 lxc-size-letter',
  ]);
});

test('a byte order mark does no harm in front of a comment or of nothing', () => {
  for (const first of ['\uFEFF# a', '\uFEFF', '\uFEFF  # a', '\uFEFF \t'])
    assert.deepEqual(rulesIn(`${first}\nlxc.tty.max = 1\n`), [], JSON.stringify(first));
});

test('a number of any length is read or refused at once', () => {
  assert.equal(readNumber('1'.repeat(200)) !== undefined, true);
  for (const read of [readNumber, readSigned, (text: string) => readUnsigned(text, 2 ** 32)])
    assert.equal(read('1'.repeat(201)), undefined);
});

test('a configuration as lxc-create writes it has no findings', () => {
  const text = [
    '# Template used to create this container: /usr/share/lxc/templates/lxc-download',
    '# Parameters passed to the template:',
    '# For additional config options, please look at lxc.container.conf(5)',
    '',
    'lxc.include = /usr/share/lxc/config/common.conf',
    'lxc.include = /usr/share/lxc/config/userns.conf',
    'lxc.arch = linux64',
    'lxc.apparmor.profile = generated',
    'lxc.apparmor.allow_nesting = 1',
    'lxc.idmap = u 0 100000 65536',
    'lxc.idmap = g 0 100000 65536',
    'lxc.rootfs.path = dir:/var/lib/lxc/web/rootfs',
    'lxc.uts.name = web',
    'lxc.net.0.type = veth',
    'lxc.net.0.link = lxcbr0',
    'lxc.net.0.flags = up',
    'lxc.net.0.hwaddr = 00:16:3e:xx:xx:xx',
  ].join('\n');
  for (const version of ['5.0', '6.0', '7.0'] as const) assert.deepEqual(rulesIn(text, version), []);
});
