import assert from 'node:assert/strict';
import {
  chmodSync,
  existsSync,
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
import {
  backUpContainer,
  bringBackContainer,
  lookIntoArchive,
  requirePackable,
} from '../../../../src/machines/lxc/archive/archiveContainer.ts';
import { isDefined } from '../../../../src/machines/lxc/places.ts';
import type { Operation } from '../../../../src/machines/operation.ts';
import { isFailure } from '../act/fakeMachine.ts';
import { config, entries, failureOf, notRoot, perform, run, usualPath, withWeb } from './packedWeb.ts';

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
    assert.ok(
      failure.kind === 'toolFailed' && /No such file|nonexistent/u.test(failure.stderr),
      JSON.stringify(failure),
    );
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

describe('what lies beside the finished file', () => {
  test('is another’s, and no link there is followed', async () => {
    const made = withWeb();
    made.write('victim', 'untouched');
    // A tar that is slow enough for somebody to put a link where the new file was.
    made.write('bin/tar', `#!/bin/sh\nfor one in "${made.file}".*; do ln -sf "${made.root}/victim" "$one"; done\n`);
    writeFileSync(join(made.root, 'bin/tar'), `PATH='${usualPath}' exec tar "$@"\n`, { flag: 'a' });
    chmodSync(join(made.root, 'bin/tar'), 0o755);
    process.env['PATH'] = `${join(made.root, 'bin')}:${usualPath}`;
    const { command, ...operation } = backUpContainer(made.host, made.ref('web'), made.file);
    const args = command.args.map((arg) => (/^\d+:\d+$/u.test(arg) ? '1234:5' : arg));
    await perform({ ...operation, command: { ...command, args } }).catch(() => undefined);
    assert.equal(readFileSync(join(made.root, 'victim'), 'utf8'), 'untouched');
    if (!notRoot) assert.equal(statSync(join(made.root, 'victim')).uid, 0);
  });

  test('is not taken for the new file, and no directory is the finished one', async () => {
    const made = withWeb();
    const operation = backUpContainer(made.host, made.ref('web'), made.file);
    symlinkSync('/dev/null', operation.command.args.at(-1) ?? '');
    await assert.rejects(perform(operation), isFailure('toolFailed'));
    mkdirSync(made.file);
    const failure = await failureOf(perform(backUpContainer(made.host, made.ref('web'), made.file)));
    assert.match(JSON.stringify(failure), /Is a directory/u);
    assert.deepEqual(readdirSync(made.file), []);
  });
});

describe('a user with few rights', () => {
  /** The operation as nobody does it. */
  const byNobody = (operation: Operation): Operation => ({
    ...operation,
    command: {
      ...operation.command,
      file: 'setpriv',
      args: ['--reuid=65534', '--regid=65534', '--clear-groups', 'sh', ...operation.command.args],
    },
  });

  test('is not told that a closed container has its files elsewhere', { skip: notRoot }, async () => {
    const made = withWeb();
    chmodSync(made.root, 0o755);
    chmodSync(join(made.lxcpath, 'web'), 0o770);
    const failure = await failureOf(perform(byNobody(backUpContainer(made.host, made.ref('web'), made.file))));
    assert.equal(failure.kind === 'toolFailed' && failure.exitCode, 1);
  });

  test('is not told that a container is missing where it may not look', { skip: notRoot }, () => {
    const made = withWeb();
    chmodSync(made.lxcpath, 0o700);
    process.seteuid?.(65_534);
    try {
      assert.deepEqual([isDefined(made.ref('web')), isDefined(made.ref('none'))], [undefined, undefined]);
    } finally {
      process.seteuid?.(0);
    }
    assert.deepEqual([isDefined(made.ref('web')), isDefined(made.ref('none'))], [true, false]);
  });

  test('is told of a tool that goes on only where it has begun', { skip: notRoot }, async () => {
    const made = withWeb();
    const packing = backUpContainer(made.host, made.ref('web'), made.file);
    const unpacking = bringBackContainer(made.host, made.ref('two'), made.file, 'web');
    chmodSync(made.root, 0o755);
    process.seteuid?.(65_534);
    try {
      assert.deepEqual([await packing.abandon?.(), await unpacking.abandon?.()], [undefined, undefined]);
      process.seteuid?.(0);
      writeFileSync(packing.command.args.at(-1) ?? '', 'begun');
      chmodSync(made.lxcpath, 0o700);
      process.seteuid?.(65_534);
      assert.deepEqual([await packing.abandon?.(), await unpacking.abandon?.()], ['unfinished', 'unseen']);
    } finally {
      process.seteuid?.(0);
    }
    // Whoever may takes it back.
    assert.deepEqual([await packing.abandon?.(), await unpacking.abandon?.()], [undefined, undefined]);
    assert.ok(!existsSync(packing.command.args.at(-1) ?? ''));
  });
});

test('whether a container can be packed is known before a person is asked for a file', async () => {
  const made = withWeb();
  for (const line of ['dir:ROOTFS', 'ROOTFS  ', '"ROOTFS"', 'btrfs:ROOTFS', 'ROOTFS/']) {
    made.write('lxc/web/config', `lxc.rootfs.path = ${line.replace('ROOTFS', `${made.lxcpath}/web/rootfs`)}\n`);
    await requirePackable(made.host, made.ref('web'));
    await perform(backUpContainer(made.host, made.ref('web'), made.file));
  }
  made.write('lxc/web/config', `lxc.rootfs = ${made.lxcpath}/web/rootfs\n`);
  await requirePackable(made.host, made.ref('web'));
  await perform(backUpContainer(made.host, made.ref('web'), made.file));
  for (const line of ['loop:/x', `overlay:${made.lxcpath}/web/rootfs:/x`, '/etc', '']) {
    made.write('lxc/web/config', `lxc.rootfs.path = ${line}\n`);
    await assert.rejects(requirePackable(made.host, made.ref('web')), isFailure('archiveProblem'), line);
  }
  const own = { lxcpath: join(made.root, 'home'), name: 'own' };
  mkdirSync(join(own.lxcpath, 'own'), { recursive: true });
  await assert.rejects(requirePackable(made.host, own), isFailure('archiveProblem'));
  await assert.rejects(requirePackable(made.host, made.ref('none')), isFailure('noSuchImage'));
});
