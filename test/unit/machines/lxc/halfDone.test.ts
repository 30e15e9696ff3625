import assert from 'node:assert/strict';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, test } from 'node:test';
import type { Run } from '../../../../src/machines/command.ts';
import { MachineError, type MachineFailure } from '../../../../src/machines/errors.ts';
import {
  copyContainer,
  destroyContainer,
  removeSnapshot,
  renameContainer,
  restoreContainer,
  snapshotContainer,
} from '../../../../src/machines/lxc/operate/containerFiles.ts';
import { startCopy } from '../../../../src/machines/lxc/operate/containerLife.ts';
import { idOf } from '../../../../src/machines/lxc/places.ts';
import type { Operation } from '../../../../src/machines/operation.ts';
import { performOperation } from '../../../../src/machines/performOperation.ts';
import { createFakeContainers, type FakeContainers } from './fakeContainers.ts';

const { geteuid } = process;
const now: { made: FakeContainers[] } = { made: [] };
afterEach(() => {
  for (const one of now.made.splice(0)) one.remove();
  Object.assign(process, { geteuid });
});

type Plan = (made: FakeContainers) => Operation | Promise<Operation>;
type Work = (made: FakeContainers) => void;

/** The containers `web`, with a snapshot, and what lxc-destroy does. */
const withWeb = (): FakeContainers => {
  const made: FakeContainers = createFakeContainers((line) => {
    const [, lxcpath = '', name = ''] = /^lxc-destroy --lxcpath=(\S+) --name=(\S+)$/u.exec(line) ?? [];
    if (lxcpath !== '') rmSync(join(lxcpath, name), { recursive: true, force: true });
    return '';
  });
  now.made.push(made);
  made.define('web');
  made.write('lxc/web/snaps/snap0/config', 'lxc.rootfs.path = dir:/x\n');
  return made;
};

const causes = [{ kind: 'cancelled' }, { kind: 'timedOut', file: 'lxc', afterMs: 1 }] as const;

/** What is said when the tool has done this much and is ended then, whether by a person or because it takes too long. */
const saidOf = async (plan: Plan, work: Work): Promise<readonly [MachineFailure, FakeContainers]> => {
  const ends = await Promise.all(
    causes.map(async (cause) => {
      const made = withWeb();
      const operation = await plan(made);
      const run: Run = () => {
        work(made);
        return Promise.reject(new MachineError(cause));
      };
      const failure = await performOperation(run, operation, new AbortController().signal).then(
        () => assert.fail('it did not fail'),
        (error: unknown) => (error instanceof MachineError ? error.failure : assert.fail(String(error))),
      );
      return { made, failure };
    }),
  );
  const [called, late] = ends;
  assert.ok(called !== undefined && late !== undefined);
  assert.equal(called.failure.kind === 'cancelled', late.failure.kind === 'timedOut');
  return [called.failure, called.made];
};

/** As LXC leaves a copy that was ended: the configuration says nothing of the tree yet. */
const copyHalf =
  (name: string): Work =>
  ({ lxcpath }) => {
    mkdirSync(join(lxcpath, name, 'rootfs/etc'), { recursive: true });
    writeFileSync(join(lxcpath, name, 'config'), 'lxc.uts.name = web\n');
  };
const copyWhole =
  (name: string): Work =>
  (made) => {
    made.define(name);
  };
const nothing: Work = () => undefined;
const pathsOf = ([failure, { lxcpath }]: readonly [MachineFailure, FakeContainers]): unknown =>
  failure.kind === 'halfDone' ? failure.paths.map((path) => path.slice(lxcpath.length + 1)) : failure;

describe('what is ended halfway', () => {
  const silent = { kind: 'cancelled' };

  test('as a copy is removed, and named where it is whole', async () => {
    for (const plan of [
      ({ host, ref }) => copyContainer(host, ref('web'), 'two'),
      ({ host, ref }) => restoreContainer(host, ref('web'), 'snap0', 'two'),
    ] as const satisfies readonly Plan[]) {
      const [failure, { lxcpath }] = await saidOf(plan, copyHalf('two'));
      assert.deepEqual(
        [failure, existsSync(join(lxcpath, 'two')), existsSync(join(lxcpath, 'web'))],
        [silent, false, true],
      );
      assert.deepEqual(pathsOf(await saidOf(plan, copyWhole('two'))), ['two']);
      assert.deepEqual(pathsOf(await saidOf(plan, nothing)), silent);
    }
  });

  test('as a new name keeps the old one, is done, or leaves both, which are named', async () => {
    const plan: Plan = ({ host, ref }) => renameContainer(host, ref('web'), 'two');
    const [failure, { lxcpath }] = await saidOf(plan, copyHalf('two'));
    assert.deepEqual([failure, existsSync(join(lxcpath, 'two'))], [silent, false]);
    assert.deepEqual(pathsOf(await saidOf(plan, copyWhole('two'))), ['web', 'two']);
    const all: Work = (made) => {
      made.define('two');
      rmSync(join(made.lxcpath, 'web'), { recursive: true });
    };
    assert.deepEqual(pathsOf(await saidOf(plan, all)), silent);
  });

  test('is named where a part of it may be gone, or is there', async () => {
    const remove: Plan = ({ host, ref }) => destroyContainer(host, ref('web'));
    const all: Work = ({ lxcpath }) => rmSync(join(lxcpath, 'web'), { recursive: true });
    assert.deepEqual(pathsOf(await saidOf(remove, nothing)), ['web']);
    assert.deepEqual(pathsOf(await saidOf(remove, all)), silent);
    const snapshot: Plan = ({ host, ref }) => snapshotContainer(host, ref('web'));
    assert.deepEqual(pathsOf(await saidOf(snapshot, copyHalf('web/snaps/snap1'))), ['web/snaps/snap1']);
    assert.deepEqual(pathsOf(await saidOf(snapshot, nothing)), silent);
    const forget: Plan = ({ host, ref }) => removeSnapshot(host, ref('web'), 'snap0');
    assert.deepEqual(pathsOf(await saidOf(forget, nothing)), ['web/snaps/snap0']);
    const brief: Plan = ({ host, ref }) => startCopy(host, ref('web'), 'brief');
    assert.deepEqual(pathsOf(await saidOf(brief, copyWhole('brief'))), ['brief']);
    const runs: Work = (made) => {
      made.define('brief');
      made.run('brief');
    };
    assert.deepEqual(pathsOf(await saidOf(brief, runs)), silent);
  });

  test('as a restore over what was there says where the snapshot lies', async () => {
    const plan: Plan = ({ host, ref }) => restoreContainer(host, ref('web'), 'snap0');
    const [failure, made] = await saidOf(plan, (one) => {
      rmSync(join(one.lxcpath, 'web/rootfs'), { recursive: true });
      copyHalf('web')(one);
    });
    const path = join(made.lxcpath, 'web/snaps/snap0');
    assert.deepEqual(failure, { kind: 'notRestored', name: idOf(made.ref('web')), path });
    assert.deepEqual(pathsOf(await saidOf(plan, nothing)), silent);
  });

  test('goes on where the tool runs with more rights than this user has', async () => {
    const plans: readonly Plan[] = [
      ({ host, ref }) => copyContainer(host, ref('web'), 'two'),
      ({ host, ref }) => renameContainer(host, ref('web'), 'two'),
      ({ host, ref }) => destroyContainer(host, ref('web')),
      ({ host, ref }) => snapshotContainer(host, ref('web')),
      ({ host, ref }) => restoreContainer(host, ref('web'), 'snap0'),
    ];
    Object.assign(process, { geteuid: () => 4_242 });
    for (const plan of plans) {
      const [failure, { lxcpath }] = await saidOf(plan, copyHalf('two'));
      assert.deepEqual(failure, { kind: 'cancelled', left: 'unfinished' });
      assert.ok(existsSync(join(lxcpath, 'two')));
    }
  });
});
