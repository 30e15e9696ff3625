import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Image } from '../../../../src/machines/image.ts';
import type { Backend } from '../../../../src/machines/backend.ts';
import { createKinds, shownApart, tellApart } from '../../../../src/ui/tree/kinds.ts';

const here = (...ids: readonly string[]): Map<string, Image> => new Map(ids.map((id) => [id, { id } as Image]));

test('rows of two kinds share a name until one of them goes, and a row that only changes is not looked at', () => {
  const inventory = { machines: new Map(), images: here('web', 'db') };
  const kinds = createKinds(inventory);
  assert.deepEqual([kinds.areSeveral(), kinds.isShared('web')], [false, false]);
  const other = 'lxc/%2Fvar%2Flib%2Flxc/web';
  inventory.images = here('web', 'db', other);
  kinds.outdate([{ kind: 'imageChanged', id: 'db' }]);
  assert.equal(kinds.isShared('web'), false);
  kinds.outdate([{ kind: 'imageAdded', id: other }]);
  assert.deepEqual([kinds.areSeveral(), kinds.isShared('web'), kinds.isShared('db')], [true, true, false]);
  assert.equal(kinds.haveOwners('lxc'), false);
  inventory.images = here('db', other);
  kinds.outdate([{ kind: 'imageRemoved', id: 'web' }]);
  assert.deepEqual([kinds.areSeveral(), kinds.isShared('web')], [true, false]);
});

test('the host itself is of no kind, so that containers of LXC alone are one kind', () => {
  const inventory = { machines: new Map(), images: here('.host', 'lxc/%2Fvar%2Flib%2Flxc/web') };
  assert.equal(createKinds(inventory).areSeveral(), false);
});

test('rows of two users share a name, too, and are of one kind', () => {
  const inventory = { machines: new Map(), images: here('lxc/%2Fvar%2Flib%2Flxc/web', 'lxc/%2Fhome%2Fkim%2Flxc/web') };
  const kinds = createKinds(inventory);
  assert.deepEqual([kinds.areSeveral(), kinds.haveOwners('lxc'), kinds.isShared('web')], [false, true, true]);
});

test('one is told from those of its name by its kind, and by whose it is where its kind has the name twice', () => {
  const backends = [
    { id: 'nspawn', label: 'systemd-nspawn' },
    { id: 'lxc', label: 'LXC', ownerOf: ({ scope }) => (scope.startsWith('/home/') ? 'kim' : 'root') },
  ] as readonly Partial<Backend>[] as readonly Backend[];
  const [own, ofRoot] = ['lxc/%2Fhome%2Fkim%2Flxc/web', 'lxc/%2Fvar%2Flib%2Flxc/web'];
  const apart = (id: string, ...ids: readonly string[]): readonly string[] =>
    tellApart({ backends, inventory: { machines: new Map(), images: here(...ids) } }, id);
  assert.deepEqual(apart(own, own, 'lxc/%2Fvar%2Flib%2Flxc/db'), []);
  assert.deepEqual(apart(own, own, 'web'), ['LXC']);
  assert.deepEqual(apart('web', own, 'web'), ['systemd-nspawn']);
  assert.deepEqual(apart(own, own, ofRoot), ['LXC', 'kim']);
  const services = { backends, inventory: { machines: new Map(), images: here(own, ofRoot, 'db') } };
  assert.deepEqual([shownApart(services, ofRoot, 80), shownApart(services, 'db', 80)], ['web (LXC, root)', 'db']);
});
