import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isForThisHost, type PlaceHost, placeOf, userDirectoriesOf } from '../../../src/hostFacts/place.ts';
import { imageDirectories } from '../../../src/schema/imageDirectories.ts';

const hostWith = (...paths: readonly string[]): PlaceHost => ({
  exists: (path) => paths.includes(path),
  userDirectories: ['/home/me/.config/systemd/nspawn', '/run/user/1000/systemd/nspawn'],
  imageDirectories: [...imageDirectories, '/srv/own'],
});

test('in the directories of the administrator all settings count, and /etc comes before /run', () => {
  const [etc, run] = ['/etc/systemd/nspawn/web.nspawn', '/run/systemd/nspawn/web.nspawn'];
  assert.deepEqual(placeOf(etc, 257, hostWith(etc, run)), { trust: 'trusted' });
  assert.deepEqual(placeOf(run, 257, hostWith(run)), { trust: 'trusted' });
  assert.deepEqual(placeOf(run, 257, hostWith(etc, run)), { trust: 'trusted', shadowedBy: etc });
  assert.deepEqual(placeOf('/run/../etc/systemd//nspawn/web.nspawn', 257, hostWith()), { trust: 'trusted' });
});

test('beside an image, a directory or a disk, the file is not trusted, and /etc and /run come first', () => {
  const file = '/srv/images/web.nspawn';
  const trustedPath = '/etc/systemd/nspawn/web.nspawn';
  for (const image of ['/srv/images/web', '/srv/images/web.raw'])
    assert.deepEqual(placeOf(file, 257, hostWith(image)), { trust: 'untrusted', trustedPath });
  const run = '/run/systemd/nspawn/web.nspawn';
  assert.deepEqual(placeOf(file, 257, hostWith('/srv/images/web', run)), {
    trust: 'untrusted',
    shadowedBy: run,
    trustedPath,
  });
});

test('where systemd or the user looks for images a file belongs to one, even if that is not there yet', () => {
  for (const directory of ['/var/lib/machines', '/var/lib/container', '/run/machines', '/usr/lib/machines', '/srv/own'])
    assert.equal(placeOf(`${directory}/web.nspawn`, 257, hostWith()).trust, 'untrusted', directory);
});

test('elsewhere nobody can tell, and a file of another name is nobody’s', () => {
  assert.deepEqual(placeOf('/srv/repository/web.nspawn', 257, hostWith('/etc/systemd/nspawn/web.nspawn')), {
    trust: 'unknown',
  });
  assert.deepEqual(placeOf('/etc/systemd/nspawn/web.conf', 257, hostWith()), { trust: 'unknown' });
  // Drop-in directories are not read.
  assert.deepEqual(placeOf('/etc/systemd/nspawn/web.nspawn.d/a.nspawn', 257, hostWith()), { trust: 'unknown' });
});

test('the directories of a user count from 259 on', () => {
  const [config, runtime] = ['/home/me/.config/systemd/nspawn/web.nspawn', '/run/user/1000/systemd/nspawn/web.nspawn'];
  assert.deepEqual(placeOf(config, 258, hostWith(config)), { trust: 'unknown' });
  assert.deepEqual(placeOf(config, 259, hostWith(config)), { trust: 'trusted' });
  assert.deepEqual(placeOf(runtime, 262, hostWith(config, runtime)), { trust: 'trusted', shadowedBy: config });
  // Root's files are read by root's systemd-nspawn only.
  assert.deepEqual(placeOf(config, 262, hostWith(config, '/etc/systemd/nspawn/web.nspawn')), { trust: 'trusted' });
});

test('the directories of a user follow the XDG variables', () => {
  assert.deepEqual(userDirectoriesOf({}, '/home/me'), ['/home/me/.config/systemd/nspawn']);
  assert.deepEqual(userDirectoriesOf({ XDG_CONFIG_HOME: '/c/', XDG_RUNTIME_DIR: '/r' }, '/home/me'), [
    '/c/systemd/nspawn',
    '/r/systemd/nspawn',
  ]);
  assert.deepEqual(userDirectoriesOf({ XDG_CONFIG_HOME: 'relative', XDG_RUNTIME_DIR: '' }, '/home/me'), [
    '/home/me/.config/systemd/nspawn',
  ]);
});

test('a file is for this host where its systemd looks for settings or images, and not in a repository beside a directory', () => {
  const isFor = (path: string, ...there: readonly string[]): boolean => {
    const host = hostWith(...there);
    return isForThisHost(path, placeOf(path, 257, host), host.imageDirectories);
  };
  assert.equal(isFor('/etc/systemd/nspawn/web.nspawn'), true);
  assert.equal(isFor('/var/lib/machines/web.nspawn'), true);
  assert.equal(isFor('/srv/own/web.nspawn'), true);
  assert.equal(isFor('/srv/repository/web.nspawn'), false);
  assert.equal(isFor('/srv/repository/web.nspawn', '/srv/repository/web'), false);
});
