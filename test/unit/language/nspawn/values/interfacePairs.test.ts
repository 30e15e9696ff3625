import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fixed, offered, told, wished } from './askValue.ts';

const key = 'Interface';

void test('names and pairs of names with blanks between them', () => {
  for (const value of ['', 'eth0', 'eth0 eth1:net1\t a:b', 'eth2:', String.raw`et\h0`, 'a:"b"'])
    assert.deepEqual(told(key, value), [], value);
});

void test('a bad name refuses the whole file', () => {
  const refused = (part: string): string => `invalid-interface-name file-refused <${part}>`;
  assert.deepEqual(told(key, 'eth0 this-name-is-too-long'), [refused('this-name-is-too-long')]);
  assert.deepEqual(told(key, 'a:b:c'), [refused('b:c')]);
  assert.deepEqual(told(key, ':b'), [refused(':')]);
  assert.deepEqual(told(key, 'x a:all'), [refused('all')]);
  assert.deepEqual(told(key, String.raw`a\:b`), []);
  assert.deepEqual(told(key, 'é:ü'), [refused('é'), refused('ü')]);
  assert.deepEqual(told(key, 'a\\'), ['trailing-backslash file-refused <\\>']);
  assert.deepEqual(told(key, 'a\\\\'), ['trailing-backslash file-refused <\\>']);
});

void test('a comma is a part of a name', () => {
  assert.deepEqual(told(key, 'eth0,eth1'), ['comma-in-interface-name start-refused <eth0,eth1>']);
  assert.deepEqual(fixed(key, 'eth0,eth1'), ['Separate them with blanks: eth0 eth1']);
});

void test('a comment becomes names, which may refuse the file', () => {
  assert.deepEqual(told(key, 'eth0 # größer'), ['comment-after-value file-refused <# größer>']);
});

void test('interfaces of the host in front of a colon, and the usual name behind it', () => {
  assert.deepEqual(wished(key, 'eth0 en|'), ['interface <en>']);
  assert.deepEqual(wished(key, 'et|:x'), ['interface <et>']);
  assert.deepEqual(wished(key, 'eth0:|'), []);
  assert.deepEqual(offered('MACVLAN', 'a eth0:|'), ['a eth0:mv-eth0']);
  assert.deepEqual(offered('IPVLAN', 'eth0:x|'), ['eth0:iv-eth0']);
});
