import assert from 'node:assert/strict';
import { test } from 'node:test';
import { told, wished } from './askValue.ts';

const key = 'Inaccessible';

void test('an absolute path with all that is in it', () => {
  for (const value of ['/a', '/a/../b', '/a\\', '/a b', '/a:b']) assert.deepEqual(told(key, value), [], value);
  assert.deepEqual(told(key, ''), ['empty-value ignored <>']);
  assert.deepEqual(told(key, 'a'), ['path-not-absolute ignored <a>']);
  assert.deepEqual(told(key, '+/a'), ['path-not-absolute ignored <+/a>']);
});

void test('several paths are one', () => {
  assert.deepEqual(told(key, '/a:/b'), ['colon-in-path none <:>']);
  assert.deepEqual(told(key, '/a /b'), ['several-paths none < >']);
  assert.deepEqual(wished(key, '/a|'), ['imagePath </a>']);
});
