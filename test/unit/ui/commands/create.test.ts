import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import '../vscode/register.ts';
import type { Backend } from '../../../../src/machines/backend.ts';
import type { CreationPlan, Template } from '../../../../src/machines/creation.ts';
import { MachineError } from '../../../../src/machines/errors.ts';
import { readRef, writeRef } from '../../../../src/machines/reference.ts';
import { createBusyRows } from '../../../../src/ui/busyRows.ts';
import type { CommandServices } from '../../../../src/ui/commands/handler.ts';
import { splitArguments } from '../../../../src/ui/commands/create/splitArguments.ts';
import { isFailure, runBy } from '../../machines/act/fakeMachine.ts';
import { executed, judgements, messages, picked, presses, progressTexts, typed } from '../vscode/standIn.ts';

const { create } = await import('../../../../src/ui/commands/create/create.ts');

afterEach(() => {
  for (const list of [executed, judgements, messages, picked, presses, progressTexts, typed]) list.length = 0;
});

const images = [
  { distribution: 'alpine', release: '3.20', architecture: 'amd64' },
  { distribution: 'debian', release: 'trixie', architecture: 'arm64' },
  { distribution: 'debian', release: 'trixie', architecture: 'amd64' },
];
const download: Template = {
  name: 'download',
  questions: [
    { id: 'distribution', form: 'word', suggestions: [] },
    { id: 'release', form: 'word', suggestions: [] },
    { id: 'architecture', form: 'word', suggestions: ['amd64'] },
  ],
  list: () => Promise.resolve(images),
};
const other: Template = { name: 'other', questions: [{ id: 'arguments', form: 'arguments', isOptional: true }] };

interface Made {
  readonly services: CommandServices;
  readonly plans: (CreationPlan & { readonly name: string })[];
}

const world = (more: Partial<NonNullable<Backend['creation']>> = {}): Made => {
  const plans: (CreationPlan & { readonly name: string })[] = [];
  const backend: Backend = {
    id: 'third',
    label: 'Third',
    createInventory: () => assert.fail(),
    operations: {},
    terminals: {},
    documents: {},
    checkName: (name) => (name === '' ? 'empty' : undefined),
    creation: {
      unavailable: () => undefined,
      scopes: () => ['/srv/third'],
      isTaken: ({ name }) => name === 'taken',
      templates: () => [{ name: 'small', questions: [] }, download, other],
      stores: () => ['dir'],
      create: (_, ref, plan, follow) => {
        plans.push({ ...plan, name: writeRef(ref) });
        return {
          operation: {
            name: writeRef(ref),
            command: { file: 'third', args: [], parse: () => undefined },
            polkitActions: [],
            directly: () => {
              follow('Unpacking [a](command:b)');
              return Promise.resolve(true);
            },
            explain: () => Promise.resolve(undefined),
            settle: () => Promise.resolve(),
          },
          advice: () => ['No password yet.'],
        };
      },
      ...more,
    },
  };
  const say = (): void => undefined;
  const services: object = {
    backends: [backend],
    busy: createBusyRows(),
    inventory: { machines: new Map(), images: new Map() },
    log: { debug: say, info: say, error: say, show: say },
    run: runBy(() => ''),
    terminals: { run: () => Promise.resolve(0) },
  };
  return { services: services as CommandServices, plans };
};

const web = writeRef({ backend: 'third', scope: '/srv/third', name: 'web' });

describe('a container that is created step by step', () => {
  test('has name, template and store, tells what the tool says, and is started by a button', async () => {
    const { services, plans } = world();
    typed.push('web');
    presses.push('Start');
    await create(services, []);
    await nextTurn();
    assert.deepEqual(plans, [{ name: web, template: 'small', answers: {}, args: [], store: { kind: 'dir' } }]);
    assert.ok(progressTexts.includes('Unpacking [a] (command:b)'), progressTexts.join());
    assert.deepEqual(messages, ['web is there. No password yet.']);
    assert.deepEqual(executed, [['nspawn.start', { kind: 'image', id: web }]]);
    assert.equal(readRef(web).name, 'web');
  });

  test('is made where a person says, who is asked only where there are several places', async () => {
    const scopes = (): readonly [string, ...string[]] => ['/home/kim/own', '/srv/third'];
    const { services, plans } = world({ scopes, stores: (scope) => (scope === '/srv/third' ? ['loop'] : ['dir']) });
    typed.push('web');
    picked.push('Container of /home/kim/own', 'small');
    await create(services, []);
    assert.deepEqual(
      plans.map(({ name, store }) => [name, store.kind]),
      [[writeRef({ backend: 'third', scope: '/home/kim/own', name: 'web' }), 'dir']],
    );
  });

  test('is asked for what its template can bring, as far as it fits', async () => {
    const { services, plans } = world({ stores: () => ['dir', 'loop'] });
    typed.push('web', '3G');
    picked.push('download', 'debian', 'trixie', 'amd64', 'File with a file system');
    await create(services, []);
    assert.deepEqual(plans[0]?.answers, { distribution: 'debian', release: 'trixie', architecture: 'amd64' });
    assert.deepEqual(plans[0].store, { kind: 'loop', size: '3G' });
  });

  test('is asked to be typed where there is no list, which is said', async () => {
    const list = (): Promise<never> =>
      Promise.reject(new MachineError({ kind: 'timedOut', file: 'lxc-download', afterMs: 25_000 }));
    const { services, plans } = world({ templates: () => [{ ...download, list }] });
    typed.push('web', 'debian', 'trixie');
    await create(services, []);
    assert.deepEqual(plans[0]?.answers, { distribution: 'debian', release: 'trixie', architecture: 'amd64' });
    assert.match(messages[0] ?? '', /^The list of images cannot be fetched, .* gave no answer for 25 seconds/u);
    typed.push('web', '../x');
    judgements.length = 0;
    await create(services, []);
    assert.match(String(judgements[1]), /^Only letters, digits/u);
  });

  test('is called off where a question is closed, and a name that is taken is said while it is typed', async () => {
    const { services, plans } = world();
    typed.push('taken');
    picked.push('nothing of the list');
    await assert.rejects(create(services, []), isFailure('cancelled'));
    assert.deepEqual([judgements, plans], [['There is already a container of this name.'], []]);
  });

  test('may have options of its own, which no shell sees', async () => {
    const { services, plans } = world();
    typed.push('web', '--a "b c" $HOME');
    picked.push('other');
    await create(services, []);
    assert.deepEqual(plans[0]?.args, ['--a', 'b c', '$HOME']);
  });

  test('says so where no tool is there', async () => {
    await assert.rejects(
      create(world({ unavailable: () => ({ kind: 'toolMissing', file: 'third' }) }).services, []),
      isFailure('toolMissing'),
    );
    const templates = (): never => {
      throw new MachineError({ kind: 'noTemplates', directory: '/usr/share' });
    };
    typed.push('web');
    await assert.rejects(create(world({ templates }).services, []), isFailure('noTemplates'));
  });
});

test('options are parted at blanks, with their quotes taken away, and nothing is replaced', () => {
  for (const [line, words] of [
    ['', []],
    ['  a  b ', ['a', 'b']],
    [`a'b c'"d \\"e\\x" \\ f`, ['ab cd "e\\x', ' f']],
    [`'' "" x`, ['', '', 'x']],
    ['$(id) `id` ~ * ; | &', ['$(id)', '`id`', '~', '*', ';', '|', '&']],
    [`it's`, undefined],
    ['"', undefined],
    ['a\\', undefined],
  ] as const)
    assert.deepEqual(splitArguments(line), words, line);
});
