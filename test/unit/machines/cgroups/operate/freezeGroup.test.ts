import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { Hierarchy } from '../../../../../src/machines/cgroups/controlGroup.ts';
import { freezerState } from '../../../../../src/machines/cgroups/observe/groupState.ts';
import { freezeGroup, missingFreezer } from '../../../../../src/machines/cgroups/operate/freezeGroup.ts';
import { sameGroups } from '../../../../../src/machines/cgroups/operate/runInGroup.ts';
import { MachineError } from '../../../../../src/machines/errors.ts';

const directory = mkdtempSync(join(tmpdir(), 'freezer-'));
after(() => {
  rmSync(directory, { recursive: true });
});
// Of the freezer only the subtree /box is mounted, so that the same group has another path there.
const memory: Hierarchy = { version: 1, mountPoint: join(directory, 'memory'), controllers: ['memory'] };
const freezer: Hierarchy = {
  version: 1,
  mountPoint: join(directory, 'freezer'),
  controllers: ['freezer'],
  root: '/box',
};
const both = [memory, freezer];
const group = { hierarchy: memory, path: '/box/a' };
mkdirSync(join(memory.mountPoint, 'box/a'), { recursive: true });
mkdirSync(freezer.mountPoint);
const nobody = (): { kind: 'nobody' } => ({ kind: 'nobody' });

test('a group of v1 that the freezer does not have is told from one that it has', async () => {
  await assert.rejects(
    freezeGroup(group, true, both, nobody),
    (error) => error instanceof MachineError && error.failure.kind === 'noSuchGroup',
  );
  assert.deepEqual(await missingFreezer(group, both), { hierarchy: freezer, path: '/a' });
  assert.equal(await missingFreezer(group, [memory]), undefined);
  mkdirSync(join(freezer.mountPoint, 'a'));
  assert.equal(await missingFreezer(group, both), undefined);
  assert.deepEqual(await sameGroups(group, both), [group, { hierarchy: freezer, path: '/a' }]);
});

test('it is frozen when everything in it stands still, which takes a while', async () => {
  const state = join(freezer.mountPoint, 'a/freezer.state');
  for (const [text, expected] of [
    ['THAWED\n', 'thawed'],
    ['FREEZING\n', 'freezing'],
    ['FROZEN\n', 'frozen'],
  ] as const) {
    writeFileSync(state, text);
    assert.equal(freezerState(group, both), expected);
  }
  writeFileSync(state, 'FREEZING\n');
  const { command, settle } = await freezeGroup(group, true, both, nobody);
  assert.deepEqual(command.args.slice(-2), ['freezer.state', 'FROZEN']);
  setTimeout(() => writeFileSync(state, 'FROZEN\n'), 50);
  await settle(AbortSignal.timeout(10_000));
  assert.equal(freezerState(group, both), 'frozen');
  writeFileSync(state, 'FREEZING\n');
  const abort = new AbortController();
  abort.abort();
  await assert.rejects(
    settle(abort.signal),
    (error) => error instanceof MachineError && error.failure.kind === 'cancelled',
  );
});

test('a group of the hierarchy of the freezer is frozen in place, and one of v2 by its own file or by systemd', async () => {
  const own = { hierarchy: freezer, path: '/a' };
  for (const [wanted, text] of [
    [true, 'FROZEN'],
    [false, 'THAWED'],
  ] as const) {
    const { command, settle } = await freezeGroup(own, wanted, both, nobody);
    assert.deepEqual(command.args.slice(-2), ['freezer.state', text]);
    writeFileSync(join(freezer.mountPoint, 'a/freezer.state'), `${text}\n`);
    await settle(AbortSignal.timeout(10_000));
  }
  const unified: Hierarchy = { version: 2, mountPoint: join(directory, 'v2'), controllers: [] };
  const inV2 = join(unified.mountPoint, 'a');
  mkdirSync(inV2, { recursive: true });
  writeFileSync(join(inV2, 'cgroup.freeze'), '');
  const ofV2 = { hierarchy: unified, path: '/a' };
  for (const [wanted, digit] of [
    [true, '1'],
    [false, '0'],
  ] as const) {
    writeFileSync(join(inV2, 'cgroup.events'), `populated 1\nfrozen ${digit}\n`);
    const frozen = await freezeGroup(ofV2, wanted, [unified], nobody);
    assert.deepEqual(frozen.command.args.slice(-2), ['cgroup.freeze', digit]);
    await frozen.settle(AbortSignal.timeout(10_000));
    const { command } = await freezeGroup(ofV2, wanted, [unified], () => ({
      ...{ kind: 'unit', unit: { name: 'a.service' }, slice: false },
    }));
    assert.deepEqual([command.file, ...command.args], ['systemctl', wanted ? 'freeze' : 'thaw', '--', 'a.service']);
  }
});
