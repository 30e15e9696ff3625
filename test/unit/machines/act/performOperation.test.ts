import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Command, Run } from '../../../../src/machines/command.ts';
import { MachineError } from '../../../../src/machines/errors.ts';
import { powerOff } from '../../../../src/machines/nspawn/commands/lifecycleCommands.ts';
import { clone } from '../../../../src/machines/nspawn/commands/imageCommands.ts';
import type { Operation } from '../../../../src/machines/operation.ts';
import { performOperation } from '../../../../src/machines/performOperation.ts';
import { type Answer, isFailure, runBy } from './fakeMachine.ts';

const operation = (command: Command<void>, polkitActions: readonly string[]): Operation => ({
  name: 'web',
  command,
  polkitActions,
  explain: () => Promise.resolve(undefined),
  settle: () => Promise.resolve(),
});

const limitOf = async (command: Command<void>, polkitActions: readonly string[]): Promise<number | undefined> => {
  const limits: (number | undefined)[] = [];
  const run: Run = (given) => {
    limits.push(given.timeoutMs);
    return Promise.resolve(given.parse({ exitCode: 0, stdout: '', stderr: '' }));
  };
  await performOperation(run, operation(command, polkitActions), new AbortController().signal);
  return limits[0];
};

test('a person who is asked for a password gets minutes, and longer limits stay', async (t) => {
  const polkitActions = ['org.freedesktop.machine1.manage-machines'];
  const { getuid } = process;
  t.after(() => Object.assign(process, { getuid }));
  Object.assign(process, { getuid: () => 1000 });
  assert.equal(await limitOf(powerOff('web'), polkitActions), 300_000);
  assert.equal(await limitOf(clone('web', 'two', false), polkitActions), 1_800_000);
  assert.equal(await limitOf(powerOff('web'), []), undefined);
  Object.assign(process, { getuid: () => 0 });
  assert.equal(await limitOf(powerOff('web'), polkitActions), undefined);
});

describe('an operation', () => {
  /** What happens, in order; the tools answer as they are told, and root asks no polkit. */
  const performed = async (
    more: Partial<Operation>,
    answer: (line: string) => Answer = () => '',
    signal = new AbortController().signal,
  ): Promise<{ readonly happened: readonly string[]; readonly error: unknown }> => {
    const happened: string[] = [];
    const one: Operation = {
      ...operation(powerOff('web'), []),
      settle: () => {
        happened.push('settled');
        return Promise.resolve();
      },
      ...more,
    };
    const error = await performOperation(runBy(answer, happened), one, signal).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    return { happened, error };
  };
  const tool = 'machinectl poweroff -- web';
  const fails = (line: string): Answer => (line === tool ? 1 : '');
  const { getuid } = process;
  const beUser = (uid: number): void => void Object.assign(process, { getuid: () => uid });
  afterEach(() => Object.assign(process, { getuid }));

  test('ends when the state has changed, not when the tool has ended', async () => {
    const slow = { isSo: false };
    const { happened, error } = await performed({
      settle: async () => {
        await sleep(20);
        slow.isSo = true;
      },
    });
    assert.deepEqual([happened, error, slow.isSo], [[tool], undefined, true]);
    assert.deepEqual((await performed({})).happened, [tool, 'settled']);
    const didNot = new MachineError({ kind: 'didNotStop', name: 'web', waitedMs: 1 });
    assert.equal((await performed({ settle: () => Promise.reject(didNot) })).error, didNot);
  });

  test('that is done without the tool waits, too, and runs nothing', async () => {
    assert.deepEqual((await performed({ directly: () => Promise.resolve(true) })).happened, ['settled']);
    assert.deepEqual((await performed({ directly: () => Promise.resolve(false) })).happened, [tool, 'settled']);
  });

  test('whose tool fails says what was really the matter, and waits for nothing', async () => {
    beUser(1000);
    const gone = { kind: 'noSuchMachine', name: 'web' } as const;
    const explained = await performed({ explain: () => Promise.resolve(gone) }, fails);
    assert.ok(isFailure('noSuchMachine')(explained.error));
    assert.deepEqual(explained.happened, [tool]);
    assert.ok(isFailure('toolFailed')((await performed({}, fails)).error));
    const forbidden = await performed({ polkitActions: ['x.y'] }, () => 1);
    assert.ok(isFailure('notAuthorized')(forbidden.error));
  });

  test('is tried once more where the failure cleared its own cause, and only once', async () => {
    beUser(1000);
    const times = { left: 1 };
    const once = (line: string): Answer => (line === tool && times.left-- > 0 ? 1 : '');
    assert.deepEqual((await performed({ again: () => Promise.resolve(true) }, once)).happened, [tool, tool, 'settled']);
    assert.deepEqual((await performed({ again: () => Promise.resolve(true) }, fails)).happened, [tool, tool]);
  });

  test('goes without the bus where the bus refuses root, and nowhere else', async () => {
    const withoutBus = { ...powerOff('web'), file: 'systemctl' };
    const other = 'systemctl poweroff -- web';
    beUser(0);
    const refused = (line: string): Answer => (line === tool || line.startsWith('busctl') ? 1 : '');
    const through = await performed({ withoutBus }, refused);
    assert.ok(through.happened.includes(other) && through.happened.at(-1) === 'settled');
    assert.ok(isFailure('busUnavailable')((await performed({ polkitActions: ['to-power-off'] }, refused)).error));
    assert.ok(!(await performed({ withoutBus }, fails)).happened.includes(other));
    beUser(1000);
    assert.ok(!(await performed({ withoutBus }, refused)).happened.includes(other));
  });

  test('asks first what makes the tool end sooner, and does not mind where that fails', async () => {
    const first = { ...powerOff('web'), file: 'first' };
    const line = 'first poweroff -- web';
    assert.deepEqual((await performed({ first }, (given) => (given === line ? 1 : ''))).happened, [
      line,
      tool,
      'settled',
    ]);
  });

  test('that is cancelled takes back what has not begun, and says what is left', async () => {
    const cancelled = new MachineError({ kind: 'cancelled' });
    const { error } = await performed({
      settle: () => Promise.reject(cancelled),
      abandon: () => Promise.resolve('activating'),
    });
    assert.ok(error instanceof MachineError);
    assert.deepEqual(error.failure, { kind: 'cancelled', left: 'activating' });
  });

  test('whose tool takes too long does the same, and a loss is said in place of both', async () => {
    const late = { kind: 'timedOut', file: 'machinectl', afterMs: 1 } as const;
    const fails = (): Promise<void> => Promise.reject(new MachineError(late));
    const lost = { kind: 'notRestored', name: 'web', path: '/x' } as const;
    const left = await performed({ settle: fails, abandon: () => Promise.resolve('unfinished') });
    assert.ok(left.error instanceof MachineError);
    assert.deepEqual(left.error.failure, { ...late, left: 'unfinished' });
    const { error } = await performed({ settle: fails, abandon: () => Promise.resolve(lost) });
    assert.ok(error instanceof MachineError);
    assert.deepEqual(error.failure, lost);
  });

  test('that is called off before it has begun takes nothing back', async () => {
    const never = { directly: () => assert.fail('begun'), abandon: () => assert.fail('taken back') };
    const { happened, error } = await performed(never, undefined, AbortSignal.abort());
    assert.ok(isFailure('cancelled')(error));
    assert.deepEqual(happened, []);
  });
});
