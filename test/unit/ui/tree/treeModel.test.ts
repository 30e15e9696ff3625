import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { InventoryChange } from '../../../../src/machines/inventory.ts';
import type { FailedUnit } from '../../../../src/machines/machine.ts';
import { nodeId, type Node } from '../../../../src/ui/tree/node.ts';
import { type Arrangement, createTreeModel, type Touched } from '../../../../src/ui/tree/treeModel.ts';
import { image, machine, named } from './samples.ts';

const plain: Arrangement = {
  groupBy: 'state',
  sortBy: 'name',
  filter: '',
  showHidden: false,
  showHost: false,
  showRunningOnly: false,
};

const world = (more: Partial<Arrangement> = {}) => {
  const machines = named(machine('web'), machine('db'));
  const images = named(image('web'), image('db'), image('base'), image('.hidden'), image('.host'));
  const os = new Map<string, string>();
  const failed = new Map<string, FailedUnit>();
  const source = {
    machines: () => machines,
    images: () => images,
    failed: () => failed,
    traits: (name: string) => ({ os: os.get(name), slice: undefined }),
  };
  return { machines, images, failed, os, model: createTreeModel(source, { ...plain, ...more }) };
};

const ids = (nodes: readonly Node[]): readonly string[] => nodes.map(nodeId);
const touchedIds = (touched: Touched): unknown => (touched === 'everything' ? touched : [...ids(touched)].sort());
const change = (kind: Exclude<InventoryChange['kind'], 'availability'>, id: string): InventoryChange => ({
  kind,
  id,
});

const machineOf = ({ model }: Pick<ReturnType<typeof world>, 'model'>, name: string): string | undefined => {
  const node = model.imageNode(name);
  return node === undefined ? undefined : model.machineOn(node);
};

test('what runs and what is stopped stand in two groups, sorted by name, each image once, hidden ones left out', () => {
  const { model } = world();
  assert.deepEqual(ids(model.roots()), ['group/running', 'group/stopped']);
  assert.deepEqual(ids(model.rowsOf('running')), ['image/db', 'image/web']);
  assert.deepEqual(ids(model.rowsOf('stopped')), ['image/base']);
});

test('by kind, what runs and what is stopped stand together, and a start or a stop moves no row', () => {
  const { model, machines, images } = world({ groupBy: 'kind' });
  assert.deepEqual(ids(model.roots()), ['group/kind/nspawn']);
  const box = 'lxc/%2Fvar%2Flib%2Flxc/box';
  images.set(box, image('box', { id: box, path: '/var/lib/lxc/box/rootfs' }));
  assert.equal(model.apply([change('imageAdded', box)]), 'everything');
  assert.deepEqual(ids(model.roots()), ['group/kind/lxc', 'group/kind/nspawn']);
  assert.deepEqual(ids(model.rowsOf('kind/nspawn')), ['image/base', 'image/db', 'image/web']);
  machines.set(box, machine('box', { id: box, rootDirectory: '/var/lib/lxc/box/rootfs' }));
  assert.deepEqual(touchedIds(model.apply([change('machineAdded', box)])), [`image/${box}`]);
  assert.deepEqual(ids(model.rowsOf('kind/lxc')), [`image/${box}`]);
});

test('the row of what starts at boot, or no longer, is drawn anew, and no other', () => {
  const { model } = world();
  assert.deepEqual(touchedIds(model.apply([change('bootStateChanged', 'web')])), ['image/web']);
  assert.deepEqual(ids(model.rowsAbout()), ['image/web']);
  assert.deepEqual(touchedIds(model.apply([change('bootStateChanged', 'gone')])), []);
});

test('the row of what has failed is drawn anew: that of the path which its unit names, else that of its name', () => {
  const { model } = world();
  assert.deepEqual(touchedIds(model.apply([change('unitFailed', 'base')])), ['image/base']);
  assert.deepEqual(ids(model.rowsAbout()), ['image/base']);
  const elsewhere = { kind: 'unitRecovered', id: 'blog', image: '/var/lib/machines/base' } as const;
  assert.deepEqual(touchedIds(model.apply([elsewhere])), ['image/base']);
  assert.deepEqual(touchedIds(model.apply([change('unitFailed', 'gone')])), []);
});

const failure = (id: string, path?: string): FailedUnit => ({
  ...{ machine: id, unit: `systemd-nspawn@${id}.service`, image: path },
  ...{ result: 'exit-code', exitCode: 1, signal: undefined, since: undefined },
});

test('what has failed and has no image has a row of its own, as long as that is so', () => {
  const { machines, images, failed, model } = world();
  failed.set('lost', failure('lost'));
  assert.deepEqual(touchedIds(model.apply([change('unitFailed', 'lost')])), ['group/stopped']);
  assert.deepEqual(ids(model.rowsOf('stopped')), ['image/base', 'machine/lost']);
  assert.equal(model.machineOn({ kind: 'machine', id: 'lost' }), undefined, 'it does not run');
  assert.deepEqual(model.counts(), { running: 2, all: 4 });
  machines.set('lost', machine('lost', { rootDirectory: '/srv/lost' }));
  model.apply([change('machineAdded', 'lost')]);
  assert.deepEqual(ids(model.rowsOf('running')), ['image/db', 'machine/lost', 'image/web']);
  machines.delete('lost');
  model.apply([change('machineRemoved', 'lost')]);
  images.set('lost', image('lost'));
  model.apply([change('imageAdded', 'lost')]);
  assert.deepEqual(ids(model.rowsOf('stopped')), ['image/base', 'image/lost'], 'its image tells it now');
  images.delete('lost');
  model.apply([change('imageRemoved', 'lost')]);
  assert.deepEqual(ids(model.rowsOf('stopped')), ['image/base', 'machine/lost']);
  failed.clear();
  model.apply([change('unitRecovered', 'lost')]);
  assert.deepEqual(ids(model.rowsOf('stopped')), ['image/base']);
});

test('a service of its own that has failed has a row where its path is no image, and only what fits the filter', () => {
  const { images, failed, model } = world({ groupBy: 'none' });
  failed.set('blog', failure('blog', '/var/lib/machines/base'));
  failed.set('shop', failure('shop', '/srv/shop'));
  model.arrange(model.arrangement);
  assert.deepEqual(ids(model.roots()), ['image/base', 'image/db', 'image/web', 'machine/shop']);
  model.arrange({ ...model.arrangement, filter: 'we' });
  assert.deepEqual(ids(model.roots()), ['image/web']);
  model.arrange({ ...model.arrangement, filter: '', showRunningOnly: true });
  assert.deepEqual(ids(model.roots()), ['image/db', 'image/web']);
  images.clear();
  assert.equal(model.isEmpty(), false);
});

test('in the list without headings no row moves when a machine starts or stops: its image changes in place', () => {
  const { machines, model } = world({ groupBy: 'none' });
  const before = model.roots();
  assert.deepEqual(ids(before), ['image/base', 'image/db', 'image/web']);
  machines.set('base', machine('base'));
  assert.deepEqual(touchedIds(model.apply([change('machineAdded', 'base')])), ['image/base']);
  assert.deepEqual(model.counts(), { running: 3, all: 3 });
  machines.delete('web');
  assert.deepEqual(touchedIds(model.apply([change('machineRemoved', 'web')])), ['image/web']);
  assert.deepEqual(model.counts(), { running: 2, all: 3 });
  const after = model.roots();
  assert.ok(after.every((node, index) => node === before[index]));
});

test('no start moves a row of that list, whatever it is sorted by', () => {
  for (const sortBy of ['name', 'age', 'size', 'modified'] as const) {
    const { machines, model } = world({ groupBy: 'none', sortBy });
    const before = ids(model.roots());
    machines.set('base', machine('base', { since: 5 }));
    model.apply([change('machineAdded', 'base')]);
    assert.deepEqual(ids(model.roots()), before, sortBy);
  }
});

test('a machine without an image has a row of its own, at the end, so that its coming and going moves none', () => {
  const { machines, model } = world({ groupBy: 'none' });
  machines.set('a-copy', machine('a-copy', { rootDirectory: '/var/lib/machines/.#a-copy' }));
  assert.equal(model.apply([change('machineAdded', 'a-copy')]), 'everything');
  assert.deepEqual(ids(model.roots()), ['image/base', 'image/db', 'image/web', 'machine/a-copy']);
});

test('what runs from an image that is hidden is seen all the same, on a row of its own', () => {
  const { machines, model } = world();
  machines.set('hidden', machine('hidden', { rootDirectory: '/var/lib/machines/.hidden' }));
  model.apply([change('machineAdded', 'hidden')]);
  assert.ok(ids(model.rowsOf('running')).includes('machine/hidden'));
  model.arrange({ ...plain, showHidden: true });
  assert.ok(ids(model.rowsOf('running')).includes('image/.hidden'));
  assert.ok(!ids(model.rowsOf('running')).includes('machine/hidden'));
});

test('an image whose name no machine can have is tied to the machine that systemd-nspawn makes of it', () => {
  const { machines, images, model } = world();
  images.set('modèle', image('modèle', { type: 'raw', path: '/var/lib/machines/modèle.raw' }));
  machines.set('modle', machine('modle', { rootDirectory: '/run/systemd/nspawn/mount' }));
  model.apply([change('imageAdded', 'modèle'), change('machineAdded', 'modle')]);
  assert.deepEqual(ids(model.rowsOf('running')), ['image/db', 'image/modèle', 'image/web']);
  assert.equal(machineOf({ model }, 'modèle'), 'modle');
  images.set('modle', image('modle', { type: 'raw', path: '/var/lib/machines/modle.raw' }));
  model.apply([change('imageAdded', 'modle')]);
  assert.equal(machineOf({ model }, 'modle'), 'modle', 'the image of exactly that name comes first');
  assert.equal(machineOf({ model }, 'modèle'), undefined);
});

test('only what runs is shown when a setting asks, and comes and goes with it', () => {
  const { machines, model } = world({ groupBy: 'none', showRunningOnly: true });
  assert.deepEqual(ids(model.roots()), ['image/db', 'image/web']);
  machines.set('base', machine('base'));
  assert.equal(model.apply([change('machineAdded', 'base')]), 'everything');
  assert.deepEqual(ids(model.roots()), ['image/base', 'image/db', 'image/web']);
});

test('hidden images and the host are shown when asked for, each by its own setting', () => {
  assert.ok(ids(world({ showHidden: true }).model.rowsOf('stopped')).includes('image/.hidden'));
  assert.ok(!ids(world({ showHidden: true }).model.rowsOf('stopped')).includes('image/.host'));
  assert.deepEqual(ids(world({ showHost: true }).model.rowsOf('stopped')).slice(0, 1), ['image/.host']);
});

test('an image that starts goes from one group to the other, and touches nothing else', () => {
  const { machines, model } = world();
  machines.set('base', machine('base'));
  assert.deepEqual(touchedIds(model.apply([change('machineAdded', 'base')])), ['group/running', 'group/stopped']);
  assert.deepEqual(ids(model.rowsOf('running')), ['image/base', 'image/db', 'image/web']);
  assert.equal(machineOf({ model }, 'base'), 'base');
});

test('an image whose machine stops goes back', () => {
  const { machines, model } = world();
  machines.delete('web');
  assert.deepEqual(touchedIds(model.apply([change('machineRemoved', 'web')])), ['group/running', 'group/stopped']);
  assert.equal(machineOf({ model }, 'web'), undefined);
});

test('a machine that changes touches its own row only, and the row keeps its object', () => {
  const { machines, model } = world();
  const before = model.rowOfMachine('web');
  machines.set('web', machine('web', { leader: 5 }));
  const touched = model.apply([change('machineChanged', 'web')]);
  assert.deepEqual(touchedIds(touched), ['image/web']);
  assert.notEqual(touched, 'everything');
  assert.equal(touched[0], before, 'VS Code knows rows by their object');
});

test('a machine that goes to another place of its group is still known as the row that changed', () => {
  const { machines, images, model } = world({ sortBy: 'age' });
  images.clear();
  model.arrange({ ...plain, sortBy: 'age' });
  machines.set('web', machine('web', { since: Date.now() + 60_000 }));
  const changes = [change('machineChanged', 'web')];
  assert.deepEqual(touchedIds(model.apply(changes)), ['group/running']);
  assert.ok(ids(model.rowsAbout()).includes('machine/web'), 'the lines below it have to be read anew');
});

test('an image that is marked read-only touches its own row only', () => {
  const { images, model } = world();
  images.set('db', image('db', { readOnly: true }));
  assert.deepEqual(touchedIds(model.apply([change('imageChanged', 'db')])), ['image/db']);
});

test('a machine runs an image by its root directory, whatever its name', () => {
  const { machines, model } = world();
  machines.set('copy', machine('copy', { rootDirectory: '/var/lib/machines/base' }));
  assert.deepEqual(touchedIds(model.apply([change('machineAdded', 'copy')])), ['group/running', 'group/stopped']);
  assert.equal(machineOf({ model }, 'base'), 'copy');
  machines.delete('copy');
  assert.deepEqual(touchedIds(model.apply([change('machineRemoved', 'copy')])), ['group/running', 'group/stopped']);
  assert.equal(machineOf({ model }, 'base'), undefined);
});

test('a namesake that runs from another image does not make this one run', () => {
  const { machines, model } = world();
  machines.set('base', machine('base', { rootDirectory: '/var/lib/machines/db' }));
  model.apply([change('machineAdded', 'base')]);
  assert.equal(machineOf({ model }, 'base'), undefined);
});

test('a disk image runs by the name of its machine, because its root is mounted elsewhere', () => {
  const { machines, images, model } = world();
  images.set('disk', image('disk', { type: 'raw', path: '/var/lib/machines/disk.raw' }));
  machines.set('disk', machine('disk', { rootDirectory: '/run/systemd/nspawn/mount' }));
  model.apply([change('imageAdded', 'disk'), change('machineAdded', 'disk')]);
  assert.equal(machineOf({ model }, 'disk'), 'disk');
});

test('of two images of one directory only that runs whose machine runs, whichever is seen first', () => {
  const { machines, images, model } = world();
  const path = '/var/lib/lxc/base/rootfs';
  const [base, upon] = ['lxc/%2Fvar%2Flib%2Flxc/base', 'lxc/%2Fvar%2Flib%2Flxc/upon'] as const;
  images.set(upon, image(upon, { path }));
  machines.set(base, machine(base, { rootDirectory: path }));
  model.apply([change('imageAdded', upon), change('machineAdded', base)]);
  assert.equal(machineOf({ model }, upon), base);
  images.set(base, image(base, { path }));
  model.apply([change('imageAdded', base)]);
  assert.deepEqual([machineOf({ model }, base), machineOf({ model }, upon)], [base, undefined]);
  machines.set(upon, machine(upon, { rootDirectory: path }));
  machines.delete(base);
  model.apply([change('machineAdded', upon), change('machineRemoved', base)]);
  assert.deepEqual([machineOf({ model }, base), machineOf({ model }, upon)], [undefined, upon]);
});

test('what a filter or a setting hides touches nothing', () => {
  const { machines, images, model } = world({ filter: 'w' });
  machines.set('db2', machine('db2'));
  images.set('.other', image('.other'));
  assert.deepEqual(model.apply([change('machineAdded', 'db2'), change('imageAdded', '.other')]), []);
  assert.deepEqual(ids(model.rowsOf('running')), ['image/web']);
});

test('a filter that hides all leaves the groups, so that it does not look like having nothing', () => {
  assert.deepEqual(ids(world({ filter: 'nothing like this' }).model.roots()), ['group/running', 'group/stopped']);
});

test('without groups, too, a filter that hides all does not look like having nothing', () => {
  const { machines, images, model } = world({ groupBy: 'none', filter: 'nothing like this' });
  assert.deepEqual(model.roots(), []);
  assert.equal(model.isEmpty(), false);
  machines.clear();
  images.clear();
  assert.equal(model.isEmpty(), true);
});

test('with nothing to show there is no group, and the first thing brings the whole tree', () => {
  const images = named(image('.host'));
  const model = createTreeModel(
    {
      machines: () => new Map(),
      images: () => images,
      failed: () => new Map(),
      traits: () => ({ os: undefined, slice: undefined }),
    },
    plain,
  );
  assert.deepEqual(model.roots(), []);
  images.set('first', image('first'));
  assert.equal(model.apply([change('imageAdded', 'first')]), 'everything');
});

test('by operating system a machine moves to its group when its answer is there', () => {
  const { os, model } = world({ groupBy: 'os' });
  assert.deepEqual(ids(model.roots()), ['group/os/', 'group/stopped']);
  os.set('web', 'Debian');
  assert.equal(model.apply([change('machineChanged', 'web')]), 'everything');
  assert.deepEqual(ids(model.roots()), ['group/os/Debian', 'group/os/', 'group/stopped']);
  os.set('db', 'Debian');
  assert.equal(model.apply([change('machineChanged', 'db')]), 'everything');
  assert.deepEqual(ids(model.rowsOf('os/Debian')), ['image/db', 'image/web']);
});

test('without groups the rows are the roots, and have no parent', () => {
  const { images, model } = world({ groupBy: 'none' });
  assert.deepEqual(ids(model.roots()), ['image/base', 'image/db', 'image/web']);
  const node = model.rowOfMachine('web');
  assert.equal(node === undefined ? null : model.parentOf(node), undefined);
  images.delete('base');
  assert.equal(model.apply([change('imageRemoved', 'base')]), 'everything');
});

test('numbers in names count as numbers, and size, age and date sort the largest first with the unknown last', () => {
  const images = named(
    image('n10', { usage: 1, created: 30, modified: 5 }),
    image('n9', { usage: 3, created: 10 }),
    image('n1', { created: 20, modified: 9 }),
  );
  const source = {
    machines: () => new Map(),
    images: () => images,
    failed: () => new Map(),
    traits: () => ({ os: undefined, slice: undefined }),
  };
  const order = (sortBy: Arrangement['sortBy']): readonly string[] =>
    createTreeModel(source, { ...plain, sortBy })
      .rowsOf('stopped')
      .map((node) => node.id);
  assert.deepEqual(order('name'), ['n1', 'n9', 'n10']);
  assert.deepEqual(order('size'), ['n9', 'n10', 'n1']);
  assert.deepEqual(order('age'), ['n10', 'n1', 'n9']);
  assert.deepEqual(order('modified'), ['n1', 'n10', 'n9']);
});

test('a row that is sorted elsewhere now touches its group', () => {
  const { images, machines, model } = world({ sortBy: 'size' });
  machines.clear();
  model.arrange({ ...plain, sortBy: 'size' });
  images.set('web', image('web', { usage: 10 }));
  assert.deepEqual(touchedIds(model.apply([change('imageChanged', 'web')])), ['group/stopped']);
  assert.deepEqual(ids(model.rowsOf('stopped'))[0], 'image/web');
});

test('among a thousand machines and a thousand images one that changes compares nothing but itself', () => {
  const names = Array.from({ length: 1_000 }, (_, index) => `m${index}`);
  const reads = { count: 0 };
  const machines = named(...names.map((name) => machine(name)));
  const images = named(...names.map((name) => image(name)));
  const traits = () => {
    reads.count += 1;
    return { os: undefined, slice: undefined };
  };
  const model = createTreeModel(
    { machines: () => machines, images: () => images, failed: () => new Map(), traits },
    plain,
  );
  reads.count = 0;
  assert.deepEqual(touchedIds(model.apply([change('machineChanged', 'm500')])), ['image/m500']);
  assert.equal(reads.count, 1);
  assert.deepEqual(
    model.rowsOf('running').map((node) => node.id),
    names,
  );
});

test('after any row of changes the lists are those of a tree made anew', () => {
  const { machines, images, model } = world();
  // A small generator of its own, so that a failure can be repeated.
  const random = { seed: 7 };
  const next = (below: number): number => {
    random.seed = (random.seed * 48_271) % 2_147_483_647;
    return random.seed % below;
  };
  for (let step = 0; step < 500; step++) {
    const name = `x${next(40)}`;
    if (next(2) === 0) {
      if (machines.delete(name)) model.apply([change('machineRemoved', name)]);
      else {
        machines.set(name, machine(name, { rootDirectory: `/var/lib/machines/x${next(40)}` }));
        model.apply([change('machineAdded', name)]);
      }
    } else if (images.delete(name)) model.apply([change('imageRemoved', name)]);
    else {
      images.set(name, image(name));
      model.apply([change('imageAdded', name)]);
    }
  }
  const fresh = createTreeModel(
    {
      machines: () => machines,
      images: () => images,
      failed: () => new Map(),
      traits: () => ({ os: undefined, slice: undefined }),
    },
    plain,
  );
  for (const group of ['running', 'stopped']) assert.deepEqual(ids(model.rowsOf(group)), ids(fresh.rowsOf(group)));
  // Which of several machines that share an image is named may differ; that it runs may not, and each machine is seen once.
  const seen = [...model.rowsOf('running'), ...model.rowsOf('stopped')].flatMap((node) => model.machineOn(node) ?? []);
  assert.deepEqual([...seen].sort(), [...machines.keys()].sort());
});
