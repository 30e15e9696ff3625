import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MachineError } from '../../../../src/machines/errors.ts';
import type { Inventory } from '../../../../src/machines/inventory.ts';
import {
  imageOfLeftOver,
  leftOverDirectories,
  type LeftOver,
  parseLeftOvers,
  removeLeftOvers,
} from '../../../../src/machines/machinectl/operate/leftOvers.ts';

const code = '0123456789abcdef';
const leftOver: LeftOver = {
  state: 'free',
  kind: 'subvolume',
  directory: '/var/lib/machines',
  identity: '1:2',
  name: `.#machine.web${code}`,
  made: 5_000,
  bytes: 7,
};

const parse = (...fields: readonly string[]): readonly LeftOver[] =>
  parseLeftOvers({ exitCode: 0, stderr: '', stdout: fields.map((field) => `${field}\0`).join('') });

test('a left-over is known by its name alone, and says what it is a copy of', () => {
  assert.equal(imageOfLeftOver(`.#machine.web${code}`), 'web');
  assert.equal(imageOfLeftOver(`.#snapshot.a b.raw${code}`), 'a b.raw');
  assert.equal(imageOfLeftOver(`.#machine.${code}`), '');
  for (const name of ['web', `.#web${code}`, `.#machine.web`, `.#machine.web${code}/..`, `.#.#machine.web${code}.lck`])
    assert.equal(imageOfLeftOver(name), undefined, name);
});

test('nothing else is ever handed to the script that removes', () => {
  const { args } = removeLeftOvers([leftOver]);
  assert.deepEqual(args.slice(2), ['sh', '/var/lib/machines', '1:2', leftOver.name]);
  for (const name of ['web', '../web', `.#machine.x${code}/..`])
    assert.throws(
      () => removeLeftOvers([leftOver, { ...leftOver, name }]),
      (error) => error instanceof MachineError && error.failure.kind === 'invalidName',
    );
});

test('what the list says is read, each directory once, and only what was found free is free', () => {
  const fields = ['free', 'subvolume', '/var/lib/machines', '1:2', leftOver.name, '5', '7'];
  assert.deepEqual(parse(...fields, ...fields.with(2, '/var/lib/container')), [leftOver]);
  assert.deepEqual(parse(...fields.with(0, 'odd').with(5, '0').with(6, '')), [
    { ...leftOver, state: 'used', made: undefined, bytes: undefined },
  ]);
  assert.throws(() => parse('free', 'subvolume'), MachineError);
});

test('they are looked for wherever images are looked for or found, and where a machine runs on a copy', () => {
  const image = { type: 'directory', readOnly: false, usage: undefined, limit: undefined } as const;
  const times = { created: undefined, modified: undefined, managed: false };
  const machine = { className: 'container', service: undefined, unit: undefined, leader: undefined, since: undefined };
  const inventory: Pick<Inventory, 'machines' | 'images'> = {
    images: new Map([
      ['.host', { ...image, ...times, name: '.host', path: '/' }],
      ['a', { ...image, ...times, name: 'a', path: '/home/me/images/a' }],
    ]),
    machines: new Map([
      ['b', { ...machine, name: 'b', networkInterfaces: [], rootDirectory: `/srv/.#snapshot.b${code}` }],
      ['c', { ...machine, name: 'c', networkInterfaces: [], rootDirectory: '/opt/c' }],
    ]),
  };
  const found = leftOverDirectories(inventory, ['/mine', 'not/absolute']);
  for (const directory of ['/var/lib/machines', '/etc/machines', '/mine', '/home/me/images', '/srv'])
    assert.ok(found.includes(directory), directory);
  for (const directory of ['/', '/opt', 'not/absolute']) assert.ok(!found.includes(directory), directory);
});
