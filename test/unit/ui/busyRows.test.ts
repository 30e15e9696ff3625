import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type BusyRows, createBusyRows } from '../../../src/ui/busyRows.ts';
import { rowFailure } from '../../../src/ui/rowFailure.ts';
import { l10n } from './l10n.ts';

const rowsOfWeb = ['machine/web', 'image/web'];
const didNotStart = rowFailure({ kind: 'didNotStart', name: 'web', unit: 'u', result: undefined, journal: [] }, l10n);
const didNotStop = rowFailure({ kind: 'didNotStop', name: 'web', waitedMs: 1 }, l10n);

const observed = (): { readonly busy: BusyRows; readonly told: (readonly string[])[] } => {
  const busy = createBusyRows();
  const told: (readonly string[])[] = [];
  busy.onDidChange((rowIds) => told.push(rowIds));
  return { busy, told };
};

test('both rows of a machine are told at once, and say the latest of what is done to them', () => {
  const { busy, told } = observed();
  const endFirst = busy.begin(rowsOfWeb, 'starting…');
  const endSecond = busy.begin(['image/web'], 'cloning…');
  assert.equal(busy.get('image/web'), 'cloning…');
  endSecond();
  endSecond();
  assert.equal(busy.get('image/web'), 'starting…');
  endFirst();
  assert.equal(busy.get('machine/web'), undefined);
  assert.deepEqual(told, [rowsOfWeb, ['image/web'], ['image/web'], rowsOfWeb]);
});

test('a failure stays on the rows until something else is done', () => {
  const { busy, told } = observed();
  busy.begin(rowsOfWeb, 'starting…')(didNotStart);
  assert.equal(told.length, 2);
  assert.deepEqual([busy.get('image/web'), busy.failure('image/web')], [undefined, 'did not start']);
  assert.equal(busy.failure('machine/web'), 'did not start');
  const end = busy.begin(rowsOfWeb, 'starting…');
  assert.equal(busy.failure('image/web'), undefined);
  end();
  assert.equal(busy.failure('image/web'), undefined);
});

test('a failure ends when the machine starts or ends without us', () => {
  const { busy, told } = observed();
  const failed = (): void => busy.begin(rowsOfWeb, '…')(didNotStart);
  failed();
  busy.outdate([
    { kind: 'machineRemoved', id: 'web' },
    { kind: 'machineAdded', id: 'other' },
    { kind: 'availability' },
  ]);
  assert.equal(busy.failure('image/web'), 'did not start');
  busy.outdate([{ kind: 'machineAdded', id: 'web' }]);
  assert.equal(busy.failure('image/web'), undefined);
  assert.deepEqual(told.at(-1), rowsOfWeb);

  busy.begin(rowsOfWeb, '…')(didNotStop);
  busy.outdate([{ kind: 'machineChanged', id: 'web' }]);
  assert.equal(busy.failure('machine/web'), 'still runs');
  busy.outdate([{ kind: 'machineRemoved', id: 'web' }]);
  assert.equal(busy.failure('machine/web'), undefined);
});

test('other failures leave no mark', () => {
  assert.equal(rowFailure({ kind: 'noSuchImage', name: 'web' }, l10n), undefined);
});
