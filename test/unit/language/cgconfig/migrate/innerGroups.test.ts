import assert from 'node:assert/strict';
import { test } from 'node:test';
import { innerGroupRemarks } from '../../../../../src/language/cgconfig/migrate/innerGroups.ts';
import { parseCgconfig } from '../../../../../src/language/cgconfig/parse.ts';

/** Of each group that is told to hold no processes the name, and the group below it that is named. */
const told = (text: string): readonly string[] =>
  [...innerGroupRemarks(parseCgconfig(text), [])].map(([{ name }, [remark]]) => {
    const [, child = ''] = / has (\S+) below/u.exec(remark?.text ?? '') ?? [];
    return `${name}: ${child}`;
  });

const groups = (...names: readonly string[]): string => names.map((name) => `group ${name} { cpu { } }\n`).join('');

test('a group is told of the first group of the text that lies below it, at any depth', () => {
  assert.deepEqual(told(groups('a', 'a/z', 'a/b/c', 'a/b')), ['a: a/z', 'a/b: a/b/c']);
  assert.deepEqual(told(groups('a/b/c', 'a')), ['a: a/b/c']);
});

test('a group that only begins with the same letters does not lie below', () => {
  assert.deepEqual(told(groups('a', 'a-b', 'ab/c', 'a.b')), []);
  assert.deepEqual(told(groups('a', 'a-b', 'a-b/c', 'a/c', 'a-c')), ['a: a/c', 'a-b: a-b/c']);
});

test('a group without controllers gives none to those above it, and the same group twice is not below itself', () => {
  assert.deepEqual(told('group a { cpu { } }\ngroup a/b { perm { task { uid = a; } admin { uid = a; } } }\n'), []);
  assert.deepEqual(told(groups('a', 'a')), []);
  assert.deepEqual(told(groups('a/b', 'a', '/a/', 'a/./b')), ['a: a/b', '/a/: a/b']);
});
