import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fixed, offered, told, wished } from './askValue.ts';

const key = 'Bind';

void test('a source, a destination, options', () => {
  for (const value of [
    ...['/a', '/a:/b', '+/a', '+/a:/b', ':/b', '/a:/b:', '/a:/b:rbind', '/a:/b:norbind,idmap', '/a:/b:,rbind,,', '/:/'],
    ...[String.raw`/a\:b`, '/a/../b:/c/..//d', String.raw`/a:/b:\rbind`],
  ])
    assert.deepEqual(told(key, value), [], value);
});

void test('what cannot be read is ignored', () => {
  assert.deepEqual(told(key, ''), ['empty-value ignored <>']);
  assert.deepEqual(told(key, 'a'), ['path-not-absolute ignored <a>']);
  assert.deepEqual(told(key, '+a'), ['path-not-absolute ignored <+a>']);
  assert.deepEqual(told(key, '/a:b'), ['path-not-absolute ignored <b>']);
  assert.deepEqual(told(key, '/a:+/b'), ['path-not-absolute ignored <+/b>']);
  assert.deepEqual(told(key, '/a:'), ['path-not-absolute ignored <:>']);
  assert.deepEqual(told(key, ':'), ['path-not-absolute ignored <:>']);
  assert.deepEqual(told(key, '/a:"/b c"'), ['path-not-absolute ignored <"/b c">']);
  assert.deepEqual(told(key, '/a\\'), ['trailing-backslash ignored <\\>']);
});

void test('a relative source counts from the working directory since 252', () => {
  assert.deepEqual(told(key, 'a:/b'), ['relative-source none <a>']);
  assert.deepEqual(told(key, 'a:/b', 251), ['path-not-absolute ignored <a>']);
});

void test('a minus does not make a source optional', () => {
  assert.deepEqual(told(key, '-/a:/b'), ['no-optional-source none <->']);
  assert.deepEqual(told(key, '-/a'), ['path-not-absolute ignored <-/a>']);
  assert.deepEqual(fixed(key, '-/a'), ['* Remove the -: /a']);
});

void test('three versions mount nothing over the root directory', () => {
  for (const value of ['/', '+/', '/a:/', '/a://']) {
    assert.match(told(key, value, 243).join(), /^mount-on-root ignored/, value);
    assert.deepEqual(told(key, value, 241), [], value);
    assert.deepEqual(told(key, value, 245), [], value);
  }
});

void test('an unknown option stops the start, and so does one that is too new', () => {
  assert.deepEqual(told(key, '/a:/b:ro'), ['unknown-bind-option start-refused <ro>']);
  assert.deepEqual(told(key, '/a:/b:rbind,Idmap'), ['unknown-bind-option start-refused <Idmap>']);
  assert.deepEqual(told(key, '/a:/b:rbind, idmap'), ['unknown-bind-option start-refused < idmap>']);
  assert.deepEqual(told(key, '/a:/b:rbind:x'), ['unknown-bind-option start-refused <rbind:x>']);
  assert.deepEqual(told(key, '/a:/b:"rbind"'), ['unknown-bind-option start-refused <"rbind">']);
  assert.deepEqual(told(key, '/a:/b:rbind\\'), ['unknown-bind-option start-refused <\\>']);
  const since = { rbind: 243, norbind: 243, idmap: 250, noidmap: 250, rootidmap: 252, owneridmap: 256 };
  for (const [option, version] of Object.entries(since)) {
    assert.deepEqual(told(key, `/a:/b:${option}`, version), [], option);
    if (version > 243) assert.equal(told(key, `/a:/b:${option}`, version - 1).length, 1, option);
  }
  assert.deepEqual(told(key, '/a:/b:norbind,x', 242), ['unknown-bind-option none <norbind,x>']);
});

void test('an option is repaired or taken away', () => {
  assert.deepEqual(fixed(key, '/a:/b:rbind,Idmap'), [
    '* Change to idmap: /a:/b:rbind,idmap',
    'Remove Idmap: /a:/b:rbind',
  ]);
  assert.deepEqual(fixed(key, '/a:/b:ro,rbind'), ['Remove ro: /a:/b:rbind']);
  assert.deepEqual(fixed(key, '/a:norbind').slice(0, 2), [
    'Put /a in front of the options: /a:/a:norbind',
    String.raw`Make the colon a part of the path: /a\:norbind`,
  ]);
});

void test('the last of options that exclude each other wins', () => {
  assert.deepEqual(told(key, '/a:/b:rbind,idmap,norbind'), ['bind-option-overridden none <rbind>']);
});

void test('a comment becomes a part of the options and stops the start', () => {
  assert.deepEqual(told(key, '/a:/b:rbind # b'), ['comment-after-value start-refused <# b>']);
});

void test('options that are not there yet and that the version knows are offered', () => {
  assert.deepEqual(offered(key, '/a:/b:rbind,|', 251), [
    '/a:/b:rbind,norbind',
    '/a:/b:rbind,idmap',
    '/a:/b:rbind,noidmap',
  ]);
  assert.deepEqual(offered(key, '/a:/b:no|', 243), ['/a:/b:rbind', '/a:/b:norbind']);
  assert.deepEqual(offered(key, '+/a:|'), ['+/a:/a']);
  assert.deepEqual(offered(key, '/a|'), []);
});

void test('paths of the host stand in front, and those of the machine behind', () => {
  assert.deepEqual(wished(key, '/a|'), ['path </a>']);
  assert.deepEqual(wished(key, '|'), ['path <>']);
  assert.deepEqual(wished(key, '+/a|:/b'), ['imagePath </a>']);
  assert.deepEqual(wished(key, '/a:/b|:rbind'), ['imagePath </b>']);
  assert.deepEqual(wished(key, '/a:/b:|'), []);
});
