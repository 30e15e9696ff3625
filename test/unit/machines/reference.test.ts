import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type MachineRef, nameOf, readRef, writeRef } from '../../../src/machines/reference.ts';

const names = [
  'web',
  '/srv/images/web',
  '/srv/a b/web',
  'a_b',
  '.host',
  'lxc/x/web',
  'nspawn/system/web',
  'a/b',
  'a/b/c/d',
  '%2F',
  'lxc/%2F/%zz',
  '50%',
  '..',
  'é ü 名',
  ' $(sh)`"\'\\',
  '[x](command:evil)',
  'a\nb',
  '\u{202e}bew',
];

test('a machine of the system goes by its bare name, or by the path that an image has as its name', () => {
  for (const name of ['web', '/srv/images/web', 'a_b', '.host', '50%', 'é ü 名'])
    assert.equal(writeRef({ backend: 'nspawn', scope: 'system', name }), name);
  assert.equal(writeRef({ backend: 'lxc', scope: '/var/lib/lxc', name: 'web' }), 'lxc/%2Fvar%2Flib%2Flxc/web');
  assert.equal(writeRef({ backend: 'nspawn', scope: 'user', name: 'web' }), 'nspawn/user/web');
});

test('whatever is written is read again, and names itself to a person, whatever the names hold', () => {
  const scopes: readonly Pick<MachineRef, 'backend' | 'scope'>[] = [
    { backend: 'nspawn', scope: 'system' },
    { backend: 'nspawn', scope: 'user' },
    ...names.map((scope) => ({ backend: 'lxc', scope })),
  ];
  const seen = new Map<string, MachineRef>();
  for (const scope of scopes)
    for (const name of names) {
      const ref: MachineRef = { ...scope, name };
      const text = writeRef(ref);
      assert.deepEqual(readRef(text), ref, text);
      assert.equal(nameOf(text), name, text);
      assert.equal(seen.has(text), false, text);
      seen.set(text, ref);
    }
});

test('a name that is no text at all is written too', () => {
  assert.equal(nameOf(writeRef({ backend: 'lxc', scope: 'x', name: 'a\ud800' })), 'a\u{fffd}');
});

test('what is no reference is a name', () => {
  for (const text of ['', '/', 'a/b', 'LXC/a/b', 'lxc//b', 'lxc/a/', 'lxc/%zz/b', 'lxc/a/b/c', '/lxc/a/b'])
    assert.deepEqual(readRef(text), { backend: 'nspawn', scope: 'system', name: text });
});
