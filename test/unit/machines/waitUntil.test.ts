import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Inventory, InventoryChange } from '../../../src/machines/inventory.ts';
import { waitUntil } from '../../../src/machines/waitUntil.ts';
import { isFailure } from './act/fakeMachine.ts';

describe('a wait', () => {
  const { signal } = new AbortController();

  test('asks at once when something has happened, and leaves no listener behind', async () => {
    const listeners = new Set<(changes: readonly InventoryChange[]) => void>();
    const asked = { times: 0, eventsFollow: true };
    // Each question brings an event behind it: as many as this take seconds with the pauses alone.
    const isSo = (): Promise<boolean> => {
      asked.times += 1;
      setImmediate(() => {
        for (const listener of listeners) listener([]);
      });
      return Promise.resolve(asked.times === 500);
    };
    const onDidChange: Inventory['onDidChange'] = (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    };
    assert.equal(await waitUntil(isSo, { signal, limitMs: 60_000, onDidChange }), true);
    assert.equal(listeners.size, 0);
  });

  test('ends at its limit with no, and asks once more before', async () => {
    const asked = { times: 0 };
    const isSo = (): Promise<boolean> => {
      asked.times += 1;
      return Promise.resolve(false);
    };
    assert.equal(await waitUntil(isSo, { signal, limitMs: 20 }), false);
    assert.ok(asked.times >= 2);
    assert.equal(await waitUntil(() => Promise.resolve(true), { signal, limitMs: 0 }), true);
  });

  test('ends with a cancel, also before it has begun', async () => {
    const abort = new AbortController();
    const waiting = waitUntil(() => Promise.resolve(false), { signal: abort.signal, limitMs: 60_000 });
    abort.abort();
    await assert.rejects(waiting, isFailure('cancelled'));
    await assert.rejects(
      waitUntil(() => Promise.resolve(true), { signal: abort.signal, limitMs: 1 }),
      isFailure('cancelled'),
    );
  });
});
