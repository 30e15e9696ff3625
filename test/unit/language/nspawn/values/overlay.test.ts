import assert from 'node:assert/strict';
import { test } from 'node:test';
import { told, wished } from './askValue.ts';

const key = 'Overlay';

void test('lower directories, an upper one, a destination', () => {
  for (const value of ['/a:/b', '/a:/b:/c', '+/a::/c', '/a:/b:/c:/d', String.raw`/a\:x:/b`])
    assert.deepEqual(told(key, value), [], value);
});

void test('an upper directory in the image stops the start of 262, which does not find the work directory beside it', () => {
  for (const value of ['/a:+/b', '/a:/b:+/c:/d']) {
    assert.deepEqual(told(key, value), [
      `overlay-upper-in-image start-refused <${value.includes('c') ? '+/c' : '+/b'}>`,
    ]);
    assert.deepEqual(told(key, value, 257), []);
    assert.deepEqual(told('OverlayReadOnly', value), []);
  }
  assert.deepEqual(told(key, '+/a:/b:/c'), []);
});

void test('what is missing is named', () => {
  assert.deepEqual(told(key, ''), ['empty-value ignored <>']);
  assert.deepEqual(told(key, '/a'), ['invalid-overlay ignored </a>']);
  assert.deepEqual(told(key, '/a:'), ['invalid-overlay ignored <:>']);
  assert.deepEqual(told(key, ':/b:/c'), ['invalid-overlay ignored <:>']);
  assert.deepEqual(told(key, '/a::/b:/c'), ['invalid-overlay ignored <:>']);
  assert.deepEqual(told(key, '/a:/b:'), ['path-not-absolute ignored <:>']);
  assert.deepEqual(told(key, '/a:/b:+/c'), ['path-not-absolute ignored <+/c>']);
  assert.deepEqual(told(key, '+a:/b'), ['path-not-absolute ignored <+a>']);
});

void test('relative directories count from the working directory since 252', () => {
  assert.deepEqual(told(key, 'a:b'), ['relative-source none <a>', 'relative-source none <b>']);
  assert.deepEqual(told(key, '/a:b:/c', 251), ['path-not-absolute ignored <b>']);
});

void test('three versions mount nothing over the root directory', () => {
  assert.deepEqual(told(key, '/a:+/', 244), ['mount-on-root ignored <+/>']);
  assert.deepEqual(told(key, '/a:/b:/', 242), ['mount-on-root ignored </>']);
  assert.deepEqual(told(key, '/a:/b:/'), []);
});

void test('directories of the host are wished for, and at the end of the machine as well', () => {
  assert.deepEqual(wished(key, '/a:/b|'), ['directory </b>']);
  assert.deepEqual(wished(key, '+/a|:/b'), ['imagePath </a>']);
  assert.deepEqual(wished(key, '/a:/b:|'), ['imagePath <>', 'directory <>']);
});
