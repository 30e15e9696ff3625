import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nextChange, runningTime } from '../../../../src/ui/tree/runningTime.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const since = 1_700_000_000_123;

test('a running time is told in minutes up to an hour, in hours up to two days, then in days', () => {
  const cases = [
    [0, 'moment', 0],
    [minute - 1, 'moment', 0],
    [minute, 'minutes', 1],
    [hour - 1, 'minutes', 59],
    [hour, 'hours', 1],
    [2 * day - 1, 'hours', 47],
    [2 * day, 'days', 2],
    [400 * day, 'days', 400],
  ] as const;
  for (const [age, unit, count] of cases) assert.deepEqual(runningTime(since, since + age), { unit, count }, `${age}`);
});

test('a beginning in the future is a moment ago', () => {
  assert.deepEqual(runningTime(since, since - day), { unit: 'moment', count: 0 });
});

test('the next change is the first moment at which the text differs', () => {
  const ages = [0, 1, minute - 1, minute, 59 * minute + 7, hour, hour + 1, 47 * hour, 2 * day, 3 * day - 1, -day];
  for (const age of ages) {
    const now = since + age;
    const next = nextChange(since, now);
    assert.ok(next > now, `${age}: later than now`);
    assert.deepEqual(runningTime(since, next - 1), runningTime(since, now), `${age}: the same until then`);
    assert.notDeepEqual(runningTime(since, next), runningTime(since, now), `${age}: different from then on`);
  }
});
