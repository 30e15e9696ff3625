import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fixed, told, wished } from './askValue.ts';

const key = 'BindUser';

void test('names with blanks between them', () => {
  for (const value of ['', 'a', 'lennart _x\ta-b A1', 'a'.repeat(31), String.raw`\a`])
    assert.deepEqual(told(key, value), []);
});

void test('a bad name ends what counts of the line', () => {
  assert.deepEqual(told(key, 'a 1b c'), ['invalid-user-name ignored <1b c>']);
  for (const value of ['a'.repeat(32), 'é', 'a.b', '-a', '1000', 'a@b', '"a"'])
    assert.deepEqual(told(key, value), [`invalid-user-name ignored <${value}>`], value);
  assert.deepEqual(told(key, 'a b\\'), ['trailing-backslash ignored <\\>']);
  assert.deepEqual(fixed(key, 'a,b'), ['* Separate them with blanks: a b']);
});

void test('root and nobody stop the start', () => {
  assert.deepEqual(told(key, 'a root'), ['bind-user-not-supported start-refused <root>']);
});

void test('users of the host are wished for', () => {
  assert.deepEqual(wished(key, 'a b|c d'), ['hostUser <bc>']);
});
