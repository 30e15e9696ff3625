import assert from 'node:assert/strict';
import { test } from 'node:test';
import { settingDefaults, settingsFrom } from '../../../src/ui/settingDefaults.ts';

test('settings of the wrong shape fall back to their defaults', () => {
  const garbage: unknown[] = [
    undefined,
    null,
    -7,
    Infinity,
    {},
    [[]],
    'nonsense',
    { machinectl: 7, sudo: 'relative/sudo' },
  ];
  for (const value of garbage) {
    const { filter, ...others } = settingsFrom(() => value);
    assert.equal(filter, typeof value === 'string' ? value : '');
    assert.deepEqual({ ...others, filter: '' }, settingDefaults);
  }
});

test('groups are sampled each second at most, or never', () => {
  const interval = (value: unknown): number => settingsFrom(() => value)['cgroups.interval'];
  assert.deepEqual([0, 0.01, 7, 1e9].map(interval), [0, 1, 7, 3600]);
});

test('only absolute paths of known tools count', () => {
  const set = { machinectl: '/opt/machinectl', sudo: './sudo', rm: '/bin/rm' };
  assert.deepEqual(settingsFrom((key) => (key === 'executables' ? set : undefined)).executables, {
    machinectl: '/opt/machinectl',
  });
});
