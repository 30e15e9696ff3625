import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fixed, offered, told } from './askValue.ts';

const key = 'Port';

void test('a port, or one of the host and one of the machine, with a protocol', () => {
  for (const value of ['80', '1', '65535', 'tcp:80', 'udp:60:61', '81:8181', '0x50', '+80', '0b1010:0o17', '8080:\v80'])
    assert.deepEqual(told(key, value), [], value);
});

void test('what is no port is ignored', () => {
  assert.deepEqual(told(key, ''), ['empty-value ignored <>']);
  for (const value of ['0', '65536', '-1', '80a', '1e3', '8 0', '99999999999999999999', '"80"', '0x', '٣'])
    assert.deepEqual(told(key, value), [`invalid-port ignored <${value}>`], value);
  assert.deepEqual(told(key, '80:0'), ['invalid-port ignored <0>']);
  assert.deepEqual(told(key, 'x0:80').length, 1);
  assert.deepEqual(told(key, '80:81:82'), ['invalid-port ignored <81:82>']);
  assert.deepEqual(told(key, 'tcp:'), ['invalid-port ignored <:>']);
  assert.deepEqual(told(key, '80:'), ['invalid-port ignored <:>']);
  assert.deepEqual(told(key, '0:70000'), ['invalid-port ignored <0>', 'invalid-port ignored <70000>']);
});

void test('prefixes of bases and blanks depend on the version', () => {
  assert.deepEqual(told(key, '0b11', 246), []);
  assert.deepEqual(told(key, '0b11', 245).length, 1);
  assert.deepEqual(told(key, '80: 81', 249), []);
  assert.deepEqual(told(key, '80: 81', 250), ['invalid-port ignored < 81>']);
});

void test('a protocol is tcp or udp in lower case', () => {
  assert.deepEqual(told(key, 'TCP:80'), ['unknown-protocol ignored <TCP>']);
  assert.deepEqual(fixed(key, 'TCP:80'), ['* Write tcp: tcp:80']);
  assert.deepEqual(told(key, 'sctp:80:81'), ['unknown-protocol ignored <sctp>']);
  assert.deepEqual(fixed(key, '8080:80/TCP'), ['* Change to tcp:8080:80: tcp:8080:80']);
});

void test('a leading zero counts by eights, which is a surprise', () => {
  assert.deepEqual(told(key, '022'), ['octal-port none <022>']);
  assert.deepEqual(fixed(key, '80:022'), ['Write 18: 80:18', 'Write 22: 80:22']);
});

void test('protocols are offered in front', () => {
  assert.deepEqual(offered(key, '|'), ['tcp:', 'udp:']);
  assert.deepEqual(offered(key, '|80'), ['tcp:80', 'udp:80']);
  assert.deepEqual(offered(key, 't|'), ['tcp:', 'udp:']);
  assert.deepEqual(offered(key, 'tcp:|'), []);
});
