import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import '../vscode/register.ts';
import { lxc } from '../../../../src/machines/lxc/backend.ts';
import type { Machine, MachineDetails } from '../../../../src/machines/machine.ts';
import { nspawn } from '../../../../src/machines/nspawn/backend.ts';
import type { CommandServices } from '../../../../src/ui/commands/handler.ts';
import { isFailure, runBy } from '../../machines/act/fakeMachine.ts';
import { machine, named } from '../tree/samples.ts';
import { log, messages, settings } from '../vscode/standIn.ts';

const { readDetails } = await import('../../../../src/ui/commands/readDetails.ts');

const { getuid } = process;
beforeEach(() => {
  messages.length = 0;
  settings.clear();
  settings.set('nspawn.privilege', 'sudo');
  Object.assign(process, { getuid: () => 1000 });
});
afterEach(() => Object.assign(process, { getuid }));

const container = 'lxc/%2Fvar%2Flib%2Flxc/box';

interface World {
  readonly services: CommandServices;
  readonly seen: readonly string[];
  readonly learnt: readonly [Machine, MachineDetails][];
  readonly web: Machine;
}

const world = (says: string): World => {
  const seen: string[] = [];
  const learnt: [Machine, MachineDetails][] = [];
  const web = machine('web');
  const inventory = {
    ...{ machines: named(web, machine('box', { id: container })), images: new Map(), enabled: new Set() },
    failed: new Map(),
    refresh: () => Promise.resolve(),
    details: () => Promise.resolve({ state: 'running', os: undefined, addresses: [], withheld: false }),
    learn: (...one: [Machine, MachineDetails]) => void learnt.push(one),
  };
  const run = runBy((line) => (line.includes('varlinkctl') ? says : ''), seen);
  const services: object = { run, inventory, log, backends: [nspawn, lxc], terminals: { run: () => assert.fail() } };
  return { services: services as CommandServices, seen, learnt, web };
};

const line = (id: string): readonly unknown[] => [
  { kind: 'detail', owner: { kind: 'machine', id }, detail: 'withheld', index: 0 },
];

test('what only administrators are shown is read by the way of the setting, and the inventory keeps it', async () => {
  const { services, seen, learnt, web } = world('{"name":"web","OSRelease":["ID=debian","NAME=Debian"]}');
  await readDetails(services, line('web'));
  assert.deepEqual(learnt, [
    [
      web,
      {
        ...{ state: 'running', addresses: [] },
        os: { id: 'debian', name: 'Debian', versionId: undefined, prettyName: undefined },
      },
    ],
  ]);
  assert.match(seen.at(-1) ?? '', /sudo .*varlinkctl .*io\.systemd\.Machine\.List \{"name":"web",/u);
  assert.deepEqual(messages, []);
});

test('a machine that does not say what it is, is said to be one', async () => {
  const { services, learnt } = world('{"name":"web"}');
  await readDetails(services, line('web'));
  assert.equal(learnt.length, 1);
  assert.deepEqual(messages, ['web does not say what operating system it is.']);
});

test('a kind that withholds nothing has nothing to read, and no tool runs', async () => {
  const { services, seen, learnt } = world('');
  await assert.rejects(readDetails(services, line(container)), isFailure('notOffered'));
  assert.deepEqual([seen, learnt], [[], []]);
});

test('where nothing is withheld, that is said from the palette, and nobody is asked for a password', async () => {
  const { services, seen, learnt } = world('');
  await assert.rejects(readDetails(services, []), isFailure('cancelled'));
  assert.deepEqual([seen, learnt], [[], []]);
  assert.deepEqual(messages, ['This system shows you operating system and addresses of all running machines already.']);
});
