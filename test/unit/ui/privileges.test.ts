import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import './vscode/register.ts';
import { MachineError } from '../../../src/machines/errors.ts';
import type { Operation } from '../../../src/machines/operation.ts';
import type { TerminalRequest, Terminals } from '../../../src/ui/terminal.ts';
import { type Answer, isFailure, runBy } from '../machines/act/fakeMachine.ts';
import { log, questions, settings } from './vscode/standIn.ts';

const { createPrivileges } = await import('../../../src/ui/privileges.ts');

const tool = { file: 'machinectl', args: ['poweroff', '--', 'web'], parse: () => undefined };

describe('an operation with more privileges', () => {
  const { getuid } = process;
  const now: { happened: string[] } = { happened: [] };
  beforeEach(() => {
    now.happened = [];
    Object.assign(process, { getuid: () => 1000 });
    settings.clear();
  });
  afterEach(() => Object.assign(process, { getuid }));

  const operation = (more: Partial<Operation> = {}): Operation => ({
    name: 'web',
    command: tool,
    polkitActions: ['x.y'],
    explain: () => Promise.resolve(undefined),
    settle: () => {
      now.happened.push('settled');
      return Promise.resolve();
    },
    ...more,
  });

  /** What is called in a terminal ends with that code; of what runs without one, all fails but what is named. */
  const perform = async (
    one: Operation,
    exitCode: number | 'closed',
    answer: (line: string) => Answer = () => 1,
    ask = false,
  ): Promise<unknown> => {
    const terminals: Pick<Terminals, 'run'> = {
      run: ({ file, args }: TerminalRequest) => {
        now.happened.push(['terminal:', file, ...args].join(' '));
        return exitCode === 'closed'
          ? Promise.reject(new MachineError({ kind: 'cancelled' }))
          : Promise.resolve(exitCode);
      },
    };
    const services = { run: runBy(answer), terminals, log };
    const privileges = createPrivileges({
      services,
      title: 'Power Off',
      ask,
    });
    return privileges.perform(one, new AbortController().signal).then(
      () => undefined,
      (error: unknown) => error,
    );
  };
  /** Whatever this host has, there is a way to pick. */
  const withSomeWay = (): void => {
    questions.length = 0;
    settings.set('nspawn.executables', { sudo: '/bin/sh' });
  };
  const inTerminal = 'terminal: machinectl poweroff -- web';

  test('is done when the tool in the terminal has ended well and the state has changed', async () => {
    settings.set('nspawn.privilege', 'terminal');
    assert.equal(await perform(operation(), 0), undefined);
    assert.deepEqual(now.happened, [inTerminal, 'settled']);
  });

  test('is not done when the tool in the terminal failed: the exit code counts', async () => {
    settings.set('nspawn.privilege', 'terminal');
    assert.ok(isFailure('notAuthorized')(await perform(operation(), 1)));
    const gone = { kind: 'noSuchMachine', name: 'web' } as const;
    assert.ok(isFailure('noSuchMachine')(await perform(operation({ explain: () => Promise.resolve(gone) }), 1)));
    settings.set('nspawn.privilege', 'sudo');
    assert.ok(isFailure('toolFailed')(await perform(operation(), 1)));
    assert.deepEqual(now.happened, [inTerminal, inTerminal, 'terminal: sudo -- machinectl poweroff -- web']);
  });

  test('is cancelled with its terminal, and what has not begun is taken back', async () => {
    settings.set('nspawn.privilege', 'terminal');
    const error = await perform(operation({ abandon: () => Promise.resolve('inactive') }), 'closed');
    assert.ok(error instanceof MachineError);
    assert.deepEqual(error.failure, { kind: 'cancelled', left: 'inactive' });
  });

  test('needs no terminal where sudo asks for no password', async () => {
    settings.set('nspawn.privilege', 'sudo');
    assert.equal(await perform(operation(), 1, () => ''), undefined);
    assert.deepEqual(now.happened, ['settled']);
  });

  test('that this user can do without the tool opens no terminal', async () => {
    settings.set('nspawn.privilege', 'terminal');
    assert.equal(await perform(operation({ directly: () => Promise.resolve(true) }), 1), undefined);
    assert.deepEqual(now.happened, ['settled']);
  });

  test('asks for nothing where the setting says so', async () => {
    settings.set('nspawn.privilege', 'direct');
    assert.ok(isFailure('notAuthorized')(await perform(operation(), 0)));
    assert.deepEqual(now.happened, []);
  });

  test('is tried without them, and asks how it is to get them where polkit refuses it', async () => {
    withSomeWay();
    const tried: string[] = [];
    const answer = (line: string): Answer => {
      tried.push(line);
      return 1;
    };
    assert.equal(await perform(operation(), 0, answer), undefined);
    assert.equal(tried[0], 'machinectl poweroff -- web');
    assert.equal(questions.length, 1);
    assert.match(now.happened[0] ?? '', /^terminal: .*machinectl poweroff -- web$/u);
    assert.deepEqual(now.happened.slice(1), ['settled']);
  });

  test('that has been tried already asks at once', async () => {
    withSomeWay();
    const tried: string[] = [];
    const answer = (line: string): Answer => {
      tried.push(line);
      return line.startsWith('sudo') ? 1 : '';
    };
    assert.equal(await perform(operation(), 0, answer, true), undefined);
    assert.ok(!tried.includes('machinectl poweroff -- web'), String(tried));
    assert.equal(questions.length, 1);
    assert.deepEqual(now.happened.slice(1), ['settled']);
  });

  test('asks once for several, whose terminals follow one another', async () => {
    withSomeWay();
    const open = { now: 0, most: 0 };
    const terminals: Pick<Terminals, 'run'> = {
      run: async () => {
        open.now += 1;
        open.most = Math.max(open.most, open.now);
        await new Promise((resolve) => setImmediate(resolve));
        open.now -= 1;
        return 0;
      },
    };
    const services = { run: runBy(() => 1), terminals, log };
    const privileges = createPrivileges({ services, title: 'Power Off', ask: true });
    const { signal } = new AbortController();
    await Promise.all(['one', 'two', 'three'].map((name) => privileges.perform(operation({ name }), signal)));
    assert.equal(questions.length, 1);
    assert.equal(open.most, 1);
    assert.equal(now.happened.length, 3);
  });

  test('that root could not do is not explained by what this user may not', async () => {
    settings.set('nspawn.privilege', 'sudo');
    const error = await perform(operation(), 1, (line) => (line === 'sudo --non-interactive -- true' ? '' : 1));
    assert.ok(isFailure('toolFailed')(error));
    assert.deepEqual(now.happened, []);
  });
});
