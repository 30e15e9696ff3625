import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { createRunningClock } from '../../../../src/ui/tree/runningClock.ts';

const minute = 60_000;
const start = 1_700_000_000_000;

const clockFor = (shown: Map<string, number>) => {
  const ticks: (readonly string[])[] = [];
  const clock = createRunningClock({ shown: () => shown, onTick: (names) => ticks.push(names) });
  return { clock, ticks };
};

test('the clock ticks when a text changes, names the rows whose text it is, and not before', (context) => {
  context.mock.timers.enable({ apis: ['setTimeout', 'Date'], now: start });
  const { clock, ticks } = clockFor(
    new Map([
      ['young', start - 30_000],
      ['old', start - 50 * minute - 1],
    ]),
  );
  clock.set();
  context.mock.timers.tick(29_999);
  assert.deepEqual(ticks, []);
  context.mock.timers.tick(1);
  assert.deepEqual(ticks, [['young']]);
  context.mock.timers.tick(29_999);
  assert.deepEqual(ticks, [['young'], ['old']]);
  clock.dispose();
});

test('a change that falls into the pause after a tick is told at its end, even when rows came meanwhile', (context) => {
  context.mock.timers.enable({ apis: ['setTimeout', 'Date'], now: start });
  const shown = new Map([['first', start - minute + 1_000]]);
  const { clock, ticks } = clockFor(shown);
  clock.set();
  context.mock.timers.tick(5_000);
  shown.set('second', start + 5_000);
  clock.set();
  context.mock.timers.tick(4_999);
  assert.deepEqual(ticks, []);
  context.mock.timers.tick(1);
  assert.deepEqual(ticks, [['first']]);
  clock.dispose();
});

test('with nothing shown there is no timer', () => {
  const setTimer = mock.method(globalThis, 'setTimeout');
  const { clock } = clockFor(new Map());
  clock.set();
  assert.equal(setTimer.mock.callCount(), 0);
  setTimer.mock.restore();
});

test('a thousand machines started at different moments tick no more than every ten seconds', (context) => {
  context.mock.timers.enable({ apis: ['setTimeout', 'Date'], now: start });
  const shown = new Map(Array.from({ length: 1_000 }, (_, index) => [`m${index}`, start - index * 61] as const));
  const { clock, ticks } = clockFor(shown);
  clock.set();
  for (let second = 0; second < 60; second++) context.mock.timers.tick(1_000);
  assert.ok(ticks.length <= 6, `${ticks.length} ticks`);
  assert.equal(new Set(ticks.flat()).size, ticks.flat().length, 'each text changed once in a minute');
  assert.ok(ticks.flat().length > 900);
  clock.dispose();
});
