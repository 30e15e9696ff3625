import assert from 'node:assert/strict';
import { test } from 'node:test';
import { languageIds } from '../../../src/language/languageOfPath.ts';
import { languagesFor, loadTypes } from '../../../src/lint/loadTypes.ts';

const every = ['nspawn', 'cgconfig', 'cgrules', 'lxc', 'lxcsystem', 'lxcusernet', 'lxcnet'];

test('only the file types are loaded that the arguments need', () => {
  assert.deepEqual(languagesFor(['web.nspawn']), ['nspawn']);
  assert.deepEqual(languagesFor(['--format', 'json', '-']), ['nspawn']);
  assert.deepEqual(languagesFor(['--stdin-filename', 'cgrules.conf', '-']), ['cgconfig', 'cgrules']);
  assert.deepEqual(languagesFor(['etc/cgconfig.conf']), ['cgconfig', 'cgrules']);
  assert.deepEqual(languagesFor(['--version']), []);
});

test('all are loaded where the names do not tell, and for what is said of every rule', () => {
  for (const args of [
    ['directory'],
    ['web.nspawn', 'cgrules.conf', 'lxc/web/config', 'etc/lxc/lxc.conf', 'lxc/lxc-usernet', 'default/lxc-net'],
    ['--language', 'cgrules', 'x'],
    ['--list-rules'],
  ])
    assert.deepEqual(languagesFor(args), every, args.join(' '));
  assert.deepEqual(languagesFor(['--explain', 'unknown-key']), every);
});

test('a command line that is wrong needs none', () => {
  assert.deepEqual(languagesFor(['--no-such-option']), []);
});

test('each type that is loaded is the one that was asked for', async () => {
  const types = await loadTypes(['cgrules', 'nspawn']);
  assert.deepEqual(
    types.map(({ languageId }) => languageId),
    ['cgrules', 'nspawn'],
  );
});

test('what only an editor asks for is not loaded', async () => {
  for (const { languageId, vocabulary, hints, tokens, layOut } of await loadTypes(languageIds))
    assert.deepEqual([vocabulary, hints, tokens, layOut], Array(4).fill(undefined), languageId);
});
