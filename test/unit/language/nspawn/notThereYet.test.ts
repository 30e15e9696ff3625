import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { defaultContext } from '../../../../src/language/context.ts';
import { languageFeatures, openFile } from '../../../../src/language/languageService.ts';

const stops = (lines: string, systemdVersion = 257): readonly string[] => {
  const text = `[Files]\n${lines}\n`;
  const file = openFile(TextDocument.create('file:///m.nspawn', 'nspawn', 0, text), 'nspawn');
  assert.ok(file !== undefined);
  return languageFeatures
    .diagnose(file, { ...defaultContext, systemdVersion, place: { trust: 'trusted' } })
    .filter(({ rule }) => rule === 'inaccessible-not-there-yet')
    .map(({ start, end, effect }) => `${effect}: ${text.slice(start, end)}`);
};

test('what comes to /run and /dev only later cannot be made inaccessible', () => {
  for (const path of [
    '/run/systemd',
    '/run/lock',
    '/run/user/1000',
    '/dev/mqueue',
    '/dev/fd',
    '/dev/shm/x',
    '//run//a/',
  ])
    assert.deepEqual(stops(`Inaccessible=${path}`), [`start-refused: Inaccessible=${path}`], path);
  for (const path of [
    '/dev/shm',
    '/dev/null',
    '/dev/net/tun',
    '/run/host/incoming',
    '/run',
    '/tmp/x',
    '/runner/x',
    '/run/../x',
  ])
    assert.deepEqual(stops(`Inaccessible=${path}`), [], path);
  assert.equal(stops('Inaccessible=/dev/fuse', 252).length, 1);
  assert.equal(stops('Inaccessible=/dev/fuse', 257).length, 0);
});

test('what another line mounts there is there, as is what it may hold', () => {
  for (const line of [
    ...[
      'TemporaryFileSystem=/run/a',
      'TemporaryFileSystem=/run/a:mode=0755',
      'Bind=/srv:/run/a',
      'BindReadOnly=/run/a',
    ],
    ...['Overlay=/srv::/run/a', 'OverlayReadOnly=/srv:/run/a', 'Bind=/srv:/x/../run'],
  ]) {
    assert.deepEqual(stops(`Inaccessible=/run/a\n${line}`), [], line);
    assert.deepEqual(stops(`Inaccessible=/run/a/b\n${line}`), [], line);
  }
  for (const line of ['TemporaryFileSystem=/run/a/b', 'Bind=/srv:/run/ab', 'Bind=/run/a:/mnt', 'Bind=/srv:/'])
    assert.equal(stops(`Inaccessible=/run/a\n${line}`).length, 1, line);
});
