import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createSlowOffers } from '../../../../src/ui/commands/slowOffer.ts';

test('what takes long together is offered together, what is over is not, and later ones are offered anew', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const offered: (readonly string[])[] = [];
  const offers = createSlowOffers({ afterMs: 10_000, offer: (names) => void offered.push(names) });
  offers.begin('a');
  offers.begin('b');
  const over = offers.begin('quick');
  t.mock.timers.tick(5_000);
  over();
  offers.begin('later');
  t.mock.timers.tick(5_100);
  const overSoon = offers.begin('ends');
  t.mock.timers.tick(400);
  assert.deepEqual(offered, [['a', 'b']]);
  t.mock.timers.tick(9_600);
  overSoon();
  t.mock.timers.tick(1_000);
  assert.deepEqual(offered, [['a', 'b'], ['later']]);
});

test('nothing is offered where nothing is to be', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const over = createSlowOffers(undefined).begin('a');
  t.mock.timers.tick(60_000);
  over();
});
