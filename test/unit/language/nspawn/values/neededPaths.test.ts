import assert from 'node:assert/strict';
import { test } from 'node:test';
import { told } from './askValue.ts';

const hides = (key: string, value: string, systemdVersion = 257): boolean =>
  told(key, value, systemdVersion).some((one) => one.startsWith('hides-needed-path start-refused'));

const needed = [
  ...['/dev', '/dev/pts', '/dev/ptmx', '/dev/pts/ptmx', '/dev/console'],
  ...['/sys', '/sys/fs', '/sys/fs/cgroup', '/run', '/run/host'],
];

void test('what systemd-nspawn needs while it starts a machine cannot be made inaccessible', () => {
  for (const path of [...needed, '/', '//', '/./', '/dev/', '//dev', '/./dev', '/dev/.', '/run//host/'])
    assert.equal(hides('Inaccessible', path), true, path);
  for (const path of [
    '/dev/shm',
    '/sys/kernel',
    '/run/host/os-release',
    '/tmp',
    '/device',
    '/a/dev',
    '/dev/..',
    '/dev/../mnt',
  ])
    assert.equal(hides('Inaccessible', path), false, path);
  assert.deepEqual(told('Inaccessible', '/dev'), ['hides-needed-path start-refused </dev>']);
});

void test('an empty directory hides what it needs, but not everywhere', () => {
  for (const path of ['/dev', '/dev/pts', '/dev/ptmx', '/dev/console', '/sys/fs/cgroup', '/run']) {
    assert.equal(hides('TemporaryFileSystem', path), true, path);
    assert.equal(hides('TemporaryFileSystem', `${path}:mode=0755`), true, path);
    assert.equal(hides('Bind', `:${path}`), true, path);
  }
  for (const path of ['/', '/sys', '/sys/fs', '/dev/shm', '/run/lock', '/tmp'])
    assert.equal(hides('TemporaryFileSystem', path), false, path);
  assert.equal(hides('TemporaryFileSystem', '/run/host', 252), false);
  assert.equal(hides('TemporaryFileSystem', '/run/host', 257), true);
});

void test('so does what is mounted over it, where it is not what the host has there', () => {
  for (const path of needed) {
    for (const key of ['Bind', 'BindReadOnly']) assert.equal(hides(key, `/mnt:${path}`), true, path);
    for (const key of ['Overlay', 'OverlayReadOnly']) assert.equal(hides(key, `/mnt:/srv:${path}`), true, path);
  }
  assert.equal(hides('OverlayReadOnly', '/mnt:/dev'), true);
  for (const value of ['/dev', '/dev:/dev', '/run', '/dev/ptmx', '/dev/console'])
    assert.equal(hides('Bind', value), true, value);
  for (const value of ['/dev/pts', '/sys', '/sys/fs/cgroup', '/sys:/sys', '/dev/fuse', '/mnt:/run/mnt', '/mnt:/'])
    assert.equal(hides('Bind', value), false, value);
});
