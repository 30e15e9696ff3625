import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';
import { createSampleClock } from '../../../../src/ui/cgroups/sampleClock.ts';

beforeEach(() => mock.timers.enable({ apis: ['setTimeout'] }));
afterEach(() => mock.timers.reset());

/** A clock whose work ends when told. */
const make = () => {
  const state = { count: 0, finish: (): void => undefined };
  const clock = createSampleClock(() => {
    state.count += 1;
    return new Promise<void>((resolve) => {
      state.finish = resolve;
    });
  });
  const finish = async (): Promise<void> => {
    state.finish();
    await new Promise<void>((resolve) => setImmediate(resolve));
  };
  return { clock, state, finish };
};

test('the second sample comes soon, because only two make a rate; the others at their interval', async () => {
  const { clock, state, finish } = make();
  clock.start(3000);
  mock.timers.tick(1000);
  assert.equal(state.count, 1);
  // Nothing new begins before the old one is done.
  mock.timers.tick(10_000);
  assert.equal(state.count, 1);
  await finish();
  mock.timers.tick(2999);
  assert.equal(state.count, 1);
  mock.timers.tick(1);
  assert.equal(state.count, 2);
});

test('a stopped clock begins nothing, also where its work ends later', async () => {
  const { clock, state, finish } = make();
  clock.start(3000);
  mock.timers.tick(1000);
  clock.stop();
  await finish();
  mock.timers.tick(60_000);
  assert.equal(state.count, 1);
});

test('an interval of zero is never, and another interval begins anew', () => {
  const { clock, state } = make();
  clock.start(0);
  mock.timers.tick(60_000);
  assert.equal(state.count, 0);
  clock.start(500);
  clock.start(700);
  mock.timers.tick(699);
  assert.equal(state.count, 0);
  mock.timers.tick(1);
  assert.equal(state.count, 1);
});
