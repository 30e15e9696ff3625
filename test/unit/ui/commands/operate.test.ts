import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import '../vscode/register.ts';
import { MachineError } from '../../../../src/machines/errors.ts';
import type { Work } from '../../../../src/ui/commands/operate.ts';
import type { Operation } from '../../../../src/machines/operation.ts';
import { createBusyRows } from '../../../../src/ui/busyRows.ts';
import { runBy } from '../../machines/act/fakeMachine.ts';
import { cancelProgress, l10n, log, messages, presses } from '../vscode/standIn.ts';

const { buttonTitle } = await import('../../../../src/ui/failureButtons.ts');
const { operate } = await import('../../../../src/ui/commands/operate.ts');

const inventory = { machines: new Map(), images: new Map(), refresh: () => Promise.resolve() };
const names = Array.from({ length: 9 }, (_, index) => `web${index}`);

describe('an action on several machines', () => {
  /** What those do that are named, and all others when they have really changed a turn later. */
  const act = async (
    settle: Readonly<Partial<Record<string, (signal: AbortSignal) => Promise<void>>>>,
    more: Partial<Work> = {},
  ): Promise<{
    readonly done: readonly string[];
    readonly busy: readonly string[];
    readonly most: number;
    readonly marks: readonly string[];
  }> => {
    const state = { running: 0, most: 0 };
    const busy = createBusyRows();
    const operation = (name: string): Operation => ({
      name,
      command: { file: 'machinectl', args: ['poweroff', '--', name], parse: () => undefined },
      polkitActions: [],
      explain: () => Promise.resolve(undefined),
      directly: () => Promise.resolve(true),
      settle: async (signal) => {
        state.running += 1;
        state.most = Math.max(state.most, state.running);
        await nextTurn();
        state.running -= 1;
        await settle[name]?.(signal);
      },
    });
    const terminals = { run: () => Promise.resolve(0) };
    const done = await operate(
      { busy, log, terminals, inventory, run: runBy(() => '') },
      { title: 'Powering off', what: 'powering off…', names, operation, ...more },
    );
    return {
      done,
      most: state.most,
      busy: names.filter((name) => busy.get(`machine/${name}`) !== undefined),
      marks: names.flatMap((name) => busy.failure(`machine/${name}`) ?? []),
    };
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

  const stillRuns = (name: string, waitedMs = 90_000): Promise<void> =>
    Promise.reject(new MachineError({ kind: 'didNotStop', name, waitedMs }));

  test('leaves a mark on the row of what failed, and names what failed in the order of the list', async () => {
    messages.length = 0;
    const slowly = async (): Promise<void> => {
      for (let turn = 0; turn < 50; turn++) await nextTurn();
      await stillRuns('web1');
    };
    const { marks } = await act({ web1: slowly, web5: () => stillRuns('web5') });
    assert.deepEqual(marks, ['still runs', 'still runs']);
    await nextTurn();
    assert.match(String(messages[0]), /: web1, web5\./u);
  });

  test('says the reason that is known besides', async () => {
    messages.length = 0;
    const explain = (name: string): Promise<unknown> =>
      Promise.resolve(new MachineError({ kind: 'didNotStop', name, waitedMs: 7_000 }));
    await act({ web3: () => stillRuns('web3') }, { explain });
    await nextTurn();
    assert.match(String(messages[0]), /7 seconds/u);
  });

  test('does again what failed and nothing else, where more privileges are asked for', async () => {
    messages.length = 0;
    presses.splice(0, Infinity, buttonTitle('retryWithPrivileges', l10n));
    const times = new Map<string, number>();
    const refused = (name: string) => (): Promise<void> => {
      times.set(name, (times.get(name) ?? 0) + 1);
      return times.get(name) === 1
        ? Promise.reject(new MachineError({ kind: 'notAuthorized', polkitAction: 'x.y' }))
        : Promise.resolve();
    };
    const settle = Object.fromEntries(names.map((name) => [name, refused(name)]));
    for (const name of names.slice(2)) times.set(name, 1);
    await act(settle);
    for (let turn = 0; turn < 20; turn++) await nextTurn();
    assert.deepEqual(
      names.map((name) => times.get(name)),
      names.map(() => 2),
    );
    assert.equal(messages.length, 1);
  });

  test('does the only one again that failed, too', async () => {
    messages.length = 0;
    presses.splice(0, Infinity, buttonTitle('retryWithPrivileges', l10n));
    const tried: string[] = [];
    const settle = (): Promise<void> => {
      tried.push('web3');
      return tried.length === 1
        ? Promise.reject(new MachineError({ kind: 'notAuthorized', polkitAction: 'x.y' }))
        : Promise.resolve();
    };
    await act({ web3: settle });
    for (let turn = 0; turn < 20; turn++) await nextTurn();
    assert.deepEqual(tried, ['web3', 'web3']);
  });

  test('begins nothing more once it is called off, ends what waits, and says nothing of it', async () => {
    messages.length = 0;
    const begun: string[] = [];
    const settle = Object.fromEntries(
      names.map((name) => [
        name,
        (signal: AbortSignal): Promise<void> => {
          begun.push(name);
          for (const cancel of cancelProgress) cancel();
          return signal.aborted
            ? Promise.reject(new MachineError({ kind: 'cancelled' }))
            : Promise.reject(new Error('not called off'));
        },
      ]),
    );
    const { done, busy, marks } = await act(settle);
    await nextTurn();
    assert.deepEqual([done, busy, marks, messages], [[], [], [], []]);
    assert.deepEqual(begun.toSorted(), names.slice(0, 4));
    assert.equal(cancelProgress.size, 0);
  });

  test('says what goes on of that which was called off', async () => {
    messages.length = 0;
    await act({ web3: () => Promise.reject(new MachineError({ kind: 'cancelled', left: 'activating' })) });
    assert.deepEqual(messages, ['$(check) web3: no longer waited for; its unit is now activating']);
  });

  test('offers nothing for what was over in time', async (context) => {
    context.mock.timers.enable({ apis: ['setTimeout'] });
    const offered: string[] = [];
    await act({}, { slow: { afterMs: 1_000, offer: (late) => void offered.push(...late) } });
    context.mock.timers.tick(60_000);
    context.mock.timers.tick(60_000);
    assert.deepEqual(offered, []);
  });
});
