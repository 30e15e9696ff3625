import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, test } from 'node:test';
import { MachineError, type MachineFailure } from '../../../../src/machines/errors.ts';
import { createRun } from '../../../../src/machines/host/runWithExeca.ts';
import {
  backUpContainer,
  bringBackContainer,
  lookIntoArchive,
  packedName,
} from '../../../../src/machines/lxc/archive/archiveContainer.ts';
import type { Operation } from '../../../../src/machines/operation.ts';
import { performOperation } from '../../../../src/machines/performOperation.ts';
import { isFailure } from '../act/fakeMachine.ts';
import { createFakeContainers, type FakeContainers } from './fakeContainers.ts';

const now: { made: FakeContainers[] } = { made: [] };
afterEach(() => {
  for (const one of now.made.splice(0)) one.remove();
});

const run = createRun();
const { signal } = new AbortController();
const perform = (operation: Operation): Promise<void> => performOperation(run, operation, signal);
const tar = (...args: readonly string[]): Promise<void> => run({ file: 'tar', args, parse: () => undefined });

const failureOf = async (work: Promise<unknown>): Promise<MachineFailure> =>
  work.then(
    () => assert.fail('it did not fail'),
    (error: unknown) => (error instanceof MachineError ? error.failure : assert.fail(String(error))),
  );

/** A host with a stopped container `web` that has a file, a link and a snapshot; its tools are real. */
const withWeb = (): FakeContainers & { readonly file: string } => {
  const made = createFakeContainers();
  now.made.push(made);
  made.define(
    'web',
    `lxc.uts.name = web\nlxc.net.0.hwaddr = 00:16:3e:00:00:01\nlxc.mount.fstab = ${made.lxcpath}/web/fstab\n`,
  );
  made.write('lxc/web/rootfs/etc/kept', 'kept');
  symlinkSync('/etc/shadow', join(made.lxcpath, 'web/rootfs/link'));
  made.write('lxc/web/snaps/snap0/config', '');
  return { ...made, host: { ...made.host, run }, file: join(made.root, 'a b:c.tar.gz') };
};
const config = ({ lxcpath }: FakeContainers, name: string): string =>
  readFileSync(join(lxcpath, name, 'config'), 'utf8');
const entries = ({ lxcpath }: FakeContainers): readonly string[] => readdirSync(lxcpath).sort();

describe('a container that is packed', () => {
  test('comes back as it was, without its snapshots', async () => {
    const made = withWeb();
    await perform(backUpContainer(made.host, made.ref('web'), made.file));
    assert.equal(await run(lookIntoArchive(made.file)), 'web');
    const before = config(made, 'web').split('\n').toSorted();
    rmSync(join(made.lxcpath, 'web'), { recursive: true });
    await perform(bringBackContainer(made.host, made.ref('web'), made.file, 'web'));
    assert.deepEqual(config(made, 'web').split('\n').toSorted(), before);
    assert.equal(readFileSync(join(made.lxcpath, 'web/rootfs/etc/kept'), 'utf8'), 'kept');
    assert.deepEqual(readdirSync(join(made.lxcpath, 'web')), ['config', 'rootfs']);
    assert.deepEqual(entries(made), ['web']);
  });

  test('comes back under another name with its paths, and without what there may be only once', async () => {
    const made = withWeb();
    await perform(backUpContainer(made.host, made.ref('web'), made.file));
    await perform(bringBackContainer(made.host, made.ref('two'), made.file, 'web'));
    const two = join(made.lxcpath, 'two');
    assert.equal(
      config(made, 'two'),
      `lxc.mount.fstab = ${two}/fstab\nlxc.rootfs.path = dir:${two}/rootfs\nlxc.uts.name = two\n`,
    );
    assert.deepEqual(entries(made), ['two', 'web']);
    // What it is to be called is looked at again where it is unpacked.
    const { host } = made;
    const late = bringBackContainer(host, made.ref('late'), made.file, 'web');
    mkdirSync(join(made.lxcpath, 'late'));
    assert.equal((await failureOf(perform(late))).kind, 'nameTaken');
    assert.throws(() => bringBackContainer(host, made.ref('web'), made.file, 'web'), isFailure('nameTaken'));
    assert.throws(() => bringBackContainer(host, made.ref('a b'), made.file, 'web'), isFailure('invalidName'));
    assert.deepEqual(entries(made), ['late', 'two', 'web']);
  });

  test('does not run, and has a directory of its own for its files', async () => {
    const made = withWeb();
    made.define('over');
    made.write('lxc/over/config', `lxc.rootfs.path = overlay:${made.lxcpath}/web/rootfs:${made.lxcpath}/over/delta0\n`);
    made.define('linked');
    rmSync(join(made.lxcpath, 'linked/rootfs'), { recursive: true });
    symlinkSync('/etc', join(made.lxcpath, 'linked/rootfs'));
    for (const name of ['over', 'linked']) {
      const failure = await failureOf(perform(backUpContainer(made.host, made.ref(name), made.file)));
      assert.equal(failure.kind === 'archiveProblem' && failure.problem, 'treeElsewhere');
    }
    made.run('web');
    assert.throws(() => backUpContainer(made.host, made.ref('web'), made.file), isFailure('machineRunning'));
    assert.throws(() => backUpContainer(made.host, made.ref('none'), made.file), isFailure('noSuchImage'));
    const ofUser = { lxcpath: join(made.root, 'home'), name: 'own' };
    mkdirSync(join(ofUser.lxcpath, 'own'), { recursive: true });
    assert.throws(() => backUpContainer(made.host, ofUser, made.file), isFailure('archiveProblem'));
    assert.ok(!existsSync(made.file));
  });

  test('leaves no half file, and the old one, where there is no room', async () => {
    const made = withWeb();
    const failure = await failureOf(
      perform(backUpContainer(made.host, made.ref('web'), join(made.root, 'none/x.tar.gz'))),
    );
    assert.ok(failure.kind === 'toolFailed' && failure.stderr.includes('No such file'), JSON.stringify(failure));
    writeFileSync(made.file, 'old');
    // The kernel refuses the first byte beyond a limit as it refuses one on a full disk.
    const { command, ...operation } = backUpContainer(made.host, made.ref('web'), made.file);
    const full = { ...command, args: ['-c', `ulimit -f 0; trap '' XFSZ; exec sh "$@"`, 'sh', ...command.args] };
    await assert.rejects(perform({ ...operation, command: full }), isFailure('toolFailed'));
    assert.equal(readFileSync(made.file, 'utf8'), 'old');
    assert.deepEqual(
      readdirSync(made.root).filter((name) => name.includes('tar')),
      ['a b:c.tar.gz'],
    );
  });
});

describe('an archive of a stranger', () => {
  /** An archive of what `make` has made. */
  const packed = async (made: FakeContainers, make: (directory: string) => void): Promise<string> => {
    const directory = join(made.root, 'stranger');
    mkdirSync(directory);
    make(directory);
    const file = join(made.root, 'stranger.tar');
    await tar('-cf', file, '-C', directory, '--', ...readdirSync(directory));
    return file;
  };

  test('has a container alone in one directory', () => {
    assert.equal(packedName('f', './web/\n./web/config\n./web/rootfs/\n'), 'web');
    for (const [listing, problem] of [
      ['/etc/passwd\nweb/config\n', 'membersOutside'],
      ['web/config\nweb/../../x\n', 'membersOutside'],
      ['web/config\nother\n', 'membersOutside'],
      ['..\n', 'membersOutside'],
      ['web/\nweb/rootfs/\n', 'noContainer'],
      ['config\n', 'noContainer'],
      ['we\\nb/config\n', 'noContainer'],
      ['.web/config\n', 'noContainer'],
      ['', 'noContainer'],
    ] as const)
      assert.throws(
        () => packedName('f', listing),
        (error: unknown) =>
          error instanceof MachineError && error.failure.kind === 'archiveProblem' && error.failure.problem === problem,
        listing,
      );
  });

  test('is refused as a whole where it is no container, and nothing is left', async () => {
    const made = withWeb();
    const file = await packed(made, (directory) => {
      mkdirSync(join(directory, 'x/rootfs'), { recursive: true });
      symlinkSync(join(made.root, 'victim'), join(directory, 'x/config'));
    });
    made.write('victim', 'untouched');
    const failure = await failureOf(perform(bringBackContainer(made.host, made.ref('x'), file, 'x')));
    assert.equal(failure.kind === 'archiveProblem' && failure.problem, 'noContainer');
    assert.equal(readFileSync(join(made.root, 'victim'), 'utf8'), 'untouched');
    writeFileSync(file, 'junk');
    const junk = await failureOf(perform(bringBackContainer(made.host, made.ref('x'), file, 'x')));
    assert.ok(junk.kind === 'toolFailed' && junk.file === 'tar' && junk.stderr.includes('tar archive'));
    assert.equal((await failureOf(run(lookIntoArchive(file)))).kind, 'toolFailed');
    assert.deepEqual(entries(made), ['web']);
  });

  test('writes nowhere else', async () => {
    const made = withWeb();
    const directory = join(made.root, 'evil');
    made.write('evil/x/config', `lxc.rootfs.path = dir:/\n`);
    mkdirSync(join(directory, 'x/rootfs'));
    made.write('evil/out', 'evil');
    const file = join(made.root, 'evil.tar');
    await tar('-cPf', file, '-C', directory, '--transform=s,^out$,../../out,', 'x', 'out');
    assert.throws(() => packedName(file, 'x/\nx/config\nx/rootfs/\n../../out\n'), isFailure('archiveProblem'));
    assert.equal((await failureOf(run(lookIntoArchive(file)))).kind, 'archiveProblem');
    // Had the file been another one a moment later, tar itself would not take it.
    await assert.rejects(perform(bringBackContainer(made.host, made.ref('x'), file, 'x')), isFailure('toolFailed'));
    assert.deepEqual([entries(made), existsSync(join(made.root, 'out'))], [['web'], false]);
  });
});
