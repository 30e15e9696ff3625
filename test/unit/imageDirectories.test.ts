import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { hostDirectories } from '../../src/hostFacts/hostObjects.ts';
import { placeOf } from '../../src/hostFacts/place.ts';
import { aboutImage } from '../../src/language/nspawn/commandLine/otherCaller.ts';
import { machinedPaths } from '../../src/machines/nspawn/machinedPaths.ts';
import { directoriesIn, imageDirectories } from '../../src/schema/imageDirectories.ts';

const src = join(import.meta.dirname, '../../src');

test('whoever asks where images lie gets every directory that systemd looks in, in its order', () => {
  assert.deepEqual(machinedPaths.images, imageDirectories);
  assert.deepEqual(hostDirectories.images, imageDirectories);
  const nowhere = { exists: () => false, userDirectories: [], imageDirectories };
  for (const directory of imageDirectories) {
    assert.equal(placeOf(`${directory}/web.nspawn`, 257, nowhere).trust, 'untrusted', directory);
    assert.match(aboutImage(`${directory}/web`, 'web', false).text, /found by the name/u, directory);
  }
});

test('no other file of the sources has a list of these directories', () => {
  // /var/lib/machines alone may stand anywhere: it is where new images go.
  const others = imageDirectories.filter((directory) => directory !== '/var/lib/machines');
  const second = readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && file !== 'schema/imageDirectories.ts')
    .filter((file) => {
      const code = readFileSync(join(src, file), 'utf8').replace(/^\s*(?:\/?\*|\/\/).*$/gmu, '');
      return others.some((directory) => new RegExp(`['"\`]${directory}/?['"\`]`, 'u').test(code));
    });
  assert.deepEqual(second, [], 'asks src/schema/imageDirectories.ts instead');
});

test('those of the setting are absolute, a tilde is the home directory, and each is there once', () => {
  const given = ['~/conteneurs', '~', '/a/../b/', '/b', 'relative', '~other/x', '/', 7, '/../c/./d'];
  assert.deepEqual(directoriesIn(given, '/home/me'), ['/home/me/conteneurs', '/home/me', '/b', '/', '/c/d']);
  for (const garbage of [undefined, null, 7, '/srv', { 0: '/srv' }]) assert.deepEqual(directoriesIn(garbage, '/'), []);
});
