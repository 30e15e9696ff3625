import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fixed, told, wished } from './askValue.ts';

const key = 'WorkingDirectory';

void test('an absolute path is taken, and what means nothing in it is dropped; an empty value resets', () => {
  for (const value of ['', '/', '/a', '/a//b/./c/', '/a/.', '/...', '/a..', '/.a', '/é:b', `/${'a'.repeat(255)}`])
    assert.deepEqual(told(key, value), [], value);
});

void test('a path that is not absolute is ignored', () => {
  assert.deepEqual(told(key, 'rel'), ['path-not-absolute ignored <rel>']);
  assert.deepEqual(fixed(key, 'srv/a'), ['Change to /srv/a: /srv/a']);
  assert.deepEqual(told(key, '~'), ['path-not-absolute ignored <~>']);
  assert.deepEqual(fixed(key, '../a'), []);
  assert.deepEqual(fixed(key, '"/a b"'), ['* Remove the quotes: /a b']);
});

void test('going up is ignored, but since 255 not from the root directory', () => {
  assert.deepEqual(told(key, '/a/../b'), ['path-not-normalized ignored <..>']);
  assert.deepEqual(told(key, '/a/..'), ['path-not-normalized ignored <..>']);
  for (const value of ['/..', '/../a', '/..//./../b']) {
    assert.deepEqual(told(key, value, 255), [], value);
    assert.deepEqual(told(key, value, 254), ['path-not-normalized ignored <..>'], value);
  }
  assert.deepEqual(told(key, '/../a/../b', 255).length, 1);
});

void test('lengths are those of bytes, after the path is simplified', () => {
  const long = `/${'é'.repeat(128)}`;
  assert.deepEqual(told(key, long), [`path-too-long ignored <${long.slice(1)}>`]);
  assert.deepEqual(told(key, long, 247), []);
  assert.deepEqual(told(key, `/a${'/b'.repeat(2046)}/`), []);
  assert.equal(told(key, `/ab${'/b'.repeat(2047)}`).length, 1);
  assert.deepEqual(told(key, `/a/${'./'.repeat(2100)}b`), []);
});

void test('what is taken though something else was meant is told as advice', () => {
  assert.deepEqual(told(key, '/a /b'), ['several-paths none < >']);
  assert.deepEqual(told(key, "/it's"), [`quotes-in-path none <'>`]);
  assert.deepEqual(told(key, '/srv/%i/x'), ['no-expansion-in-path none <%i>']);
  assert.deepEqual(told(key, '/home/${USER}'), ['no-expansion-in-path none <${USER}>']);
  assert.deepEqual(told(key, '/srv/My%20Files'), []);
});

void test('the path is one of the machine, but that of a namespace one of the host', () => {
  assert.deepEqual(wished(key, '/va|r'), ['imagePath </var>']);
  assert.deepEqual(wished('NamespacePath', '/run/n|'), ['path </run/n>']);
});
