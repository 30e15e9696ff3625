import assert from 'node:assert/strict';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, mock, test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import '../vscode/register.ts';
import type { Archives } from '../../../../src/machines/archives.ts';
import type { Backend } from '../../../../src/machines/backend.ts';
import { MachineError } from '../../../../src/machines/errors.ts';
import type { Snapshot } from '../../../../src/machines/image.ts';
import type { Operation } from '../../../../src/machines/operation.ts';
import { writeRef } from '../../../../src/machines/reference.ts';
import { createBusyRows } from '../../../../src/ui/busyRows.ts';
import type { CommandServices } from '../../../../src/ui/commands/handler.ts';
import { isFailure, runBy } from '../../machines/act/fakeMachine.ts';
import { image, named } from '../tree/samples.ts';
import { chosenFiles, judgements, messages, presses, proposedFiles, typed, Uri } from '../vscode/standIn.ts';

const { backUp, bringBack } = await import('../../../../src/ui/commands/archives.ts');

const zone = process.env['TZ'];
afterEach(() => {
  for (const list of [chosenFiles, judgements, messages, presses, proposedFiles, typed]) list.length = 0;
  mock.timers.reset();
  if (zone === undefined) delete process.env['TZ'];
  else process.env['TZ'] = zone;
});

const idOf = (name: string): string => writeRef({ backend: 'third', scope: '/srv/third', name });

interface World {
  readonly services: CommandServices;
  /** What was packed and brought back. */
  readonly done: string[];
}

const world = (more: Partial<Archives> & { readonly snapshots?: readonly Snapshot[] } = {}): World => {
  const done: string[] = [];
  const operation = (what: string): Operation => ({
    name: what,
    command: { file: 'third', args: [], parse: () => undefined },
    polkitActions: [],
    directly: () => {
      done.push(what);
      return Promise.resolve(true);
    },
    explain: () => Promise.resolve(undefined),
    settle: () => Promise.resolve(),
  });
  const { snapshots, ...archives } = more;
  const backend: Backend = {
    id: 'third',
    label: 'Third',
    createInventory: () => assert.fail(),
    operations: {},
    terminals: {},
    documents: {},
    checkName: (name) => (name === '' ? 'empty' : undefined),
    snapshots: { list: () => Promise.resolve(snapshots), listByTool: () => assert.fail() },
    creation: {
      unavailable: () => undefined,
      scopes: () => ['/srv/third'],
      isTaken: ({ name }) => name === 'taken',
      templates: () => assert.fail(),
      stores: () => ['dir'],
      create: () => assert.fail(),
    },
    archives: {
      requirePackable: () => Promise.resolve(),
      backUp: (_, { name }, file) => operation(`${name} > ${file}`),
      scope: () => '/srv/third',
      look: () => ({ file: 'look', args: [], parse: ({ stdout }) => stdout }),
      bringBack: (_, { name }, file, packed) => operation(`${file} ${packed} > ${name}`),
      ...archives,
    },
  };
  const say = (): void => undefined;
  const services: object = {
    backends: [backend],
    busy: createBusyRows(),
    inventory: {
      machines: new Map(),
      enabled: new Set(),
      failed: new Map(),
      images: named(image('web', { id: idOf('web') })),
    },
    log: { debug: say, info: say, error: say, show: say },
    run: runBy(() => ''),
  };
  return { services: services as CommandServices, done };
};

const web = [{ kind: 'image', id: idOf('web') }];

describe('a container that is packed', () => {
  test('is proposed the date that the clock on the wall shows', async () => {
    mock.timers.enable({ apis: ['Date'], now: Date.UTC(2026, 0, 1, 23) });
    process.env['TZ'] = 'Pacific/Kiritimati';
    const { services, done } = world({ snapshots: [] });
    chosenFiles.push(Uri.file('/x.tar.gz'));
    await backUp(services, web);
    assert.deepEqual(proposedFiles, [join(homedir(), 'web-2026-01-02.tar.gz')]);
    assert.deepEqual([done, messages], [['web > /x.tar.gz'], ['web is packed in /x.tar.gz.']]);
  });

  test('is said to be without its snapshots also where nobody may look whether there are some', async () => {
    const { services } = world();
    chosenFiles.push(Uri.file('/x.tar.gz'));
    await backUp(services, web);
    assert.deepEqual(messages, ['web is packed in /x.tar.gz, without its snapshots.']);
  });

  test('is not asked for a file where it cannot be packed, and only for one of this host', async () => {
    const failure = { kind: 'archiveProblem', name: idOf('web'), problem: 'treeElsewhere' } as const;
    const refused = world({ requirePackable: () => Promise.reject(new MachineError(failure)) });
    await assert.rejects(backUp(refused.services, web), isFailure('archiveProblem'));
    assert.deepEqual(proposedFiles, []);
    const { services, done } = world();
    chosenFiles.push(Uri.from({ scheme: 'vscode-vfs', path: '/x' }), Uri.from({ scheme: 'vscode-vfs', path: '/x' }));
    await assert.rejects(backUp(services, web), isFailure('fileProblem'));
    await assert.rejects(bringBack(services, []), isFailure('fileProblem'));
    assert.deepEqual(done, []);
  });
});

describe('an archive', () => {
  const bring = async (packed: string): Promise<World> => {
    const made = world();
    chosenFiles.push(Uri.file('/backups/web-2026.tar.gz'));
    presses.push('Bring Back');
    await bringBack({ ...made.services, run: runBy(() => packed) }, []);
    await nextTurn();
    return made;
  };

  test('is brought back under its own name', async () => {
    const { done } = await bring('web');
    assert.deepEqual(done, ['/backups/web-2026.tar.gz web > web']);
    assert.match(messages[0] ?? '', /^Bring web back from/u);
  });

  test('is asked a name where that one is taken, or it tells none', async () => {
    assert.deepEqual((await bring('taken')).done, ['/backups/web-2026.tar.gz taken > taken-back']);
    assert.deepEqual((await bring('')).done, ['/backups/web-2026.tar.gz  > web-2026']);
    typed.push('taken');
    await bring('');
    assert.equal(judgements.at(-1), 'There is already a container of this name.');
  });
});
