import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultContext } from '../../../../src/language/context.ts';
import { languageFeatures } from '../../../../src/language/languageService.ts';
import { opened } from '../cgconfig/migrate/migrated.ts';

const offered = (text: string): readonly unknown[] => {
  const place = { line: 0, character: 0 };
  return languageFeatures
    .codeActions(opened('cgconfig', text), { start: place, end: place }, defaultContext, [])
    .map(({ kind, command }) => [kind, command?.command, command?.arguments]);
};
const offer = (command: string): readonly unknown[] => ['refactor.rewrite', command, ['file:///etc/cgconfig.conf']];
const v2 = offer('nspawn.migrateCgconfigToV2');
const systemd = offer('nspawn.migrateCgconfigToSystemd');

test('a file of cgroup v1 can be converted anywhere in it', () => {
  assert.deepEqual(offered('group a { cpu { cpu.shares = 1; } }'), [v2, systemd]);
  assert.deepEqual(offered('group a { blkio { } }'), [v2, systemd]);
  assert.deepEqual(offered('mount { cpu = /a; }'), [v2]);
});

test('one of cgroup v2 has groups that can be slices', () => {
  assert.deepEqual(offered('group a { cpu { cpu.weight = 1; } }'), [systemd]);
  assert.deepEqual(offered('# nothing\n'), []);
});
