import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Command, Run } from '../../../../src/machines/command.ts';
import { powerOff } from '../../../../src/machines/machinectl/commands/lifecycleCommands.ts';
import { clone } from '../../../../src/machines/machinectl/commands/imageCommands.ts';
import type { Operation } from '../../../../src/machines/operation.ts';
import { performOperation } from '../../../../src/machines/performOperation.ts';

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
