import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sectionIn, serverSettingDefaults, serverSettingsFrom } from '../../../src/server/serverSettings.ts';

test('settings of the wrong shape fall back to their defaults', () => {
  const shapes: readonly unknown[] = [
    undefined,
    null,
    7,
    'auto',
    [],
    { systemdVersion: 'newest', lint: 'no', executables: [] },
    { systemdVersion: Number.NaN, lint: { enable: 'no', rules: 7 }, executables: { systemctl: 'relative' } },
  ];
  for (const shape of shapes) assert.deepEqual(serverSettingsFrom(shape), serverSettingDefaults);
});

test('a version may be a number or its digits, and the nearest known one counts', () => {
  const version = (systemdVersion: unknown): unknown => serverSettingsFrom({ systemdVersion }).systemdVersion;
  assert.equal(version(252), 252);
  assert.equal(version('252'), 252);
  assert.equal(version(230), 239);
  assert.equal(version(300), 262);
  assert.equal(version('auto'), 'auto');
});

test('a version may be said with its point release', () => {
  const settings = serverSettingsFrom({ systemdVersion: '257.9-1~deb13u1' });
  assert.deepEqual([settings.systemdVersion, settings.systemdRelease], [257, '257.9-1~deb13u1']);
  assert.equal('systemdRelease' in serverSettingsFrom({ systemdVersion: '257' }), false);
});

test('rules keep the severities that there are', () => {
  const rules = { 'unknown-key': 'error', 'missing-key': 'off', other: 'fatal', more: 1 };
  assert.deepEqual(serverSettingsFrom({ lint: { enable: false, rules } }).lint, {
    enable: false,
    rules: { 'unknown-key': 'error', 'missing-key': 'off' },
  });
});

test('the section is found below its name and without it', () => {
  assert.deepEqual(sectionIn({ nspawn: { systemdVersion: 252 } }), { systemdVersion: 252 });
  assert.deepEqual(sectionIn({ systemdVersion: 252 }), { systemdVersion: 252 });
  assert.equal(sectionIn(undefined), undefined);
});

test('a version of libcgroup is one that is known', () => {
  const version = (libcgroupVersion: unknown): unknown => serverSettingsFrom({ libcgroupVersion }).libcgroupVersion;
  assert.equal(version('2.0.2'), '2.0.2');
  assert.equal(version('2.0.3'), 'auto');
  assert.equal(version(3.2), 'auto');
});
