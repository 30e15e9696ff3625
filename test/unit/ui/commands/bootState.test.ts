import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import '../vscode/register.ts';
import { backends } from '../../../../src/machines/backends.ts';
import { createBusyRows } from '../../../../src/ui/busyRows.ts';
import type { CommandServices } from '../../../../src/ui/commands/handler.ts';
import { runBy } from '../../machines/act/fakeMachine.ts';
import { log, messages } from '../vscode/standIn.ts';

const { carryBootState } = await import('../../../../src/ui/commands/bootState.ts');

beforeEach(() => {
  messages.length = 0;
});

/** Carries the state of `old`, which starts at boot, and tells which tools were run that change something. */
const carry = async (to: string, enabling: 'works' | 'fails' = 'works'): Promise<readonly string[]> => {
  const enabled = new Set(['old']);
  const changes: string[] = [];
  const run = runBy((line) => {
    const name = /systemd-nspawn@(.+)\.service$/u.exec(line)?.[1] ?? line.split(' ').at(-1) ?? '';
    if (line.startsWith('systemctl show'))
      return `ActiveState=inactive\nUnitFileState=${enabled.has(name) ? 'enabled' : 'disabled'}\n`;
    if (!/ (?:enable|disable) /u.test(line)) return '';
    changes.push(line);
    if (line.includes(' disable ')) enabled.delete(name);
    else if (enabling === 'works') enabled.add(name);
    return '';
  });
  const inventory = {
    machines: new Map(),
    images: new Map(),
    onDidChange: () => () => undefined,
    refresh: () => Promise.resolve(),
  };
  const services: Partial<CommandServices> = {
    busy: createBusyRows(),
    ...({ run, backends, log, inventory, terminals: { run: () => Promise.resolve(0) } } as object),
  };
  await carryBootState(services as CommandServices, 'old', to);
  return changes;
};

test('an image that was renamed starts at boot under its new name, and no link of the old one stays', async () => {
  const changes = await carry('new');
  assert.deepEqual(changes, ['machinectl enable -- new', 'systemctl disable -- systemd-nspawn@old.service']);
  assert.deepEqual(messages, ['$(check) old is now named new, and starts at boot under this name']);
});

test('where no machine can have the new name, the old link goes all the same, and that is said', async () => {
  assert.deepEqual(await carry('a_b'), ['systemctl disable -- systemd-nspawn@old.service']);
  assert.equal(messages.length, 1);
  assert.match(String(messages[0]), /^old is now named a_b\. It does not start at boot any more/u);
});

test('where systemd does not take the new name, that alone is said', async () => {
  await carry('new', 'fails');
  assert.equal(messages.length, 1);
  assert.doesNotMatch(String(messages[0]), /is now named/u);
});
