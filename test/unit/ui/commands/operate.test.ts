import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import '../vscode/register.ts';
import { MachineError } from '../../../../src/machines/errors.ts';
import type { Operation } from '../../../../src/machines/operation.ts';
import { createBusyRows } from '../../../../src/ui/busyRows.ts';
import { runBy } from '../../machines/act/fakeMachine.ts';
import { log, messages } from '../vscode/standIn.ts';

const { operate } = await import('../../../../src/ui/commands/operate.ts');

const inventory = { machines: new Map(), images: new Map(), refresh: () => Promise.resolve() };
const names = Array.from({ length: 9 }, (_, index) => `web${index}`);

describe('an action on several machines', () => {
  /** What those do that are named, and all others when they have really changed a turn later. */
  const act = async (
    settle: Readonly<Partial<Record<string, () => Promise<void>>>>,
  ): Promise<{ readonly done: readonly string[]; readonly busy: readonly string[]; readonly most: number }> => {
    const state = { running: 0, most: 0 };
    const busy = createBusyRows();
    const operation = (name: string): Operation => ({
      name,
      command: { file: 'machinectl', args: ['poweroff', '--', name], parse: () => undefined },
      polkitActions: [],
      explain: () => Promise.resolve(undefined),
      directly: () => Promise.resolve(true),
      settle: async () => {
        state.running += 1;
        state.most = Math.max(state.most, state.running);
        await nextTurn();
        state.running -= 1;
        await settle[name]?.();
      },
    });
    const terminals = { run: () => Promise.resolve(0) };
    const done = await operate(
      { busy, log, terminals, inventory, run: runBy(() => '') },
      { title: 'Powering off', what: 'powering off…', names, operation },
    );
    return { done, most: state.most, busy: names.filter((name) => busy.get(`machine/${name}`) !== undefined) };
  };

  test('does it to each once, to four at a time', async () => {
    const { done, most, busy } = await act({});
    assert.deepEqual([done.toSorted(), most, busy], [names, 4, []]);
  });

  test('goes on with the others where one fails, leaves no row busy, and says what failed', async () => {
    messages.length = 0;
    const fails = (): Promise<void> =>
      Promise.reject(new MachineError({ kind: 'didNotStop', name: 'web3', waitedMs: 90_000 }));
    const { done, busy } = await act({ web3: fails });
    assert.deepEqual(
      done.toSorted(),
      names.filter((name) => name !== 'web3'),
    );
    assert.deepEqual(busy, []);
    await nextTurn();
    assert.ok(
      messages.some((message) => message.includes('web3') && message.includes('90')),
      String(messages),
    );
  });

  test('says in one notification which of them failed', async () => {
    messages.length = 0;
    const failing = names.slice(2).map((name) => {
      const fails = (): Promise<void> =>
        Promise.reject(new MachineError({ kind: 'didNotStop', name, waitedMs: 90_000 }));
      return [name, fails] as const;
    });
    const { done } = await act(Object.fromEntries(failing));
    assert.deepEqual(done.toSorted(), names.slice(0, 2));
    await nextTurn();
    assert.equal(messages.length, 1);
    assert.match(String(messages[0]), /7 machines still run after 90 seconds: web2, web3, .*web8\./u);
  });
});
