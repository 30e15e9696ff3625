import assert from 'node:assert/strict';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { test } from 'node:test';
import { eachLimited } from '../../../../src/ui/commands/eachLimited.ts';

test('every item is done once, never more than the limit at a time', async () => {
  const state = { running: 0, most: 0 };
  const done: number[] = [];
  await eachLimited([1, 2, 3, 4, 5, 6, 7], 3, async (item) => {
    state.running += 1;
    state.most = Math.max(state.most, state.running);
    await nextTurn();
    state.running -= 1;
    done.push(item);
  });
  assert.deepEqual(done.sort(), [1, 2, 3, 4, 5, 6, 7]);
  assert.equal(state.most, 3);
});

test('nothing to do ends at once', async () => {
  await eachLimited([], 3, () => Promise.reject(new Error('called')));
});
