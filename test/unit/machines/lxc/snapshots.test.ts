import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, test } from 'node:test';
import { createRun } from '../../../../src/machines/host/runWithExeca.ts';
import { listSnapshots, listSnapshotsByTool, snapshotNames } from '../../../../src/machines/lxc/observe/snapshots.ts';
import { isFailure } from '../act/fakeMachine.ts';
import { createFakeContainers, type FakeContainers } from './fakeContainers.ts';

const now: { made: FakeContainers[] } = { made: [] };
afterEach(() => {
  for (const one of now.made.splice(0)) one.remove();
});

const withSnapshots = (): FakeContainers => {
  const made = createFakeContainers();
  now.made.push(made);
  made.define('web');
  for (const name of ['snap0', 'snap2', 'snap10', '-x $(id)']) made.write(`lxc/web/snaps/${name}/config`, '');
  made.write('lxc/web/snaps/snap2/ts', '2026:11:30 09:05:07\n');
  made.write('lxc/web/snaps/snap10/comment', "it's $(good)\n\u001b[31mred\n");
  made.write('lxc/web/snaps/snap10/ts', 'yesterday');
  made.write('lxc/web/snaps/.hidden/config', '');
  made.write('lxc/web/snaps/file', '');
  mkdirSync(join(made.lxcpath, 'web/snaps/empty'));
  return made;
};

const expected = [
  { name: '-x $(id)', taken: undefined, comment: undefined },
  { name: 'snap0', taken: undefined, comment: undefined },
  { name: 'snap2', taken: new Date(2026, 10, 30, 9, 5, 7).getTime(), comment: undefined },
  { name: 'snap10', taken: undefined, comment: "it's $(good) [31mred" },
];

test('snapshots are listed with the time and the comment that LXC keeps of them, in the order of their numbers', async () => {
  const made = withSnapshots();
  assert.deepEqual(await listSnapshots(made.ref('web')), expected);
  assert.deepEqual(made.seen, [], 'no process was needed');
});

test('with the rights of root they are the same', async () => {
  const made = withSnapshots();
  assert.deepEqual(await createRun()(listSnapshotsByTool(made.ref('web'))), expected);
  made.define('bare');
  assert.deepEqual(await createRun()(listSnapshotsByTool(made.ref('bare'))), []);
  await assert.rejects(createRun()(listSnapshotsByTool(made.ref('none'))), isFailure('toolFailed'));
});

test('a container without any has none, and no link makes one of what is elsewhere', async () => {
  const made = withSnapshots();
  made.define('bare');
  assert.deepEqual(await listSnapshots(made.ref('bare')), []);
  mkdirSync(join(made.lxcpath, 'bare/snaps'));
  symlinkSync('/nowhere', join(made.lxcpath, 'bare/snaps/snap0'));
  assert.deepEqual(await snapshotNames(made.ref('bare')), []);
});
