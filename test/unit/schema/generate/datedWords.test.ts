import assert from 'node:assert/strict';
import { test } from 'node:test';
import { datedWords } from '../../../../src/schema/generate/datedWords.ts';
import { SourceProblem } from '../../../../src/schema/generate/cText.ts';

const read = [
  { version: 247, words: ['a', 'old'] },
  { version: 252, words: ['a', 'b'] },
  { version: 257, words: ['b', 'c', 'a'] },
];

test('words are in the order of the newest version, dated by the history', () => {
  assert.deepEqual(datedWords('X=', read, { b: { since: 250 }, c: { since: 257 }, old: { until: 249 } }), [
    { name: 'b', since: 250 },
    { name: 'c', since: 257 },
    { name: 'a' },
    { name: 'old', until: 249 },
  ]);
});

test('a word that came before the oldest version is dated where someone has looked it up', () => {
  assert.deepEqual(datedWords('X=', [{ version: 247, words: ['a'] }], { a: { since: 242 } }), [
    { name: 'a', since: 242 },
  ]);
});

test('history that is missing, wrong or left over stops', () => {
  const complete = { b: { since: 250 }, c: { since: 257 }, old: { until: 249 } };
  for (const wrong of [
    { ...complete, b: {} },
    { ...complete, b: { since: 247 } },
    { ...complete, b: { since: 253 } },
    { ...complete, old: {} },
    { ...complete, old: { until: 252 } },
    { ...complete, a: { since: 248 } },
    { ...complete, gone: { since: 240 } },
  ])
    assert.throws(() => datedWords('X=', read, wrong), SourceProblem, JSON.stringify(wrong));
});
