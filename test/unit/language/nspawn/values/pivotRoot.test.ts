import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fixed, told, wished } from './askValue.ts';

const key = 'PivotRoot';

void test('one path or two, and the second has all further colons', () => {
  for (const value of ['/a', '/a:', '/a:/b', String.raw`/a\:b:/c:d\e`, '/a/', '/'])
    assert.deepEqual(told(key, value), [], value);
  assert.deepEqual(told(key, ''), ['empty-value ignored <>']);
  assert.deepEqual(told(key, '/a:b'), ['path-not-absolute ignored <b>']);
  assert.deepEqual(told(key, ':/b'), ['path-not-absolute ignored <:>']);
  assert.deepEqual(told(key, '/a\\'), ['trailing-backslash ignored <\\>']);
});

void test('both must be normalized as they stand', () => {
  assert.deepEqual(told(key, '/a/../b:/c/.'), ['path-not-normalized ignored <..>', 'path-not-normalized ignored </.>']);
  assert.deepEqual(told(key, '/..'), ['path-not-normalized ignored <..>']);
  assert.deepEqual(fixed(key, '/a//b/./c'), ['* Change to /a/b/c: /a/b/c']);
  assert.deepEqual(fixed(key, String.raw`/a\:b//c`), [String.raw`* Change to /a:b/c: /a\:b/c`]);
  assert.deepEqual(told(key, '/a//b', 251), []);
});

void test('each path is one of the image', () => {
  assert.deepEqual(wished(key, '/a|:/b'), ['imagePath </a>']);
  assert.deepEqual(wished(key, String.raw`/a\:x:/b|`), ['imagePath </b>']);
});
