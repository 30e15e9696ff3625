import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyChanges } from '../../../../src/language/applyChanges.ts';
import type { Fix } from '../../../../src/language/finding.ts';
import { findingsOf } from './findings.ts';

const fixesOf = (text: string): readonly Fix[] => findingsOf(text).flatMap(({ fixes = [] }) => fixes);

test('no repair writes a name that stands in the block already', () => {
  const parameters = 'group a { cpu { cpu.shares = 1; cpu.shares1 = 2; } }';
  assert.ok(!fixesOf(parameters).some(({ title }) => title === 'Write cpu.shares'));
  assert.ok(fixesOf('group a { cpu { cpu.shares1 = 2; } }').some(({ title }) => title === 'Write cpu.shares'));
  assert.ok(!fixesOf('group a { memory { } memoryy { } }').some(({ title }) => title === 'Write memory'));
  assert.ok(fixesOf('group a { memoryy { } }').some(({ title }) => title === 'Write memory'));
});

test('no repair makes a name of a comment of C', () => {
  const text = 'group a {\n\tcpu {\n\t}/* c */ memory {\n\t}\n}\n';
  for (const { changes } of fixesOf(text)) assert.doesNotMatch(applyChanges(text, changes), /"[^"]*\/\*/u);
  for (const name of ['a/* c */ b', 'a // c'])
    assert.ok(
      fixesOf(`group ${name} { cpu { } }`).every(
        ({ changes }) => !changes.some((one) => /"[^"]*\/[/*]/u.test(one.text)),
      ),
    );
});

test('every repair changes something', () => {
  for (const text of [
    '\u00a0# note\ngroup a { cpu { } }\n',
    'group a {\n\u00a0# note\ncpu { } }\n',
    'group a { cpu { cpu.shares = \0; } }',
  ])
    for (const { title, changes } of fixesOf(text)) assert.notEqual(applyChanges(text, changes), text, title);
  const [nul] = findingsOf('group a { cpu { cpu.shares = \0; } }');
  assert.match(nul?.message ?? '', /NUL.* stands here/u);
});

test('a byte order mark goes of itself only where the file behind it is whole', () => {
  const isSure = (text: string): boolean => fixesOf(text).some(({ preferred }) => preferred === true);
  assert.ok(isSure('\uFEFFgroup a { cpu { } }\n'));
  assert.ok(!isSure('\uFEFFgroup a { cpu { }\n'));
});

test('a semicolon goes where a block stands in front of it', () => {
  const titles = (text: string): readonly string[] => fixesOf(text).map(({ title }) => title);
  assert.deepEqual(titles('group a { cpu { } };\n'), ['Remove the semicolon']);
  assert.ok(!titles('foo;\ngroup a { cpu { } }\n').includes('Remove the semicolon'));
});
