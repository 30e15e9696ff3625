import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, test } from 'node:test';
import type { CreationPlan } from '../../../../src/machines/creation.ts';
import { isAnswer, isSize, isWithin } from '../../../../src/machines/creation.ts';
import { MachineError, type MachineFailure } from '../../../../src/machines/errors.ts';
import { createRun } from '../../../../src/machines/host/runWithExeca.ts';
import { adviceIn, createContainer, creationReason } from '../../../../src/machines/lxc/create/createContainer.ts';
import { possibleStores } from '../../../../src/machines/lxc/create/stores.ts';
import { imagesIn, installedTemplates, templateArguments } from '../../../../src/machines/lxc/create/templates.ts';
import { performOperation } from '../../../../src/machines/performOperation.ts';
import { isFailure, runBy } from '../act/fakeMachine.ts';
import { createFakeContainers, type FakeContainers } from './fakeContainers.ts';

const now: { made: FakeContainers[]; path: string | undefined } = { made: [], path: process.env['PATH'] };
afterEach(() => {
  for (const one of now.made.splice(0)) one.remove();
  process.env['PATH'] = now.path;
});

const { signal } = new AbortController();
const busybox: CreationPlan = { template: 'busybox', answers: {}, args: [], store: { kind: 'dir' } };

const fake = (answer?: (line: string) => string | number): FakeContainers => {
  const made = createFakeContainers(answer);
  now.made.push(made);
  return made;
};

/** A host whose tools are scripts that are really run, `$directory` being that of the container. */
const withTools = (create: string, destroy = 'rm -rf "$directory"'): FakeContainers => {
  const made = fake();
  const find = 'for word; do case $word in --lxcpath=*) path=${word#*=} ;; --name=*) name=${word#*=} ;; esac; done\n';
  for (const [tool, script] of [
    ['lxc-create', create],
    ['lxc-destroy', destroy],
  ] as const) {
    const file = join(made.root, 'bin', tool);
    writeFileSync(file, `#!/bin/sh\n${find}directory=$path/$name\n${script}\n`);
    chmodSync(file, 0o755);
  }
  process.env['PATH'] = `${join(made.root, 'bin')}:${now.path ?? ''}`;
  return made;
};

const perform = async (made: FakeContainers, plan = busybox, aborts = signal): Promise<readonly string[]> => {
  const run = createRun();
  const lines: string[] = [];
  const { operation, advice } = createContainer({ ...made.host, run }, made.ref('web'), plan, (line) => {
    lines.push(line);
  });
  await performOperation(run, operation, aborts);
  return [...lines, ...advice()];
};

const failureOf = async (work: Promise<unknown>): Promise<MachineFailure> =>
  work.then(
    () => assert.fail('it did not fail'),
    (error: unknown) => (error instanceof MachineError ? error.failure : assert.fail(String(error))),
  );

const begin = 'mkdir -p "$directory/rootfs/etc" && : >"$directory/config" && : >"$directory/partial"';

describe('a container that is made', () => {
  test('is there when it has a configuration and is finished, and what the template says last is told', async () => {
    const made = withTools(`${begin}; echo one; echo ---; echo "No password yet."; rm "$directory/partial"`);
    assert.deepEqual(await perform(made), ['one', '---', 'No password yet.', 'No password yet.']);
    assert.deepEqual(readdirSync(join(made.lxcpath, 'web')), ['config', 'rootfs']);
  });

  test('is not there when the tool lies', async () => {
    for (const create of ['true', begin]) {
      const made = withTools(create);
      assert.equal((await failureOf(perform(made))).kind, 'noEffect');
    }
  });

  test('leaves nothing when its template fails, whose last words are the reason', async () => {
    const said =
      'echo "not a tar archive" >&2; echo "lxc-create: web: ../src/a.c: create_run_template: 1 Failed to create" >&2';
    for (const create of [`${begin}; ${said}; exit 1`, `mkdir -p "$directory/rootfs"; ${said}; exit 1`]) {
      const made = withTools(create);
      const failure = await failureOf(perform(made));
      assert.deepEqual(failure.kind === 'notMade' && [failure.reason, failure.left], ['not a tar archive', undefined]);
      assert.deepEqual(readdirSync(made.lxcpath), []);
    }
  });

  test('says what is left where it cannot be removed, and never removes what was there before', async () => {
    const stubborn = withTools(`${begin}; echo bad >&2; exit 1`, 'exit 1');
    const failure = await failureOf(perform(stubborn));
    assert.equal(failure.kind === 'notMade' && failure.left, join(stubborn.lxcpath, 'web'));
    const taken = withTools(`echo exists >&2; exit 1`);
    const { operation } = createContainer(taken.host, taken.ref('web'), busybox);
    // Somebody else makes one of this name between the question and the tool.
    mkdirSync(join(taken.lxcpath, 'web'));
    writeFileSync(join(taken.lxcpath, 'web/partial'), '');
    process.env['fresh'] = 'yes';
    const found = await failureOf(performOperation(createRun(), operation, signal));
    delete process.env['fresh'];
    assert.deepEqual(found, { kind: 'nameTaken', name: operation.name });
    assert.equal(operation.failureOf?.(66)?.kind, 'nameTaken');
    assert.deepEqual(readdirSync(join(taken.lxcpath, 'web')), ['partial']);
  });

  test('leaves nothing when it is called off', async () => {
    const made = withTools(`${begin}; echo working; exec sleep 1000`);
    const abort = new AbortController();
    const run = createRun();
    const host = { ...made.host, run };
    const { operation } = createContainer(host, made.ref('web'), busybox, () => abort.abort());
    assert.deepEqual(await failureOf(performOperation(run, operation, abort.signal)), { kind: 'cancelled' });
    assert.deepEqual(readdirSync(made.lxcpath), []);
  });

  test('has options that may be secret, which no log keeps', async () => {
    const made = withTools(`${begin}; rm "$directory/partial"`);
    const lines: string[] = [];
    const run = createRun({ log: (line) => lines.push(line) });
    const plan = { ...busybox, template: 'mine', args: ['--password', 'secret'] };
    const { operation } = createContainer({ ...made.host, run }, made.ref('web'), plan);
    await performOperation(run, operation, signal);
    assert.match(lines.join(), /"--template=mine","--bdev=dir","--","…","…"\] 0/u);
    assert.doesNotMatch(lines.join(), /secret/u);
  });

  test(
    'is not said to go on where nothing was begun, or nobody may look',
    { skip: process.getuid?.() !== 0 },
    async () => {
      const made = fake();
      const { operation } = createContainer(made.host, made.ref('web'), busybox);
      chmodSync(made.root, 0o755);
      process.seteuid?.(65_534);
      try {
        assert.equal(await operation.abandon?.(), undefined);
        process.seteuid?.(0);
        chmodSync(made.lxcpath, 0o700);
        process.seteuid?.(65_534);
        assert.equal(await operation.abandon?.(), 'unseen');
        await operation.settle(signal);
      } finally {
        process.seteuid?.(0);
      }
    },
  );

  test('is not even tried under a name that is taken or strange, nor with a template that is a path', () => {
    const made = fake();
    made.define('web');
    assert.throws(() => createContainer(made.host, made.ref('web'), busybox), isFailure('nameTaken'));
    assert.throws(() => createContainer(made.host, made.ref('a b'), busybox), isFailure('invalidName'));
    for (const plan of [
      { ...busybox, template: '/tmp/evil' },
      { ...busybox, store: { kind: 'loop', size: '1G --dir=/' } as const },
      { ...busybox, store: { kind: 'lvm', within: '--x' } as const },
      { ...busybox, template: 'download', answers: { distribution: '../..', release: 'x', architecture: 'y' } },
      { ...busybox, template: 'download', answers: { distribution: 'debian', release: 'x' } },
    ])
      assert.throws(() => createContainer(made.host, made.ref('one'), plan), isFailure('invalidName'));
    assert.deepEqual(made.seen, []);
  });
});

test('the tool is told everything as one argument each', () => {
  const made = fake();
  const toolOf = (plan: CreationPlan): string => {
    const { args } = createContainer(made.host, made.ref('web'), plan).operation.command;
    return args.slice(5).join('|').replace(made.lxcpath, 'PATH');
  };
  const told = 'lxc-create|--lxcpath=PATH|--name=web|--template=';
  for (const [plan, tool] of [
    [busybox, 'busybox|--bdev=dir'],
    [{ ...busybox, store: { kind: 'loop', size: '2G' } }, 'busybox|--bdev=loop|--fssize=2G|--fstype=ext4'],
    [
      { ...busybox, store: { kind: 'lvm', size: '2G', within: 'vg' } },
      'busybox|--bdev=lvm|--fssize=2G|--fstype=ext4|--vgname=vg',
    ],
    [{ ...busybox, store: { kind: 'zfs', within: 'tank/lxc' } }, 'busybox|--bdev=zfs|--zfsroot=tank/lxc'],
    [
      {
        ...busybox,
        template: 'download',
        answers: { distribution: 'debian', release: 'trixie', architecture: 'amd64' },
      },
      'download|--bdev=dir|--|--dist=debian|--release=trixie|--arch=amd64',
    ],
    [
      { ...busybox, template: 'debian', answers: { release: 'trixie', architecture: 'amd64', mirror: '' } },
      'debian|--bdev=dir|--|--release=trixie|--arch=amd64',
    ],
    [
      { ...busybox, template: 'local', answers: { metadata: '/a b/m.tar.xz', fstree: '/f.tar.xz' } },
      'local|--bdev=dir|--|--metadata=/a b/m.tar.xz|--fstree=/f.tar.xz',
    ],
    [{ ...busybox, template: 'oci', args: ['--url', 'docker:x; y'] }, 'oci|--bdev=dir|--|--url|docker:x; y'],
  ] as const)
    assert.equal(toolOf(plan), `${told}${tool}`);
});

test('the templates are those that are installed and can be run', async () => {
  const made = fake();
  assert.throws(() => installedTemplates(made.places), isFailure('noTemplates'));
  for (const file of ['lxc-busybox', 'lxc-download', 'lxc-mine', 'other']) made.write(`templates/${file}`, '');
  for (const file of ['lxc-busybox', 'lxc-download', 'other']) chmodSync(join(made.places.templates, file), 0o755);
  const templates = installedTemplates(made.places);
  assert.deepEqual(
    templates.map(({ name, questions }) => [name, ...questions.map(({ id }) => id)]),
    [['busybox'], ['download', 'distribution', 'release', 'architecture']],
  );
  const list = templates.find(({ name }) => name === 'download')?.list;
  const text =
    'Downloading the image index\n\n---\nDIST RELEASE ARCH VARIANT BUILD\n---\ndebian  trixie  amd64  default  20261129_05:24\ndebian  trixie  amd64  cloud  20261129_05:24\n../x  y  z  default  2026\n---\n';
  assert.deepEqual(imagesIn(text), [{ distribution: 'debian', release: 'trixie', architecture: 'amd64' }]);
  assert.deepEqual(await list?.({ ...made.host, run: runBy(() => text) }, signal), imagesIn(text));
  // As that of LXC 5 does.
  writeFileSync(join(made.places.templates, 'lxc-download'), `#!/bin/sh\ncat <<END\n${text}END\nexit 1\n`);
  assert.deepEqual(await list?.({ ...made.host, run: createRun() }, signal), imagesIn(text));
  // A server that is not there gives a heading, or nothing.
  await assert.rejects(
    async () => list?.({ ...made.host, run: runBy(() => 'Downloading the image index\n') }, signal),
    isFailure('unexpectedOutput'),
  );
  assert.deepEqual(templateArguments('mine', {}, ['-r', 'x']), ['-r', 'x']);
});

test('a backing store is offered where this host can', () => {
  const made = fake();
  const places = {
    proc: join(made.root, 'proc'),
    loopControl: join(made.root, 'loop'),
    tools: [join(made.root, 'bin')],
  };
  assert.deepEqual(possibleStores(made.places, join(made.root, 'none'), places), ['dir']);
  made.write('proc/filesystems', 'nodev\toverlay\n');
  for (const file of ['loop', 'bin/mkfs.ext4', 'bin/lvcreate', 'bin/zfs']) made.write(file, '');
  const stores = possibleStores(made.places, join(made.root, 'none'), places);
  assert.deepEqual(stores, ['dir', 'overlay', 'loop', 'lvm', 'zfs']);
});

test('answers are words, addresses and sizes that lead nowhere else', () => {
  for (const word of ['debian', '24.04', 'amd64', 'v3.20']) assert.ok(isAnswer({ form: 'word' }, word), word);
  for (const word of ['', '..', '.x', '-x', 'a/b', 'a b', 'a;b']) assert.ok(!isAnswer({ form: 'word' }, word), word);
  assert.ok(isAnswer({ form: 'address' }, 'https://deb.debian.org/debian'));
  for (const address of ['deb.debian.org', 'https://kim:secret@deb.debian.org/', 'https://a b', 'ext::sh'])
    assert.ok(!isAnswer({ form: 'address' }, address));
  assert.ok(isAnswer({ form: 'file' }, '/a b') && !isAnswer({ form: 'file' }, 'a'));
  assert.deepEqual(['500M', '2G', '0G', '2', '2G x', '-1G'].map(isSize), [true, true, false, false, false, false]);
  assert.deepEqual(['lxc', 'tank/lxc', '-x', 'a/../b', ''].map(isWithin), [true, true, false, false, false]);
});

test('the words of a template are told from those of lxc-create', () => {
  const ran = 'lxc-create: b: ../src/a.c: create_run_template: 16 Failed to create container from template\n';
  assert.equal(creationReason(`tar: bad\n${ran}`, 'Using x'), 'tar: bad');
  assert.equal(creationReason(ran, 'Using x\nUnable to unpack'), 'Using x · Unable to unpack');
  assert.equal(creationReason('lxc-create: b: ../src/a.c: get: 10 bad template: x\n', ''), 'bad template: x');
  assert.deepEqual(adviceIn('a\n---\nb\n---\nYou just created it.\n\nNo password.\n', ''), [
    'You just created it.',
    'No password.',
  ]);
  assert.deepEqual(adviceIn('x\nRoot password is "y"\n', 'W: z\n'), ['Root password is "y"']);
  assert.deepEqual(adviceIn('Using x\n', ''), []);
});
