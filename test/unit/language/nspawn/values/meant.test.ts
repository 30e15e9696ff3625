import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findingOf } from '../findings.ts';
import { fixed, told } from './askValue.ts';
import { problemsOf } from './judged.ts';

test('system calls are allowed by default from the version on that allows them', () => {
  const denied = (value: string, version: number): readonly string[] =>
    told('SystemCallFilter', value, version).map((one) => one.split(' ')[0] ?? '');
  assert.deepEqual(denied('~@keyring', 257), ['denied-anyway']);
  assert.deepEqual(denied('~@keyring', 258), []);
  assert.deepEqual(denied('~bpf', 256), ['denied-anyway']);
  assert.deepEqual(denied('~bpf', 257), []);
  assert.deepEqual(denied('~seccomp', 252), []);
  assert.deepEqual(denied('~seccomp', 262), []);
});

test('a denied group names only what a machine may use, and one call as one', () => {
  const [privileged] = problemsOf('SystemCallFilter', '~@privileged', 252);
  assert.doesNotMatch(privileged?.message ?? '', /`acct`/u);
  const [reboot] = problemsOf('SystemCallFilter', '~@reboot', 252);
  assert.match(reboot?.message ?? '', /^`reboot` stays allowed although `@reboot` is denied/u);
});

test('an allow list limits nothing, and a second ~ does not what it is meant for', () => {
  assert.deepEqual(told('SystemCallFilter', '@system-service'), ['allow-list-limits-nothing none <@system-service>']);
  assert.deepEqual(told('SystemCallFilter', '@keyring bpf @memlock', 257), []);
  assert.deepEqual(
    told('SystemCallFilter', '~@obsolete ~@clock @keyring bpf').filter((one) => one.startsWith('tilde')),
    ['tilde-denies-all none <@keyring>', 'tilde-denies-all none <bpf>'],
  );
  assert.deepEqual(told('SystemCallFilter', '~@clock @mount'), []);
});

test('below /proc a source is looked up in the machine', () => {
  const rules = (key: string, value: string): readonly string[] =>
    problemsOf(key, value)
      .filter(({ rule }) => rule === 'mount-below-proc')
      .map(({ severity, effect }) => `${severity} ${effect}`);
  const [refused, warned] = ['error start-refused', 'warning start-refused'];
  assert.deepEqual(rules('BindReadOnly', '/var/lib/lxcfs/proc/uptime:/proc/uptime'), [warned]);
  assert.deepEqual(rules('Bind', '+/etc/passwd://./proc/uptime'), [refused]);
  assert.deepEqual(rules('Bind', ':/proc/fs'), [refused]);
  assert.deepEqual(rules('Bind', '/dev/null:/proc/uptime'), []);
  assert.deepEqual(rules('BindReadOnly', '/proc/uptime'), []);
  assert.deepEqual(rules('Bind', '/a:/process'), []);
  assert.deepEqual(rules('Inaccessible', '/proc/kcore'), [refused]);
  assert.deepEqual(rules('Inaccessible', '/proc2'), []);
  assert.deepEqual(rules('Overlay', '/usr/bin:/usr/lib:/proc/fs'), [refused]);
  assert.deepEqual(rules('OverlayReadOnly', '/usr/bin:/usr/lib:/proc/fs'), [warned, warned]);
  assert.deepEqual(rules('TemporaryFileSystem', '/proc/fs'), []);
});

test('a name with a comma is no interface of the host, in every version', () => {
  for (const version of [252, 257, 262])
    assert.deepEqual(told('Interface', 'eth0,eth1', version), ['comma-in-interface-name start-refused <eth0,eth1>']);
  assert.deepEqual(told('Interface', 'eth0:a,b'), ['comma-in-interface-name none <a,b>']);
});

test('a port has no address, and a colon and no equals sign between two numbers', () => {
  for (const address of ['127.0.0.1', '[::]', '0.0.0.0']) {
    assert.deepEqual(told('Port', `${address}:8080:80`), [`invalid-port ignored <${address}>`]);
    assert.deepEqual(fixed('Port', `udp:${address}:8080:80`), ['Remove the address: udp:8080:80']);
  }
  assert.deepEqual(fixed('Port', '8080=80'), ['Write 8080:80: 8080:80']);
});

test('what is known from elsewhere is told what it does here', () => {
  assert.deepEqual(told('Overlay', '/etc:/var/lib/app/x:/etc'), ['overlay-shows-host none </etc>']);
  assert.deepEqual(fixed('OverlayReadOnly', '/srv/overlay:/root'), ['Take it from the image: /srv/overlay:+/root']);
  assert.deepEqual(told('Overlay', '+/etc:/srv/x:/etc'), []);
  assert.deepEqual(told('Overlay', '/srv/a:/srv/b'), []);
  assert.deepEqual(told('Environment', 'SYSTEMD_NSPAWN_USE_CGNS=0 A=b'), [
    'environment-for-nspawn none <SYSTEMD_NSPAWN_USE_CGNS>',
  ]);
  assert.deepEqual(told('Bind', '/dev/fb0'), ['device-needs-allow none </dev/fb0>']);
  assert.match(problemsOf('Bind', '/dev/dri/card0')[0]?.message ?? '', /DeviceAllow=char-drm rwm/u);
  assert.deepEqual(told('Bind', '/dev/fuse', 252), ['device-needs-allow none </dev/fuse>']);
  for (const path of ['/dev/fuse', '/dev/net/tun', '/dev/loop0', '/dev/shm', '/device'])
    assert.deepEqual(told('Bind', path), [], path);
  assert.deepEqual(fixed('Parameters', '"ls -l /"'), ['Remove the quotes: ls -l /']);
  assert.deepEqual(told('Parameters', '"ls" "-l /"'), []);
  assert.deepEqual(fixed('Bind', '/srv/data=/data'), ['Write a colon: /srv/data:/data']);
  assert.match(findingOf('unknown-key', '[Network]\nHost=yes\n').message, /Private=no gives the machine the network/u);
});
