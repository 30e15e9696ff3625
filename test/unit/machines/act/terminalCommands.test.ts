import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Image } from '../../../../src/machines/image.ts';
import { followJournal, login, runImage } from '../../../../src/machines/nspawn/commands/terminalCommands.ts';

const image = (more: Partial<Image> = {}): Image => ({
  id: 'web',
  name: 'web',
  type: 'subvolume',
  path: '/var/lib/machines/web',
  readOnly: false,
  usage: undefined,
  limit: undefined,
  created: undefined,
  modified: undefined,
  managed: true,
  ...more,
});
const options = { boot: true, ephemeral: false, registered: true, fileDecidesUsers: false };

test('booted in a terminal an image of the pool gets what its unit gives it', () => {
  assert.deepEqual(runImage(image(), options).args, [
    ...['--quiet', '--boot', '--settings=override', '-U', '--network-veth', '--link-journal=try-guest'],
    ...['--machine=web', '--directory=/var/lib/machines/web'],
  ]);
});

test('only a shell runs where only a shell is wanted, whatever the .nspawn file says of booting', () => {
  assert.deepEqual(runImage(image(), { ...options, boot: false }).args, [
    ...['--quiet', '--as-pid2', '--settings=yes', '-U', '--machine=web', '--directory=/var/lib/machines/web'],
  ]);
  // Files would change hands where the file says that they must not.
  assert.ok(!runImage(image(), { ...options, boot: false, fileDecidesUsers: true }).args.includes('-U'));
});

test('a directory found elsewhere runs as the wikis teach it, also where there is no machined', () => {
  const found = image({ type: 'directory', path: '/home/a/-x', name: '-x', managed: false });
  assert.deepEqual(runImage(found, { ...options, boot: false, registered: false }).args, [
    ...['--quiet', '--as-pid2', '--register=no', '--keep-unit', '--directory=/home/a/-x'],
  ]);
});

test('raw images are named as files, read-only ones stay so, ephemeral ones get a name of their own', () => {
  const raw = image({ type: 'raw', path: '/var/lib/machines/web.raw', readOnly: true });
  const args = runImage(raw, { ...options, boot: false }).args;
  assert.ok(args.includes('--image=/var/lib/machines/web.raw'));
  assert.ok(args.includes('--read-only'));
  const ephemeral = runImage(raw, { ...options, ephemeral: true }).args;
  assert.ok(ephemeral.includes('--ephemeral'));
  assert.ok(!ephemeral.includes('--read-only'));
  assert.ok(!ephemeral.includes('--machine=web'));
});

test('consoles and journals', () => {
  assert.deepEqual(login('web'), { file: 'machinectl', args: ['login', '--', 'web'], title: 'web' });
  assert.equal(followJournal('web', { kind: 'machine' }).args.at(-1), '--machine=web');
  assert.equal(followJournal('web', { kind: 'unit', unit: 'x.service' }).args.at(-1), '--unit=x.service');
});

test('what runs an image holds its machine, so that closing its terminal ends it, and no other command does', () => {
  for (const boot of [true, false])
    for (const ephemeral of [true, false])
      for (const managed of [true, false])
        assert.equal(runImage(image({ managed }), { ...options, boot, ephemeral }).ownsMachine, true);
  assert.equal(login('web').ownsMachine, undefined);
  assert.equal(followJournal('web', { kind: 'machine' }).ownsMachine, undefined);
});
