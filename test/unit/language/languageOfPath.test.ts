import assert from 'node:assert/strict';
import { test } from 'node:test';
import { languageOf, languageOfPath } from '../../../src/language/languageOfPath.ts';

test('the name of a file says its language', () => {
  assert.equal(languageOfPath('/etc/systemd/nspawn/web.nspawn'), 'nspawn');
  assert.equal(languageOfPath('web.nspawn'), 'nspawn');
  assert.equal(languageOfPath('/etc/cgconfig.conf'), 'cgconfig');
  assert.equal(languageOfPath('cgconfig.conf'), 'cgconfig');
  assert.equal(languageOfPath('/etc/cgconfig.d/a.conf'), 'cgconfig');
  assert.equal(languageOfPath('/etc/cgrules.conf'), 'cgrules');
  assert.equal(languageOfPath('/etc/cgrules.d/a'), 'cgrules');
  assert.equal(languageOfPath('/etc/lxc/lxc.conf'), 'lxcsystem');
  assert.equal(languageOfPath('/home/a/.config/lxc/lxc.conf'), 'lxcsystem');
  assert.equal(languageOfPath('/etc/lxc/lxc-usernet'), 'lxcusernet');
  assert.equal(languageOfPath('/etc/default/lxc-net'), 'lxcnet');
  for (const path of ['/etc/mycgconfig.conf', '/etc/cgconfig.d/a/b.conf', '/etc/cgconfig.d/readme', 'x.nspawn.bak', ''])
    assert.equal(languageOfPath(path), undefined, path);
});

test('an editor that knows the language decides, and one that calls it something else does not', () => {
  assert.equal(languageOf('nspawn', '/tmp/notes.txt'), 'nspawn');
  assert.equal(languageOf('dosini', '/tmp/web.nspawn'), 'nspawn');
  assert.equal(languageOf('markdown', '/tmp/readme.md'), undefined);
});
