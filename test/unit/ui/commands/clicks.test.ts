import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createClicks } from '../../../../src/ui/commands/clicks.ts';
import { createRowMoves, movesRows } from '../../../../src/ui/rowMoves.ts';

const world = () => {
  const clock = { now: 10_000 };
  const now = (): number => clock.now;
  const moves = createRowMoves(now);
  return { clock, moves, clicks: createClicks(moves, now) };
};
const row = (name: string) => ({ kind: 'image', id: name });

test('the second click of a double click counts no more on the same button of the same row', () => {
  const { clock, clicks } = world();
  assert.equal(clicks.counts('nspawn.start', [row('web')]), true);
  clock.now += 200;
  assert.equal(clicks.counts('nspawn.start', [row('web')]), false);
  clock.now += 200;
  assert.equal(clicks.counts('nspawn.start', [row('web')]), false, 'nor does a third');
  clock.now += 5_000;
  assert.equal(clicks.counts('nspawn.start', [row('web')]), true);
});

test('a second click never hits another machine that has come to lie under the pointer', () => {
  const { clock, moves, clicks } = world();
  clicks.counts('nspawn.start', [row('frozen')]);
  clock.now += 100;
  moves.note();
  clock.now += 100;
  assert.equal(clicks.counts('nspawn.powerOff', [row('debian')]), false);
  assert.equal(clicks.counts('nspawn.start', [row('other')]), false);
});

test('who has called off a question is asked again at once', () => {
  const { clock, clicks } = world();
  assert.equal(clicks.counts('nspawn.openShell', [row('web')]), true);
  clicks.calledOff();
  clock.now += 100;
  assert.equal(clicks.counts('nspawn.openShell', [row('web')]), true);
  clock.now += 100;
  assert.equal(clicks.counts('nspawn.openShell', [row('web')]), false);
});

test('two rows that are clicked one after the other both count where no row has moved', () => {
  const { clock, clicks } = world();
  clicks.counts('nspawn.start', [row('one')]);
  clock.now += 100;
  assert.equal(clicks.counts('nspawn.start', [row('two')]), true);
});

test('lines below a machine are rows of their own, and the palette is no click', () => {
  const { clicks } = world();
  const address = (index: number) => ({ kind: 'detail', owner: row('web'), detail: 'address', index });
  assert.equal(clicks.counts('nspawn.copyAddress', [address(0)]), true);
  assert.equal(clicks.counts('nspawn.copyAddress', [address(1)]), true);
  assert.equal(clicks.counts('nspawn.start', []), true);
  assert.equal(clicks.counts('nspawn.start', []), true);
});

test('rows move when one comes or goes among them, but not when it does at the end of the tree', () => {
  assert.equal(movesRows(['a', 'c'], ['a', 'b', 'c'], true), true);
  assert.equal(movesRows(['a', 'b', 'c'], ['b', 'c'], true), true);
  assert.equal(movesRows(['a', 'b'], ['a', 'b', 'c'], true), false);
  assert.equal(movesRows(['a', 'b', 'c'], ['a', 'b'], true), false);
  assert.equal(movesRows(['a', 'b'], ['a', 'b', 'c'], false), true, 'other rows stand below');
  assert.equal(movesRows(['a', 'b'], ['a', 'b'], false), false);
});
