import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { nspawnOfUser } from '../../../../src/machines/nspawn/user/backend.ts';
import { asUser } from '../../../../src/machines/nspawn/user/scope.ts';
import type { Operation } from '../../../../src/machines/operation.ts';
import { performOperation } from '../../../../src/machines/performOperation.ts';
import { readRef } from '../../../../src/machines/reference.ts';
import { MachineError } from '../../../../src/machines/errors.ts';
import { type Answer, createFakeMachine, type FakeMachine, lineOf, unitText } from './fakeMachine.ts';

const id = 'nspawn/user/box';
const { operations } = nspawnOfUser;
const { signal } = new AbortController();

describe("what is done to a user's own machine", () => {
  const now: { machine?: FakeMachine; answer: (line: string) => Answer; runtime?: string | undefined } = {
    answer: () => '',
  };
  const machine = (): FakeMachine => now.machine ?? assert.fail();
  const perform = async (operation: Operation | Promise<Operation> | undefined): Promise<void> => {
    assert.ok(operation !== undefined);
    const made = await operation;
    assert.deepEqual([made.name, made.polkitActions, made.asThisUser, made.withoutBus], [id, [], true, undefined]);
    await performOperation(machine().host.run, made, signal);
  };
  const failureOf = (work: Promise<unknown>): Promise<unknown> =>
    work.then(
      () => assert.fail('it succeeded'),
      (error: unknown) => (error instanceof MachineError ? error.failure : error),
    );

  beforeEach(() => {
    now.runtime = process.env['XDG_RUNTIME_DIR'];
    process.env['XDG_RUNTIME_DIR'] = `/run/user/${process.geteuid?.()}`;
    now.machine = createFakeMachine((line) => now.answer(line));
  });
  afterEach(() => {
    if (now.runtime === undefined) delete process.env['XDG_RUNTIME_DIR'];
    else process.env['XDG_RUNTIME_DIR'] = now.runtime;
    machine().remove();
  });

  test('is asked of the machined and the systemd of the user, and nobody else', async () => {
    now.answer = (line) => {
      if (line.includes(' show --no-pager')) return unitText('inactive');
      if (line.includes(' terminate ')) machine().deregister();
      return line.includes('machinectl --user show -- ') ? 'Unit=user@1000.service\nLeader=94\n' : '';
    };
    machine().register();
    await perform(operations.terminate?.(machine().host, readRef(id)));
    assert.ok(machine().seen.includes('machinectl --user terminate -- box'), machine().seen.join('\n'));
    for (const line of machine().seen) assert.match(line, /^\w+ --user /u);
    // Its end is that of its own unit, not of all that this user has.
    const asked = machine().seen.filter((line) => line.includes(' show --no-pager'));
    assert.ok(
      asked.length > 0 && asked.every((line) => line.endsWith(' -- systemd-nspawn@box.service')),
      asked.join('\n'),
    );
  });

  test('fails in words about the machine of the user', async () => {
    assert.deepEqual(await failureOf(Promise.resolve(operations.powerOff?.(machine().host, readRef(id)))), {
      kind: 'noSuchMachine',
      name: id,
    });
    now.answer = (line) => {
      if (line.includes('journalctl'))
        return '{"MESSAGE":"Failed to connect to nsresourced","_SYSTEMD_USER_UNIT":"systemd-nspawn@box.service"}\n';
      return line.includes(' show --no-pager')
        ? unitText('failed', 'InvocationID=0123456789abcdef0123456789abcdef\n')
        : '';
    };
    const failure = await failureOf(perform(operations.start?.(machine().host, readRef(id))));
    assert.deepEqual(failure, {
      kind: 'didNotStart',
      name: id,
      unit: 'systemd-nspawn@box.service',
      result: 'success',
      journal: ['Failed to connect to nsresourced'],
    });
  });

  test('finds the systemd of the user also where nobody has said where it is', () => {
    delete process.env['XDG_RUNTIME_DIR'];
    const command = { file: 'machinectl', args: ['list'], parse: () => undefined };
    assert.equal(lineOf(asUser(command, '/run/user/7')), 'env XDG_RUNTIME_DIR=/run/user/7 machinectl --user list');
    assert.deepEqual(asUser({ ...command, file: 'sh' }).args, ['list']);
  });
});
