import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fixed, told } from './askValue.ts';

const key = 'VirtualEthernetExtra';

void test('one name or two', () => {
  for (const value of ['a', 'a:', 'a:b', String.raw`\a:b`]) assert.deepEqual(told(key, value), [], value);
  assert.deepEqual(told(key, ''), ['empty-value ignored <>']);
  assert.deepEqual(told(key, 'a:b:c'), ['too-many-veth-names ignored <:c>']);
  assert.deepEqual(told(key, 'a:b:'), ['too-many-veth-names ignored <:>']);
  assert.deepEqual(told(key, ':b'), ['invalid-interface-name ignored <:>']);
  assert.deepEqual(told(key, 'a b'), ['invalid-interface-name ignored <a b>']);
  assert.deepEqual(told(key, 'a:b\\'), ['trailing-backslash ignored <\\>']);
  assert.deepEqual(told(key, 'a:b:c\\'), ['too-many-veth-names ignored <:c\\>']);
});

void test('a second name that is none is dropped without a word', () => {
  assert.deepEqual(told(key, 'a:bad/name'), ['second-veth-name-dropped none <bad/name>']);
  assert.deepEqual(fixed(key, 'a:bad/name'), ['Remove the second name: a']);
});
