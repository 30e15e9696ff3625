import assert from 'node:assert/strict';
import {
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { MachineError } from '../../../../src/machines/errors.ts';
import {
  backUpContainer,
  bringBackContainer,
  lookIntoArchive,
  packedName,
} from '../../../../src/machines/lxc/archive/archiveContainer.ts';
import { isFailure } from '../act/fakeMachine.ts';
import type { FakeContainers } from './fakeContainers.ts';
import { config, entries, failureOf, notRoot, perform, run, tar, withWeb } from './packedWeb.ts';

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
    assert.equal(packedName('f', './config\n./rootfs/\n./snaps/\n'), '');
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

  test('says nothing of whose the container is, nor what LXC notes of it', { skip: notRoot }, async () => {
    const made = withWeb();
    const file = await packed(made, (directory) => {
      mkdirSync(join(directory, 'x/rootfs/etc'), { recursive: true });
      mkdirSync(join(directory, 'x/hooks'));
      mkdirSync(join(directory, 'x/snaps'));
      writeFileSync(join(directory, 'x/config'), 'lxc.rootfs.path = dir:/var/lib/lxc/x/rootfs\n');
      linkSync(join(directory, 'x/config'), join(directory, 'x/rootfs/etc/config'));
      for (const name of ['hooks/start', 'partial', 'lxc_rdepends', '.kept'])
        writeFileSync(join(directory, 'x', name), '', { mode: 0o777 });
      symlinkSync(join(made.root, 'victim'), join(directory, 'x/x.log'));
      for (const name of ['x/rootfs/etc', 'x/hooks/start', 'x/hooks', 'x/config', 'x'])
        chownSync(join(directory, name), 1000, 1000);
      chmodSync(join(directory, 'x'), 0o777);
    });
    await perform(bringBackContainer(made.host, made.ref('x'), file, 'x'));
    const there = join(made.lxcpath, 'x');
    const of = (name: string): readonly number[] => {
      const { uid, gid, mode } = statSync(join(there, name));
      return [uid, gid, mode & 0o7777];
    };
    assert.deepEqual(readdirSync(there).sort(), ['.kept', 'config', 'hooks', 'rootfs']);
    assert.deepEqual(
      [of(''), of('config')],
      [
        [0, 0, 0o770],
        [0, 0, 0o644],
      ],
    );
    assert.deepEqual([of('hooks')[0], of('hooks/start')[0], of('rootfs/etc')[0]], [0, 0, 1000]);
    assert.notEqual(statSync(join(there, 'config')).ino, statSync(join(there, 'rootfs/etc/config')).ino);
  });

  test('may map root, which then passes its directory and writes nothing there', { skip: notRoot }, async () => {
    const made = withWeb();
    made.write(
      'lxc/web/config',
      `lxc.rootfs.path = dir:${made.lxcpath}/web/rootfs\nlxc.idmap = u 0 100000 65536\nlxc.idmap = g 0 200000 65536\n`,
    );
    await perform(backUpContainer(made.host, made.ref('web'), made.file));
    await perform(bringBackContainer(made.host, made.ref('two'), made.file, 'web'));
    const { uid, gid, mode } = statSync(join(made.lxcpath, 'two'));
    assert.deepEqual([uid, gid, mode & 0o7777], [0, 200_000, 0o710]);
  });

  test('may have the container on top, which then gets the name that a person gives it', async () => {
    const made = withWeb();
    const file = join(made.root, 'top.tar.gz');
    await run({
      file: 'sh',
      args: ['-c', 'cd "$1" && tar -czf "$2" ./*', 'sh', join(made.lxcpath, 'web'), file],
      parse: () => undefined,
    });
    assert.equal(await run(lookIntoArchive(file)), '');
    await perform(bringBackContainer(made.host, made.ref('two'), file, ''));
    const two = join(made.lxcpath, 'two');
    assert.equal(
      config(made, 'two'),
      `lxc.mount.fstab = ${two}/fstab\nlxc.rootfs.path = dir:${two}/rootfs\nlxc.uts.name = two\n`,
    );
    assert.equal(readFileSync(join(two, 'rootfs/etc/kept'), 'utf8'), 'kept');
    assert.throws(() => bringBackContainer(made.host, made.ref('.x'), file, ''), isFailure('invalidName'));
    // Under its own name it stays what it is.
    rmSync(join(made.lxcpath, 'web'), { recursive: true });
    await perform(bringBackContainer(made.host, made.ref('web'), file, ''));
    assert.match(config(made, 'web'), /hwaddr/u);
  });

  test('is listed no deeper than it takes to know its name', async () => {
    const made = withWeb();
    for (const name of ['a/b/c', 'a/d', 'e']) made.write(`lxc/web/rootfs/${name}`, '');
    for (const prefix of ['', './']) {
      const file = join(made.root, 'many.tar');
      await tar('-cf', file, '-C', made.lxcpath, `${prefix}web`);
      const listed = await run({ ...lookIntoArchive(file), parse: ({ stdout }) => stdout });
      const names = listed
        .trim()
        .split('\n')
        .map((name) => name.slice(prefix.length))
        .sort();
      assert.deepEqual(names, ['web/', 'web/config', 'web/rootfs/', 'web/snaps/']);
      assert.equal(await run(lookIntoArchive(file)), 'web');
    }
  });
});
