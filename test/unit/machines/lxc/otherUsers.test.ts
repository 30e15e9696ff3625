import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, test } from 'node:test';
import { MachineError } from '../../../../src/machines/errors.ts';
import { filesOfUser, maxBytes } from '../../../../src/machines/host/files.ts';
import type { Inventory } from '../../../../src/machines/inventory.ts';
import { create, operations, planAttach, usersOf } from '../../../../src/machines/lxc/acts.ts';
import { createLxcInventory } from '../../../../src/machines/lxc/lxcInventory.ts';
import { userOf } from '../../../../src/machines/lxc/places.ts';
import { performOperation } from '../../../../src/machines/performOperation.ts';
import { executeSync, presentTool } from '../../../rig/program.ts';
import type { Answer } from '../act/fakeMachine.ts';
import { change, createFakeContainers, type FakeContainers } from './fakeContainers.ts';

const now: { made: FakeContainers[]; inventories: Inventory[] } = { made: [], inventories: [] };
afterEach(() => {
  for (const one of now.inventories.splice(0)) one.dispose();
  for (const one of now.made.splice(0)) one.remove();
});

/** Of nobody who runs tests. */
const kim = 54_321;
const scope = `/user.slice/user-${kim}.slice/user@${kim}.service/app.slice/run-1.scope`;

interface OfKim {
  readonly made: FakeContainers;
  readonly lxcpath: string;
  readonly define: (name: string, config?: string) => void;
  readonly run: (name: string, leader?: number) => void;
  readonly inventory: () => Inventory;
}

const ofKim = (answer?: (line: string) => Answer): OfKim => {
  const made = createFakeContainers(answer);
  now.made.push(made);
  const home = join(made.root, 'kim');
  const lxcpath = join(home, '.local/share/lxc');
  made.write(
    'passwd',
    `root:x:0:0::/root:/bin/sh\nkim:x:${kim}:${kim}::${home}:/bin/sh\nlee:x:54322:1::/nowhere:/bin/sh\n`,
  );
  mkdirSync(lxcpath, { recursive: true });
  return {
    made,
    lxcpath,
    define: (name, config = '') => {
      mkdirSync(join(lxcpath, name, 'rootfs'), { recursive: true });
      writeFileSync(join(lxcpath, name, 'config'), `lxc.rootfs.path = dir:${lxcpath}/${name}/rootfs\n${config}`);
    },
    run: (name, leader = 300) =>
      made.run(name, { at: scope, leader, monitor: leader + 100, commandLine: 'whatever\0' }),
    inventory: () => {
      const inventory = createLxcInventory({
        idOf: (path, name) => `${path === lxcpath ? 'kim' : 'system'}:${name}`,
        places: made.places,
        users: ['kim', 'lee', 'nobody-at-all', 'root', '../kim'],
      });
      now.inventories.push(inventory);
      return inventory;
    },
  };
};

describe('the containers of another user', () => {
  test('have rows of their own beside those of the system, and run in groups of the user', async () => {
    const { made, define, run, inventory } = ofKim();
    for (const one of [made.define, define]) one('web');
    run('web');
    const seen = inventory();
    await seen.watch();
    assert.deepEqual([...seen.images.keys()].sort(), ['kim:web', 'system:web']);
    assert.deepEqual([...seen.machines.keys()], ['kim:web']);
    assert.equal(seen.machines.get('kim:web')?.leader, 300);
    const added = change(seen, 'imageAdded', 'kim:db');
    define('db', 'lxc.start.auto = 1\n');
    await added;
    const started = change(seen, 'machineAdded', 'kim:db');
    run('db', 500);
    await started;
    assert.ok(seen.enabled.has('kim:db'));
    // One that has a number behind its group, because that of its name was taken.
    define('app');
    run('app-1', 700);
    await seen.refresh();
    assert.equal(seen.machines.get('kim:app')?.leader, 700);
  });

  test('are none where a link, a pipe or a device stands in the place of what is read, and keep nobody waiting', async () => {
    const { made, lxcpath, define, inventory } = ofKim();
    made.write('secret/config', 'lxc.start.auto = 1\n');
    for (const name of ['pipe', 'linked', 'includes', 'large', 'system']) mkdirSync(join(lxcpath, name));
    executeSync(presentTool('mkfifo'), [join(lxcpath, 'pipe/config')]);
    symlinkSync(join(made.root, 'secret/config'), join(lxcpath, 'linked/config'));
    symlinkSync(join(made.root, 'secret'), join(lxcpath, 'through'));
    define(
      'includes',
      `lxc.include = ${lxcpath}/pipe/config\nlxc.include = /dev/null\nlxc.include = ${lxcpath}/through/config\n`,
    );
    writeFileSync(join(lxcpath, 'large/config'), '');
    truncateSync(join(lxcpath, 'large/config'), 2 ** 32);
    const seen = inventory();
    await seen.watch();
    assert.deepEqual([...seen.images.keys()].sort(), ['kim:includes', 'kim:large']);
    assert.equal(seen.enabled.size, 0);
    rmSync(join(made.root, 'kim/.local'), { recursive: true });
    made.define('web');
    mkdirSync(join(made.root, 'kim/.local'));
    symlinkSync(made.root, join(made.root, 'kim/.local/share'));
    await seen.refresh();
    assert.deepEqual([...seen.images.keys()], ['system:web']);
  });

  test('are not looked for where the home lies on a file system that may never answer', async () => {
    const { made, define, inventory } = ofKim();
    define('web');
    made.write(
      'proc/self/mountinfo',
      `22 1 8:1 / / rw - ext4 /dev/sda1 rw\n23 22 0:50 / ${made.root}/kim rw - fuse.x x rw\n`,
    );
    const seen = inventory();
    await seen.watch();
    assert.equal(seen.images.size, 0);
  });

  test('are acted on as that user, with nothing of the environment of root', async () => {
    const { made, lxcpath, define, run } = ofKim();
    define('web');
    const ref = { backend: 'lxc', scope: lxcpath, name: 'web' };
    made.write(`run/${kim}/systemd/private`, '');
    const { command } = await operations.start(made.host, ref);
    assert.deepEqual([command.file, command.args[0]], ['env', '--ignore-environment']);
    const from = command.args.indexOf('runuser');
    assert.deepEqual(command.args.slice(from, from + 4), ['runuser', '-u', 'kim', '--']);
    assert.ok(command.args.indexOf('--user') > from && command.args.includes('--property=Delegate=yes'));
    assert.ok(command.args.indexOf('lxc-start') > from);
    const making = create(
      made.host,
      { lxcpath, name: 'new' },
      { template: 'busybox', answers: {}, args: [], store: { kind: 'dir' } },
      () => undefined,
    );
    const removed = await operations.remove(made.host, ref);
    run('web');
    const shell = await planAttach(made.host, { lxcpath, name: 'web' }, {});
    const killed = await operations.kill(made.host, ref, { signal: 'SIGKILL', whom: 'leader' });
    for (const one of [making.operation.command, removed.command, shell.command, killed.command])
      assert.ok(one.args.includes('runuser'), one.args.join(' '));
    made.define('web');
    const own = await operations.start(made.host, { ...ref, scope: made.lxcpath });
    assert.equal(own.command.file, 'lxc-start');
  });

  test('say what the tool said when it fails, and not what has made it the tool of the user', async () => {
    const { made, lxcpath, define } = ofKim((line) => (line.startsWith('env ') ? 1 : ''));
    define('web');
    const copying = await operations.clone(made.host, { backend: 'lxc', scope: lxcpath, name: 'web' }, 'two');
    const { signal } = new AbortController();
    await assert.rejects(
      performOperation(made.host.run, copying, signal),
      (error) =>
        error instanceof MachineError && error.failure.kind === 'toolFailed' && error.failure.file === 'lxc-copy',
    );
  });

  test('name their own users by a file that no link leads to', async () => {
    const { made, lxcpath, define } = ofKim();
    define('web');
    mkdirSync(join(lxcpath, 'web/rootfs/etc'));
    writeFileSync(join(lxcpath, 'web/rootfs/etc/passwd'), 'root:x:0:0::/root:/bin/sh\n');
    assert.equal((await usersOf(made.host, { lxcpath, name: 'web' }))?.length, 1);
    rmSync(join(lxcpath, 'web/rootfs/etc'), { recursive: true });
    symlinkSync('/etc', join(lxcpath, 'web/rootfs/etc'));
    assert.equal(await usersOf(made.host, { lxcpath, name: 'web' }), undefined);
  });

  test('are those below the home of the user, but for what the host itself says is the directory of the system', () => {
    const { made, lxcpath } = ofKim();
    assert.equal(userOf(made.places, lxcpath)?.name, 'kim');
    assert.equal(userOf(made.places, made.lxcpath), undefined);
    assert.equal(userOf(made.places, `${join(made.root, 'kim')}ball/lxc`), undefined);
    made.write('lxc.conf', `lxc.lxcpath = ${lxcpath}\n`);
    assert.equal(userOf(made.places, lxcpath), undefined);
  });
});

test('what a user keeps from others, and all behind the first megabyte, is not read for that user', async () => {
  const { made } = ofKim();
  made.write('kim/mine', 'x'.repeat(maxBytes + 100_000));
  const path = join(made.root, 'kim/mine');
  const files = filesOfUser(kim);
  assert.ok((await files.read(path)).length < maxBytes + 100_000);
  chmodSync(path, 0o640);
  await assert.rejects(files.read(path), { code: 'EACCES' });
  assert.deepEqual([...(await files.list(join(made.root, 'kim')))].sort(), ['.local', 'mine']);
});
