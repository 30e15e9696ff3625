import assert from 'node:assert/strict';
import { test } from 'node:test';
import { backends } from '../../../../src/machines/backends.ts';
import type { Image } from '../../../../src/machines/image.ts';
import type { Machine } from '../../../../src/machines/machine.ts';
import {
  detailOf,
  fits,
  machineClicked,
  machineMeant,
  machineOfTarget,
  idsOf,
  idsThatFit,
  requireStopped,
  targetsOf,
} from '../../../../src/ui/commands/targets.ts';

const machine = (name: string, className = 'container'): Machine => ({
  id: name,
  name,
  className,
  service: undefined,
  unit: undefined,
  leader: undefined,
  rootDirectory: undefined,
  since: undefined,
  networkInterfaces: [],
});

const image = (name: string, readOnly = false): Image => ({
  id: name,
  name,
  type: 'directory',
  path: `/var/lib/machines/${name}`,
  readOnly,
  usage: undefined,
  limit: undefined,
  created: undefined,
  modified: undefined,
  managed: true,
});

const known = {
  failed: new Map(),
  backends,
  enabled: new Set(['web2', 'gone', '.old']),
  machines: new Map([machine('web2'), machine('web10'), machine('.host', 'host')].map((one) => [one.name, one])),
  images: new Map(
    [image('web2'), image('frozen', true), image('spare'), image('.host'), image('.old')].map((one) => [one.name, one]),
  ),
};

test('a click on a row outside the selection means that row alone', () => {
  const a = { kind: 'machine', id: 'a' };
  const b = { kind: 'machine', id: 'b' };
  assert.deepEqual(targetsOf([a, [b]]), [a]);
  assert.deepEqual(targetsOf([a, [b, a, a]]), [b, a]);
  assert.deepEqual(targetsOf([a, undefined]), [a]);
});

test('a line below a machine stands for its machine, and rows that are no machine drop out', () => {
  const owner = { kind: 'machine', id: 'a' };
  const address = { kind: 'detail', owner, detail: 'address', index: 1 };
  assert.deepEqual(targetsOf([address, [address, { kind: 'group', group: 'images' }, owner]]), [owner]);
  assert.deepEqual(detailOf([address]), { detail: 'address', index: 1 });
});

test('anything else that calls a command is as good as the palette', () => {
  for (const value of [
    undefined,
    null,
    'a',
    7,
    [],
    {},
    { kind: 'machine' },
    { kind: 'machine', id: '' },
    { name: 'a' },
  ])
    assert.equal(targetsOf([value, [{ kind: 'machine', id: 'a' }]]), undefined);
  assert.equal(targetsOf([]), undefined);
  assert.equal(detailOf([{ kind: 'detail', detail: 'address', index: '0' }]), undefined);
});

test('a running machine selected with its image is acted on once', () => {
  assert.deepEqual(
    idsOf([
      { kind: 'machine', id: 'a' },
      { kind: 'image', id: 'a' },
      { kind: 'image', id: 'b' },
    ]),
    ['a', 'b'],
  );
});

test('a pick lists what the command fits, but neither the host itself nor what is hidden', () => {
  assert.deepEqual(idsThatFit(known, { fits: 'runningMachine' }), ['web2', 'web10']);
  assert.deepEqual(idsThatFit(known, { fits: 'stoppedImage' }), ['frozen', 'spare']);
  assert.deepEqual(idsThatFit(known, { fits: 'image' }), ['frozen', 'spare', 'web2']);
  assert.deepEqual(idsThatFit(known, { fits: 'machineOrImage' }), ['frozen', 'spare', 'web2', 'web10']);
  assert.deepEqual(idsThatFit(known, { fits: 'writableImage' }), ['spare', 'web2']);
  assert.deepEqual(idsThatFit(known, { fits: 'readOnlyImage' }), ['frozen']);
  assert.equal(fits(known, '.old', 'image'), true);
  assert.equal(fits(known, 'gone', 'machineOrImage'), false);
});

test('only what is known not to be frozen is frozen, and the other way round', () => {
  const machines = [machine('web2'), { ...machine('cold'), frozen: true }, { ...machine('warm'), frozen: false }];
  const other = { ...known, machines: new Map(machines.map((one) => [one.name, one])) };
  assert.deepEqual(idsThatFit(other, { fits: 'frozenMachine' }), ['cold']);
  assert.deepEqual(idsThatFit(other, { fits: 'unfrozenMachine' }), ['warm']);
  assert.throws(() => requireStopped(other, 'web2'), { failure: { kind: 'machineRunning', name: 'web2' } });
  requireStopped(other, 'spare');
});

test('nothing is done to the host itself, and only what has the name of a machine is started', () => {
  const named = { ...known, images: new Map([...known.images, ['a_b', image('a_b')]]) };
  for (const wanted of ['managedImage', 'machineImage', 'startable', 'renamable', 'writableImage'] as const) {
    assert.equal(fits(named, '.host', wanted), false, wanted);
    assert.equal(fits(named, 'spare', wanted), true, wanted);
  }
  assert.equal(fits(named, 'a_b', 'startable'), false);
  assert.equal(fits(named, 'a_b', 'machineImage'), false);
  assert.equal(fits(named, 'a_b', 'renamable'), true);
  assert.equal(fits(named, 'a_b', 'managedImage'), true);
});

test('what starts at boot and what does not are told apart, among what a machine can be started from', () => {
  assert.deepEqual(idsThatFit(known, { fits: 'enabled' }), ['web2']);
  assert.deepEqual(idsThatFit(known, { fits: 'disabled' }), ['frozen', 'spare']);
  assert.equal(fits(known, 'gone', 'enabled'), false);
  assert.equal(fits(known, '.host', 'disabled'), false);
});

test('an image that runs under another name stands for that machine, and is neither started nor renamed', () => {
  const running = {
    failed: new Map(),
    backends,
    enabled: new Set<string>(),
    machines: new Map([['copy', { ...machine('copy'), rootDirectory: '/var/lib/machines/spare' }]]),
    images: new Map([['spare', image('spare')]]),
  };
  assert.equal(machineMeant(running, 'spare'), 'copy');
  assert.equal(machineMeant(running, 'copy'), 'copy');
  assert.equal(machineMeant(running, 'gone'), undefined);
  assert.equal(fits(running, 'spare', 'startable'), false);
  assert.equal(fits(running, 'spare', 'stoppedImage'), false);
});

test('a heading among several selected rows stands for the others, and alone for nothing', () => {
  const heading = { kind: 'group', group: 'running' };
  const a = { kind: 'image', id: 'a' };
  assert.deepEqual(targetsOf([heading, [heading, a]]), [a]);
  assert.equal(targetsOf([heading]), undefined);
});

test('a disk image whose name no machine can have stands for the machine that runs from it', () => {
  const running = {
    failed: new Map(),
    backends,
    enabled: new Set<string>(),
    machines: new Map([['modle', machine('modle')]]),
    images: new Map([['modèle', image('modèle')]]),
  };
  assert.equal(machineMeant(running, 'modèle'), 'modle');
  assert.equal(fits(running, 'modèle', 'stoppedImage'), false);
  const both = { ...running, images: new Map([...running.images, ['modle', image('modle')]]) };
  assert.equal(machineMeant(both, 'modèle'), undefined);
});

test('the row of an image means what runs from that image, and not a machine of its name that runs from another', () => {
  const running = {
    failed: new Map(),
    backends,
    enabled: new Set<string>(),
    machines: new Map([['web', { ...machine('web'), rootDirectory: '/var/lib/machines/other' }]]),
    images: new Map(['web', 'other'].map((name) => [name, image(name)])),
  };
  const webImage = { kind: 'image', id: 'web' } as const;
  const other = { kind: 'image', id: 'other' } as const;
  assert.equal(machineOfTarget(running, webImage), undefined);
  assert.equal(machineOfTarget(running, other), 'web');
  assert.equal(machineOfTarget(running, { kind: 'machine', id: 'web' }), 'web');
  assert.equal(machineClicked(running, [webImage], 'web'), undefined);
  assert.equal(machineClicked(running, [], 'web'), 'web');
  // It does not run, so it can be renamed and removed; but its name is taken, so it cannot be started.
  assert.equal(fits(running, 'web', 'renamable'), true);
  assert.equal(fits(running, 'web', 'startable'), false);
  assert.equal(fits(running, 'web', 'stoppedImage'), false);
  assert.equal(fits(running, 'other', 'renamable'), false);
});

test('a container upon the files of one that runs can be started, but its files are in use', () => {
  const path = '/var/lib/lxc/base/rootfs';
  const [base, upon] = ['lxc/%2Fvar%2Flib%2Flxc/base', 'lxc/%2Fvar%2Flib%2Flxc/upon'] as const;
  const running = {
    failed: new Map(),
    backends,
    enabled: new Set<string>(),
    machines: new Map([[base, { ...machine(base), rootDirectory: path }]]),
    images: new Map([upon, base].map((id) => [id, { ...image(id), path }])),
  };
  assert.equal(machineOfTarget(running, { kind: 'image', id: upon }), undefined);
  assert.equal(machineOfTarget(running, { kind: 'image', id: base }), base);
  assert.equal(fits(running, upon, 'stoppedImage'), true);
  assert.equal(fits(running, upon, 'renamable'), false);
});
