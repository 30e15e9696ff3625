import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import './vscode/register.ts';
import type { Backend } from '../../../src/machines/backend.ts';
import { createBackendsInventory } from '../../../src/machines/backendsInventory.ts';
import type { Inventory, InventoryChange } from '../../../src/machines/inventory.ts';
import { nspawn } from '../../../src/machines/nspawn/backend.ts';
import type { Operation, OperationHost } from '../../../src/machines/operation.ts';
import { writeRef } from '../../../src/machines/reference.ts';
import { createBusyRows } from '../../../src/ui/busyRows.ts';
import type { CommandServices } from '../../../src/ui/commands/handler.ts';
import { createRowMoves } from '../../../src/ui/rowMoves.ts';
import type { MachinesTree } from '../../../src/ui/tree/machinesTree.ts';
import { type Node, nodeId } from '../../../src/ui/tree/node.ts';
import { runBy } from '../machines/act/fakeMachine.ts';
import { readJson } from '../manifest/sources.ts';
import { holds, parseWhen } from '../manifest/whenClause.ts';
import { fakeGroup, fakeSource } from './cgroups/fakeGroups.ts';
import { details, image, machine, named } from './tree/samples.ts';
import { messages, progressTexts, shownItems } from './vscode/standIn.ts';

const { createMachinesTree } = await import('../../../src/ui/tree/machinesTree.ts');
const { powerOff, start } = await import('../../../src/ui/commands/lifecycle.ts');
const { showStatus } = await import('../../../src/ui/commands/show.ts');

const idOf = (name: string): string => writeRef({ backend: 'third', scope: '/srv/third', name });

interface World {
  readonly running: Set<string>;
  readonly backends: readonly Backend[];
  readonly inventory: Inventory;
  readonly services: CommandServices;
  readonly tree: MachinesTree;
  readonly logged: readonly string[];
}

const quiet = (known: Pick<Inventory, 'machines' | 'images'>): Inventory => ({
  availability: { kind: 'ready' },
  imagesCut: false,
  enabled: new Set(),
  failed: new Map(),
  watch: () => Promise.resolve(),
  pause: () => undefined,
  refresh: () => Promise.resolve(),
  details: () => Promise.resolve(details()),
  imageOs: () => Promise.resolve(undefined),
  onDidChange: () => () => undefined,
  dispose: () => undefined,
  ...known,
});

/** A kind of machines that lists, starts and stops what it has, beside machines of systemd-nspawn, one of the same name. */
const world = (...names: readonly string[]): World => {
  const running = new Set<string>();
  const listeners = new Set<(changes: readonly InventoryChange[]) => void>();
  const images = named(...names.map((name) => image(name, { id: idOf(name), path: `/srv/third/${name}` })));
  const switchTo =
    (runs: boolean) =>
    (_: OperationHost, { name }: { readonly name: string }): Operation => ({
      name: idOf(name),
      command: { file: 'third', args: [name], parse: () => undefined },
      polkitActions: [],
      directly: () => {
        running[runs ? 'add' : 'delete'](name);
        const kind = runs ? 'machineAdded' : 'machineRemoved';
        for (const listener of listeners) listener([{ kind, id: idOf(name) }]);
        return Promise.resolve(true);
      },
      explain: () => Promise.resolve(undefined),
      settle: () => Promise.resolve(),
    });
  const third: Backend = {
    id: 'third',
    label: 'Third',
    icon: 'layers',
    createInventory: () => ({
      ...quiet({ machines: new Map(), images }),
      get machines() {
        return named(
          ...[...running].map((name) => machine(name, { id: idOf(name), unit: undefined, rootDirectory: undefined })),
        );
      },
      onDidChange: (listener) => {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
    }),
    operations: { start: switchTo(true), powerOff: switchTo(false) },
    terminals: {},
    documents: {},
    checkName: () => undefined,
  };
  const first: Backend = {
    ...nspawn,
    createInventory: () => quiet({ machines: named(machine('web')), images: named(image('web'), image('spare')) }),
  };
  const backends = [first, third];
  const inventory = createBackendsInventory(backends, { imageDirectories: [] });
  const logged: string[] = [];
  const say = (line: unknown): void => void logged.push(String(line));
  const log = { debug: say, info: say, warn: say, error: say };
  const services: object = {
    ...{ backends, inventory, log, busy: createBusyRows(), moves: createRowMoves(), run: runBy(() => '') },
    terminals: { run: () => Promise.resolve(0) },
    context: { workspaceState: { get: () => [], update: () => Promise.resolve() } },
  };
  const tree = createMachinesTree({
    services: services as CommandServices,
    arrangement: {
      ...{ groupBy: 'none', sortBy: 'name', filter: '' },
      ...{ showHidden: false, showHost: false, showRunningOnly: false },
    },
    nspawnFile: () => Promise.resolve(undefined),
    groups: fakeSource(fakeGroup()),
    useIntervalMs: () => 0,
    onDidDraw: () => undefined,
  });
  return { running, backends, inventory, services: services as CommandServices, tree, logged };
};

interface Shown {
  readonly label: string;
  readonly contextValue: string;
  /** All that a person can read of the row, its hover and the lines below it. */
  readonly texts: readonly unknown[];
}

const look = async ({ tree }: World, id: string): Promise<Shown> => {
  await tree.show();
  const rows = (await tree.getChildren()) ?? [];
  const row = rows.find((node: Node) => nodeId(node) === `image/${id}`) ?? assert.fail(rows.map(nodeId).join(' '));
  const item = await tree.getTreeItem(row);
  const resolved = (await tree.resolveTreeItem?.(item, row, undefined as never)) ?? item;
  const lines: (typeof item)[] = [];
  for (const line of (await tree.getChildren(row)) ?? []) lines.push(await tree.getTreeItem(line));
  const textsOf = (one: typeof item): readonly unknown[] => [
    ...[one.label, one.description, one.tooltip, one.accessibilityInformation?.label],
  ];
  return {
    label: typeof item.label === 'string' ? item.label : '',
    contextValue: String(item.contextValue),
    texts: [resolved, ...lines].flatMap(textsOf),
  };
};

interface Menus {
  readonly contributes: {
    readonly menus: Readonly<Record<string, readonly { readonly command: string; readonly when: string }[]>>;
  };
}
const items = (readJson('package.json') as Menus).contributes.menus['view/item/context'] ?? [];
const offeredOn = (viewItem: string): readonly string[] =>
  [
    ...new Set(
      items
        .filter(({ when }) => holds(parseWhen(when), { view: 'nspawn.machines', viewItem }))
        .map(({ command }) => command.replace('nspawn.', '')),
    ),
  ].sort();

const noRawId = (texts: readonly unknown[]): void => {
  for (const text of texts) assert.doesNotMatch(JSON.stringify([text]), /%2F|third\/%/u);
};

beforeEach(() => {
  for (const list of [messages, progressTexts, shownItems]) list.length = 0;
});

test('a further kind of machines has rows beside those of systemd-nspawn, also where names are the same', async () => {
  const now = world('web', 'a b_ü');
  await now.tree.show();
  const ids = ((await now.tree.getChildren()) ?? []).map(nodeId);
  assert.deepEqual(
    new Set(ids),
    new Set(['image/web', 'image/spare', `image/${idOf('web')}`, `image/${idOf('a b_ü')}`]),
  );
  const own = await look(now, idOf('web'));
  assert.equal(own.label, 'web');
  assert.equal(own.contextValue, 'image;managed;tree;start');
  assert.equal((await look(now, idOf('a b_ü'))).label, 'a b_ü');
  // The machine of that name belongs to systemd-nspawn, and stands on the row of its own image.
  assert.match((await look(now, 'web')).contextValue, /^image;running;container;/u);
  assert.equal(now.inventory.machines.size, 1);
  assert.deepEqual([...now.inventory.images.keys()].sort(), ['spare', 'web', idOf('a b_ü'), idOf('web')].sort());
});

test('its rows have the icon of their kind where rows of another kind stand beside them', async () => {
  const iconOf = async ({ tree }: World, id: string): Promise<unknown> => {
    await tree.show();
    const row = ((await tree.getChildren()) ?? []).find((node) => nodeId(node) === `image/${id}`);
    return (await tree.getTreeItem(row ?? assert.fail(id))).iconPath;
  };
  const now = world('box');
  assert.match(JSON.stringify(await iconOf(now, idOf('box'))), /"layers"/u);
  assert.match(JSON.stringify(await iconOf(now, 'spare')), /"package"/u);
});

test('it is started and stopped by the commands that there are, and its row follows', async () => {
  const now = world('web');
  const row = { kind: 'image', id: idOf('web') };
  await now.tree.show();
  await start(now.services, [row]);
  assert.deepEqual([...now.running], ['web']);
  assert.match((await look(now, idOf('web'))).contextValue, /^image;running;container;managed;tree;start;poweroff$/u);
  assert.deepEqual(now.tree.counts(), { running: 2, all: 3 });
  await powerOff(now.services, [row]);
  assert.deepEqual([...now.running], []);
  assert.match((await look(now, idOf('web'))).contextValue, /^image;managed;tree;start$/u);
  assert.deepEqual(messages, []);
});

test('no menu has an entry for what it cannot do', async () => {
  const now = world('web');
  const always = ['copyName', 'openRootDirectory'];
  assert.deepEqual(offeredOn((await look(now, idOf('web'))).contextValue), [...always, 'start'].sort());
  const other = world('web');
  other.running.add('web');
  const whileRunning = ['cgroups.revealMachine', 'copyAddress', 'copyLeader', 'powerOff'];
  assert.deepEqual(offeredOn((await look(other, idOf('web'))).contextValue), [...always, ...whileRunning].sort());
  // What systemd-nspawn can do is offered on its rows as ever.
  assert.ok(offeredOn((await look(now, 'spare')).contextValue).includes('clone'));
});

test('what it cannot do is said in a sentence where somebody asks for it all the same', async () => {
  const now = world('web');
  await assert.rejects(showStatus(now.services, [{ kind: 'image', id: idOf('web') }]), {
    failure: { kind: 'notOffered', name: idOf('web'), backend: 'Third' },
  });
});

test('nobody reads how it is written for the machine', async () => {
  const now = world('web');
  const row = { kind: 'image', id: idOf('web') };
  noRawId((await look(now, idOf('web'))).texts);
  await start(now.services, [row]);
  noRawId((await look(now, idOf('web'))).texts);
  await powerOff(now.services, []).catch(() => undefined);
  await powerOff(now.services, [row, [row, { kind: 'image', id: 'web' }]]).catch(() => undefined);
  assert.ok(progressTexts.length > 0 && now.logged.length > 0);
  noRawId([...messages, ...progressTexts, ...now.logged]);
});
