import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fixed, told } from './askValue.ts';

const key = 'BindUserShell';

void test('a path that is absolute and normalized, or yes or no', () => {
  for (const value of ['', '/bin/sh', 'yes', 'NO', '1', 't', '/']) assert.deepEqual(told(key, value), [], value);
  assert.deepEqual(told(key, 'zsh'), ['invalid-shell ignored <zsh>']);
  assert.deepEqual(fixed(key, 'zsh'), ['Change to /usr/bin/zsh: /usr/bin/zsh']);
  assert.deepEqual(told(key, 'maybe'), ['invalid-shell ignored <maybe>']);
  assert.deepEqual(told(key, '/bin//sh'), ['path-not-normalized ignored <//>']);
  assert.deepEqual(told(key, '/../sh'), ['path-not-normalized ignored <..>']);
});
