import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findingOf, findingsIn } from './findings.ts';

/** The findings of these rules, each as `line rule severity`. */
const told = (text: string, rules: RegExp, systemdVersion = 257): readonly string[] =>
  findingsIn(text, { systemdVersion })
    .filter(({ rule }) => rules.test(rule))
    .map(({ line, rule, severity }) => `${line} ${rule} ${severity}`);

test('DropCapability= wins over Capability= in any order, and is silent where all but some are kept', () => {
  const rule = /^capability-dropped$/u;
  const drop = '[Exec]\nDropCapability=all\nCapability=CAP_NET_BIND_SERVICE CAP_CHOWN\n';
  assert.deepEqual(told(drop, rule), ['3 capability-dropped warning']);
  assert.match(findingOf('capability-dropped', drop).message, /CAP_NET_BIND_SERVICE, CAP_CHOWN/u);
  assert.deepEqual(told('[Exec]\nCapability=cap_chown\nDropCapability=0\n', rule), ['2 capability-dropped warning']);
  assert.deepEqual(told('[Exec]\nCapability=all\nDropCapability=CAP_SYS_MODULE\n', rule), []);
  assert.deepEqual(told('[Exec]\nCapability=CAP_SYS_TIME\nDropCapability=CAP_MKNOD\n', rule), []);
});

test('ALL is no sure repair of DropCapability=, after which a machine has no capability', () => {
  const isSure = (name: string): boolean | undefined =>
    findingOf('unknown-capability', `[Exec]\n${name}=ALL\n`).fixes?.[0]?.preferred;
  assert.equal(isSure('DropCapability'), undefined);
  assert.equal(isSure('Capability'), true);
});

test('What the kernel asks for outside of the namespace is vain in a machine with users of its own', () => {
  const rule = /^capability-not-in-userns$/u;
  const line = 'Capability=CAP_MKNOD CAP_CHOWN\n';
  assert.deepEqual(told(`[Exec]\nPrivateUsers=pick\n${line}`, rule), ['3 capability-not-in-userns warning']);
  assert.deepEqual(told(`[Exec]\n${line}`, rule), ['2 capability-not-in-userns info']);
  assert.deepEqual(told(`[Exec]\nPrivateUsers=no\n${line}`, rule), []);
  assert.deepEqual(told('[Exec]\nPrivateUsers=pick\nCapability=CAP_CHOWN all\n', rule), []);
});

test('The owner of a tmpfs is root of the machine where its users have other numbers', () => {
  const rule = /^tmpfs-owner/u;
  const tmpfs = '[Files]\nTemporaryFileSystem=/mnt/x:mode=0770,uid=1000\n';
  assert.deepEqual(told(`[Exec]\nPrivateUsers=pick\n${tmpfs}`, rule), ['4 tmpfs-owner-overwritten warning']);
  assert.deepEqual(told(tmpfs, rule), ['2 tmpfs-owner-overwritten info']);
  for (const users of ['no', 'identity', 'yes', '0:65536'])
    assert.deepEqual(told(`[Exec]\nPrivateUsers=${users}\n${tmpfs}`, rule), [], users);
  assert.deepEqual(told(tmpfs.replace(',uid=1000', ''), rule), []);
  // The kernel refuses these options before anything of them could be overwritten.
  for (const refused of ['uid=alice', 'uid=alice,gid=1000', 'uid=1000,size=x'])
    assert.deepEqual(told(`[Exec]\nPrivateUsers=pick\n${tmpfs.replace('uid=1000', refused)}`, rule), [], refused);
  const both = tmpfs.replace('uid=1000', 'uid=1000,gid=1001');
  for (const users of ['[Exec]\nPrivateUsers=pick\n', ''])
    assert.match(findingOf('tmpfs-owner-overwritten', `${users}${both}`).message, /uid=1000,gid=1001/u);
});

test('Private=no and VirtualEthernet=no have no effect beside what makes a network or a link', () => {
  const rule = /^network-no/u;
  const overruled = (lines: string): readonly string[] => told(`[Network]\n${lines}`, rule).map((one) => one[0] ?? '');
  assert.deepEqual(overruled('Private=no\nVirtualEthernet=no\nBridge=br0\n'), ['2', '3']);
  assert.deepEqual(overruled('Private=no\nVirtualEthernet=no\nZone=a\n'), ['2', '3']);
  assert.deepEqual(overruled('Private=no\nVirtualEthernet=yes\n'), ['2']);
  assert.deepEqual(overruled('Private=no\nVirtualEthernet=no\nInterface=eth0\n'), ['2']);
  assert.deepEqual(overruled('Private=no\nVirtualEthernet=no\n'), []);
  assert.deepEqual(overruled('Private=no\nNamespacePath=/run/netns/x\n'), []);
});

test('A link of VirtualEthernetExtra= is not said to be missing', () => {
  const { message } = findingOf('network-group-replace', '[Network]\nVirtualEthernetExtra=ve-extra:host1\n');
  assert.match(message, /VirtualEthernetExtra=, but not the usual one, which is called host0/u);
});

test('Up to 248 a file without a network setting takes CAP_NET_ADMIN away, be it empty', () => {
  const rule = /^private-no-drops-net-admin$/u;
  assert.deepEqual(told('', rule, 248), ['1 private-no-drops-net-admin info']);
  assert.deepEqual(told('[Exec]\nBoot=yes\n', rule, 247), ['1 private-no-drops-net-admin info']);
  assert.deepEqual(told('[Exec]\nCapability=CAP_NET_ADMIN\n', rule, 248), []);
  assert.deepEqual(told('[Network]\nVirtualEthernet=yes\n', rule, 248), []);
  assert.deepEqual(told('', rule, 252), []);
});

test('Files of the host are owned by nobody unless an option maps them, and devices and sockets do not matter', () => {
  const rule = /^bind-owned/u;
  const users = '[Exec]\nPrivateUsers=524288\n[Files]\n';
  assert.deepEqual(told(`${users}Bind=/mnt/data:/mnt/data\n`, rule), ['4 bind-owned-by-nobody info']);
  assert.deepEqual(told('[Files]\nBind=/mnt/data\n', rule), ['2 bind-owned-by-nobody hint']);
  const quiet = ['/a:/b:rootidmap', '/a:/b:noidmap', '/dev/fuse', '/run/x.sock', '+/a:/b', ':/b', '/a:/'];
  for (const bind of quiet) assert.deepEqual(told(`${users}Bind=${bind}\n`, rule), [], bind);
  assert.deepEqual(told('[Exec]\nPrivateUsers=no\n[Files]\nBind=/mnt/data\n', rule), []);
  const many = findingOf('bind-owned-by-nobody', `${users}Bind=/a\nBind=/b\n`);
  assert.equal(many.related?.length, 1);
});

test('So is the upper directory of an overlay, unless it lies in the image', () => {
  const rule = /^bind-owned/u;
  const users = '[Exec]\nPrivateUsers=pick\n[Files]\n';
  for (const overlay of ['/a:/b', '/a:/b:/c', '/a::/c', '+/a:/b:/c'])
    assert.deepEqual(told(`${users}Overlay=${overlay}\n`, rule, 257), ['4 bind-owned-by-nobody info'], overlay);
  assert.deepEqual(told('[Files]\nOverlay=/a:/b\n', rule, 257), ['2 bind-owned-by-nobody hint']);
  for (const line of ['Overlay=/a:+/b', 'Overlay=/a:+/b:/c', 'OverlayReadOnly=/a:/b:/c'])
    assert.deepEqual(told(`${users}${line}\n`, rule, 257), [], line);
  assert.deepEqual(told('[Exec]\nPrivateUsers=identity\n[Files]\nOverlay=/a:/b\n', rule, 257), []);
});

test('Managed users and BindUser= do not go together yet', () => {
  const text = '[Exec]\nPrivateUsers=managed\n[Files]\nBindUser=alice\n[Network]\nVirtualEthernet=yes\n';
  assert.deepEqual(told(text, /^managed-bind-user$/u, 262), ['4 managed-bind-user info']);
  assert.deepEqual(told(text.replace('managed', 'pick'), /^managed-bind-user$/u, 262), []);
});
