import assert from 'node:assert/strict';
import type { LeftOver, Removal } from '../../../../src/machines/leftOver.ts';
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { MachineError } from '../../../../src/machines/errors.ts';
import type { Inventory } from '../../../../src/machines/inventory.ts';
import {
  imageOfLeftOver,
  leftOverDirectories,
  parseLeftOvers,
  listLeftOvers,
  removeLeftOvers,
} from '../../../../src/machines/nspawn/operate/leftOvers.ts';
import { presentTool, startSync } from '../../../rig/program.ts';

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
      ['.host', { ...image, ...times, id: '.host', name: '.host', path: '/' }],
      ['a', { ...image, ...times, id: 'a', name: 'a', path: '/home/me/images/a' }],
    ]),
    machines: new Map([
      ['b', { ...machine, id: 'b', name: 'b', networkInterfaces: [], rootDirectory: `/srv/.#snapshot.b${code}` }],
      ['c', { ...machine, id: 'c', name: 'c', networkInterfaces: [], rootDirectory: '/opt/c' }],
    ]),
  };
  const found = leftOverDirectories(inventory, ['/mine', 'not/absolute']);
  for (const directory of ['/var/lib/machines', '/etc/machines', '/mine', '/home/me/images', '/srv'])
    assert.ok(found.includes(directory), directory);
  for (const directory of ['/', '/opt', 'not/absolute']) assert.ok(!found.includes(directory), directory);
});

test('only what the script says it has removed is removed', () => {
  const { parse: read } = removeLeftOvers([leftOver]);
  const outcomes = (stdout: string): readonly Removal[] => read({ exitCode: 0, stderr: '', stdout });
  assert.deepEqual(outcomes('removed\0\0odd\0why\0'), [
    { outcome: 'removed', reason: '' },
    { outcome: 'failed', reason: 'why' },
  ]);
});

describe('the scripts that root runs', () => {
  const inDirectory = (work: (directory: string) => void): void => {
    const directory = mkdtempSync(join(tmpdir(), 'left-over-'));
    try {
      work(directory);
    } finally {
      rmSync(directory, { recursive: true });
    }
  };
  // Random, because the scripts look whether anything on this host speaks of it.
  const nameOf = (image: string): string =>
    `.#machine.${image}${Array.from({ length: 16 }, () => Math.floor(Math.random() * 16).toString(16)).join('')}`;
  const run = ({ file, args }: { readonly file: string; readonly args: readonly string[] }): string =>
    startSync(presentTool(file), args).stdout;
  const found = (directory: string): readonly LeftOver[] => {
    const command = listLeftOvers([directory]);
    return command.parse({ exitCode: 0, stderr: '', stdout: run(command) });
  };
  const remove = (leftOvers: readonly LeftOver[]): readonly string[] => {
    const command = removeLeftOvers(leftOvers);
    return command.parse({ exitCode: 0, stderr: '', stdout: run(command) }).map(({ outcome }) => outcome);
  };

  test('remove what is free and its lock, and nothing beside it', () => {
    inDirectory((directory) => {
      const name = nameOf('web');
      mkdirSync(join(directory, name, 'etc'), { recursive: true });
      writeFileSync(join(directory, `.#${name}.lck`), '');
      mkdirSync(join(directory, 'web'));
      const [one] = found(directory);
      assert.deepEqual([one?.name, one?.state, one?.kind], [name, 'free', 'directory']);
      assert.deepEqual(remove(found(directory)), ['removed']);
      assert.deepEqual(
        [name, `.#${name}.lck`, 'web'].map((entry) => existsSync(join(directory, entry))),
        [...[false, false, true]],
      );
    });
  });

  test('leave alone what is locked, or may be', () => {
    inDirectory((directory) => {
      const name = nameOf('web');
      mkdirSync(join(directory, name));
      const seen = found(directory);
      // Whoever made a link of the lock wants another file looked at.
      symlinkSync('/etc/passwd', join(directory, `.#${name}.lck`));
      assert.deepEqual(remove(seen), ['used']);
      assert.equal(found(directory)[0]?.state, 'used');
      assert.ok(existsSync(join(directory, name)));
    });
  });

  test('follow no link, and take no other directory for the one that was seen', () => {
    inDirectory((directory) => {
      const [victim, name] = [join(directory, 'victim'), nameOf('web')];
      mkdirSync(victim);
      symlinkSync(victim, join(directory, name));
      assert.deepEqual(found(directory), []);
      const { dev, ino } = statSync(directory);
      const link = { ...leftOver, directory, name, identity: `${dev}:${ino}` };
      assert.deepEqual(remove([link, { ...link, identity: '1:1' }]), ['gone', 'another']);
      assert.ok(existsSync(victim));
    });
  });
});
