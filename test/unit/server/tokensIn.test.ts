import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tokensIn } from '../../../src/server/tokensIn.ts';

const lines = (start: number, end: number): Parameters<typeof tokensIn>[1] => ({
  start: { line: start, character: 0 },
  end: { line: end, character: 0 },
});

/** Two tokens on line 1, two on line 3, one on line 4. */
const data = [1, 2, 4, 0, 0, 0, 6, 3, 1, 0, 2, 0, 5, 0, 0, 0, 9, 1, 2, 0, 1, 1, 1, 1, 1];

test('tokens of some lines are those of the whole text, counted from the first of them', () => {
  assert.deepEqual(tokensIn({ data }, lines(0, 9)).data, data);
  assert.deepEqual(tokensIn({ data }, lines(3, 3)).data, [3, 0, 5, 0, 0, 0, 9, 1, 2, 0]);
  assert.deepEqual(tokensIn({ data }, lines(4, 8)).data, [4, 1, 1, 1, 1]);
  assert.deepEqual(tokensIn({ data }, lines(2, 2)).data, []);
  assert.deepEqual(tokensIn({ data: [] }, lines(0, 9)).data, []);
});
