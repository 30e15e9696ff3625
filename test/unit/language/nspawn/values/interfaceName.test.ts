import assert from 'node:assert/strict';
import { test } from 'node:test';
import { told, wished } from './askValue.ts';

const key = 'Bridge';

void test('up to 15 visible ASCII characters', () => {
  for (const value of [
    '',
    'br0',
    'a'.repeat(15),
    '...',
    'a,b',
    '"a"',
    'a\\',
    '0x',
    '0x0',
    '-5',
    '0xffffffff',
    '1a',
    '#',
  ])
    assert.deepEqual(told(key, value), [], value);
  for (const value of [
    'a'.repeat(16),
    'éééééééé',
    'é',
    'a:b',
    'a/b',
    'a b',
    '.',
    '..',
    '123',
    '0',
    '99999999999',
    'a\u007f',
  ])
    assert.deepEqual(told(key, value), [`invalid-interface-name ignored <${value}>`], value);
});

void test('since 248 also no %, no number in other forms, and not all or default', () => {
  for (const value of ['a%d', 'all', 'default', '0x1f', '+5', '0b1', '0o17']) {
    assert.deepEqual(told(key, value, 248), [`invalid-interface-name ignored <${value}>`], value);
    assert.deepEqual(told(key, value, 247), [], value);
  }
  assert.deepEqual(told(key, '12', 247).length, 1);
});

void test('a comment is told apart from the name', () => {
  assert.deepEqual(told(key, 'br0  # uplink'), ['comment-after-value ignored <# uplink>']);
  assert.deepEqual(wished(key, 'br|'), ['bridge <br>']);
});
