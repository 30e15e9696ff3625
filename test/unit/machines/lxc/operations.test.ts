import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import files from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { afterEach, describe, test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import type { Run } from '../../../../src/machines/command.ts';
import { createRun } from '../../../../src/machines/host/runWithExeca.ts';
import {
  copiesCode,
  destroyUnlessCopied,
  setAutostart,
} from '../../../../src/machines/lxc/commands/containerCommands.ts';
import {
  copyContainer,
  destroyContainer,
  removeSnapshot,
  renameContainer,
  restoreContainer,
  snapshotContainer,
} from '../../../../src/machines/lxc/operate/containerFiles.ts';
import { setContainerAutostart } from '../../../../src/machines/lxc/operate/startSettings.ts';
import {
  freezeContainer,
  killContainer,
  rebootContainer,
  startContainer,
  startCopy,
  stopContainer,
} from '../../../../src/machines/lxc/operate/containerLife.ts';
import { MachineError } from '../../../../src/machines/errors.ts';
import type { Operation } from '../../../../src/machines/operation.ts';
import { performOperation } from '../../../../src/machines/performOperation.ts';
import { writeRef } from '../../../../src/machines/reference.ts';
import { isFailure } from '../act/fakeMachine.ts';
import { createFakeContainers, type FakeContainers } from './fakeContainers.ts';

/** That it did not start, and what the log says of why. */
const saying =
  (...words: readonly string[]) =>
  (error: unknown): boolean =>
    error instanceof MachineError &&
    error.failure.kind === 'didNotStart' &&
    isDeepStrictEqual(error.failure.journal, words);

const now: { made: FakeContainers[] } = { made: [] };
afterEach(() => {
  for (const one of now.made.splice(0)) one.remove();
});

const { signal } = new AbortController();

/** A host with the container `web`, whose tools do what `answer` does when they are run. */
const withWeb = (answer: (made: FakeContainers, line: string) => unknown): FakeContainers => {
  const made: FakeContainers = createFakeContainers((line) => {
    const said = answer(made, line);
    return typeof said === 'number' ? said : '';
  });
  now.made.push(made);
  made.define('web');
  return made;
};

const perform = ({ host }: FakeContainers, operation: Operation | Promise<Operation>): Promise<void> =>
  Promise.resolve(operation).then((one) => performOperation(host.run, one, signal));

const tools = ({ seen }: FakeContainers): readonly string[] => seen.map((line) => line.replace(/--lxcpath=\S+ /u, ''));

describe('a container that is started', () => {
  test('runs when the kernel has its init', async () => {
    const made = withWeb((fake) => {
      fake.run('web');
    });
    await perform(made, startContainer(made.host, made.ref('web')));
    assert.deepEqual(tools(made), ['lxc-start --name=web --logpriority=INFO']);
  });

  test('has failed when its init has ended, although the tool was content, and the log says why', async () => {
    // LXC leaves out leading zeros of fractions: 9 ms after the second are written as 900, and 100 ms as 100.
    const line = (fraction: string, code: number): string =>
      `lxc-start web 20261129213322.${fraction} INFO     error - error.c:set:31 - Child <1> ended on error (${code})\n`;
    const made = withWeb((fake) => {
      fake.write('lxc/web/web.log', `${line('900', 2)}${line('100', 3)}`);
      return undefined;
    });
    made.write('lxc/web/web.log', line('900', 2));
    const failed = perform(made, startContainer(made.host, made.ref('web')));
    await assert.rejects(failed, saying('Child <1> ended on error (3)'));
  });

  test('has its reason also in a log that was begun anew meanwhile, and none of an earlier start', async () => {
    const line = (words: string): string => `lxc-start web 20261129213322.900 ERROR    start - a.c:b:1 - ${words}\n`;
    const anew = withWeb((fake) => {
      fake.write('lxc/web/web.log', line('new'));
      return 1;
    });
    anew.write('lxc/web/web.log', line('of an earlier start').repeat(2));
    await assert.rejects(perform(anew, startContainer(anew.host, anew.ref('web'))), saying('new'));
    const silent = withWeb(() => 1);
    silent.write('lxc/web/web.log', line('of an earlier start'));
    await assert.rejects(perform(silent, startContainer(silent.host, silent.ref('web'))), isFailure('toolFailed'));
  });

  test('has its log read with more rights only where the start had them, too', async (context) => {
    const words = 'lxc-start web 20261129213322.900 ERROR    start - a.c:b:1 - no init\n';
    context.mock.method(files, 'open', () => Promise.reject(Object.assign(new Error('closed'), { code: 'EACCES' })));
    syncBuiltinESMExports();
    try {
      for (const [tool, fails] of [
        ['lxc-start', true],
        ['lxc-start', false],
        ['/usr/bin/sudo', true],
        ['/usr/bin/sudo', false],
      ] as const) {
        const made = withWeb(() => (fails ? 1 : ''));
        const run: Run = async (command, options) => {
          if (command.args.includes('tail')) return command.parse({ exitCode: 0, stdout: words, stderr: '' });
          return made.host.run(command, options);
        };
        const start = startContainer({ ...made.host, run }, made.ref('web'));
        const failed = performOperation(run, { ...start, command: { ...start.command, file: tool } }, signal);
        const silent = fails ? isFailure('toolFailed') : saying();
        await assert.rejects(failed, tool === 'lxc-start' ? silent : saying('no init'));
      }
    } finally {
      context.mock.restoreAll();
      syncBuiltinESMExports();
    }
  });

  test('has failed when it ends within a moment', async () => {
    const made = withWeb((fake) => {
      fake.run('web');
      setTimeout(() => fake.end('web'), 15);
      return undefined;
    });
    await assert.rejects(perform(made, startContainer(made.host, made.ref('web'))), isFailure('didNotStart'));
  });

  test('has the reason of the log when the tool fails, else the words of the tool', async () => {
    const made = withWeb((fake) => {
      fake.write('log.txt', 'lxc-start web 20990101000000.000 ERROR    start - start.c:start:1 - no init\n');
      return 1;
    });
    made.define('web', `lxc.log.file = ${made.root}/log.txt\n`);
    await assert.rejects(perform(made, startContainer(made.host, made.ref('web'))), isFailure('didNotStart'));
    const leaving = withWeb((fake) => {
      fake.write('lxc/web/web.log', 'lxc-start web 20990101000000.000 ERROR    start - start.c:start:1 - no init\n');
      fake.run('web');
      return 1;
    });
    await assert.rejects(perform(leaving, startContainer(leaving.host, leaving.ref('web'))), saying('no init'));
    const silent = withWeb(() => 1);
    await assert.rejects(perform(silent, startContainer(silent.host, silent.ref('web'))), isFailure('toolFailed'));
  });

  test('is not even tried when it runs, is not there, or has a name that leads elsewhere', () => {
    const made = withWeb(() => undefined);
    assert.throws(() => startContainer(made.host, made.ref('none')), isFailure('noSuchImage'));
    assert.throws(() => startContainer(made.host, made.ref('../web')), isFailure('invalidName'));
    made.run('web');
    assert.throws(() => startContainer(made.host, made.ref('web')), isFailure('machineRunning'));
    assert.throws(() => startCopy(made.host, made.ref('web'), 'brief'), isFailure('machineRunning'));
    assert.deepEqual(made.seen, []);
  });
});

describe('a container that is stopped', () => {
  for (const [what, plan, tool] of [
    ['asked', stopContainer, 'lxc-stop --name=web --nowait'],
    ['killed', killContainer, 'lxc-stop --name=web --kill'],
  ] as const)
    test(`has stopped when its init is gone: ${what}`, async () => {
      const over = { is: false };
      const made = withWeb((fake) => {
        setTimeout(() => {
          over.is = true;
          fake.end('web');
        }, 30);
        return undefined;
      });
      made.run('web');
      await perform(made, plan(made.host, made.ref('web')));
      assert.ok(over.is);
      assert.deepEqual(tools(made), [tool]);
    });

  test('has not stopped when it ignores the request', async () => {
    const made = withWeb(() => undefined);
    made.run('web');
    await assert.rejects(perform(made, stopContainer(made.host, made.ref('web'), 30)), (error: unknown) => {
      assert.ok(isFailure('didNotStop')(error));
      // By its reference: a machine of systemd-nspawn may have its name.
      assert.ok(error instanceof MachineError && error.failure.kind === 'didNotStop');
      assert.equal(error.failure.name, writeRef({ backend: 'lxc', scope: made.ref('web').lxcpath, name: 'web' }));
      return true;
    });
  });

  test('is thawed first when it is frozen', async () => {
    const made = withWeb((fake, line) => {
      if (line.startsWith('lxc-stop')) fake.end('web');
    });
    made.run('web', { frozen: true });
    await perform(made, stopContainer(made.host, made.ref('web')));
    assert.deepEqual(tools(made), ['lxc-unfreeze --name=web', 'lxc-stop --name=web --nowait']);
  });

  test('has rebooted when it has another init', async () => {
    const made = withWeb((fake) => {
      fake.run('web', { leader: 201 });
    });
    made.run('web');
    await perform(made, rebootContainer(made.host, made.ref('web')));
    const deaf = withWeb(() => undefined);
    deaf.run('web');
    await assert.rejects(perform(deaf, rebootContainer(deaf.host, deaf.ref('web'), 30)), isFailure('didNotStop'));
  });

  test('is named when it does not run', () => {
    const made = withWeb(() => undefined);
    for (const plan of [stopContainer, killContainer, rebootContainer, freezeContainer])
      assert.throws(() => plan(made.host, made.ref('web')), isFailure('noSuchMachine'));
  });
});

test('a container is frozen when the kernel says so', async () => {
  const made = withWeb((fake) => {
    setTimeout(() => fake.run('web', { frozen: true }), 20);
  });
  made.run('web');
  await perform(made, freezeContainer(made.host, made.ref('web')));
  assert.match(readFileSync(join(made.root, 'cgroup/lxc.payload.web/cgroup.events'), 'utf8'), /frozen 1/u);
});

describe('files of containers', () => {
  const move = (fake: FakeContainers, from: string, to: string): void =>
    renameSync(join(fake.lxcpath, from), join(fake.lxcpath, to));

  test('a copy and a rename have happened when the directories are so, whatever the tool says', async () => {
    const made = withWeb((fake, line) => {
      if (line.endsWith('--rename')) move(fake, 'web', 'two');
      else fake.define('one');
      return undefined;
    });
    await perform(made, copyContainer(made.host, made.ref('web'), 'one'));
    await assert.rejects(
      Promise.resolve().then(() => copyContainer(made.host, made.ref('web'), 'one')),
      isFailure('nameTaken'),
    );
    await perform(made, renameContainer(made.host, made.ref('web'), 'two'));
    const liar = withWeb(() => undefined);
    await assert.rejects(perform(liar, copyContainer(liar.host, liar.ref('web'), 'one')), isFailure('noEffect'));
    await assert.rejects(perform(liar, renameContainer(liar.host, liar.ref('web'), 'two')), isFailure('noEffect'));
    assert.throws(() => copyContainer(liar.host, liar.ref('web'), 'a b'), isFailure('invalidName'));
  });

  test('what is destroyed is gone, with its snapshots, which LXC has to be told of', async () => {
    const remove = (fake: FakeContainers): void => {
      rmSync(join(fake.lxcpath, 'web'), { recursive: true });
    };
    const made = withWeb(remove);
    await perform(made, destroyContainer(made.host, made.ref('web')));
    const full = withWeb(remove);
    full.write('lxc/web/snaps/snap0/config', '');
    await perform(full, destroyContainer(full.host, full.ref('web')));
    assert.deepEqual(
      [...tools(made), ...tools(full)],
      ['lxc-destroy --name=web', 'lxc-destroy --name=web --snapshots'],
    );
    const liar = withWeb(() => undefined);
    await assert.rejects(perform(liar, destroyContainer(liar.host, liar.ref('web'))), isFailure('noEffect'));
  });

  test('a snapshot is taken when there is one more, restored when the tree is another, and deleted when it is gone', async () => {
    const made = withWeb((fake, line) => {
      const web = join(fake.lxcpath, 'web');
      if (line.includes('--destroy')) rmSync(join(web, 'snaps/snap0'), { recursive: true });
      else if (line.includes('--newname')) fake.define('three');
      else if (line.includes('--restore')) {
        mkdirSync(join(web, 'new'));
        rmSync(join(web, 'rootfs'), { recursive: true });
        renameSync(join(web, 'new'), join(web, 'rootfs'));
      } else fake.write('lxc/web/snaps/snap0/config', '');
      return undefined;
    });
    const { host } = made;
    const web = made.ref('web');
    await perform(made, snapshotContainer(host, web));
    await perform(made, restoreContainer(host, web, 'snap0', 'three'));
    await perform(made, restoreContainer(host, web, 'snap0'));
    await perform(made, removeSnapshot(host, web, 'snap0'));
    assert.throws(() => removeSnapshot(host, web, 'snap0'), isFailure('noSuchImage'));
    assert.throws(() => restoreContainer(host, web, '../../x'), isFailure('noSuchImage'));

    const liar = withWeb(() => undefined);
    liar.write('lxc/web/snaps/snap0/config', '');
    const same = liar.ref('web');
    for (const plan of [
      snapshotContainer(liar.host, same),
      restoreContainer(liar.host, same, 'snap0'),
      restoreContainer(liar.host, same, 'snap0', 'three'),
      removeSnapshot(liar.host, same, 'snap0'),
    ])
      await assert.rejects(perform(liar, plan), isFailure('noEffect'));
    liar.run('web');
    assert.throws(() => restoreContainer(liar.host, same, 'snap0'), isFailure('machineRunning'));
  });

  test('a restore over what is there that ends halfway says where the snapshot lies; one that has not begun says the words of the tool', async () => {
    const made = withWeb((fake, line) => {
      // LXC writes the configuration of the copy, and a tree without room for it.
      if (!line.includes('--newname') && !line.includes('snap1')) {
        rmSync(join(fake.lxcpath, 'web/rootfs'), { recursive: true });
        mkdirSync(join(fake.lxcpath, 'web/rootfs/etc'), { recursive: true });
        fake.write('lxc/web/config', 'lxc.uts.name = web\n');
      }
      return 1;
    });
    for (const name of ['snap0', 'snap1']) made.write(`lxc/web/snaps/${name}/config`, '');
    const { host } = made;
    const web = made.ref('web');
    await assert.rejects(perform(made, restoreContainer(host, web, 'snap0', 'three')), isFailure('toolFailed'));
    await assert.rejects(perform(made, restoreContainer(host, web, 'snap1')), isFailure('toolFailed'));
    await assert.rejects(perform(made, restoreContainer(host, web, 'snap0')), (error: unknown) => {
      assert.ok(error instanceof MachineError && error.failure.kind === 'notRestored');
      assert.equal(error.failure.path, join(made.lxcpath, 'web/snaps/snap0'));
      return true;
    });
  });

  test('a snapshot is one of a new name, whatever else comes and goes meanwhile', async () => {
    const made = withWeb((fake) => {
      rmSync(join(fake.lxcpath, 'web/snaps/snap0'), { recursive: true });
      fake.write('lxc/web/snaps/snap1/config', '');
    });
    made.write('lxc/web/snaps/snap0/config', '');
    await perform(made, snapshotContainer(made.host, made.ref('web')));
  });

  test('a snapshot whose name lxc-snapshot would take for all is not deleted by it', () => {
    const made = withWeb(() => undefined);
    for (const name of ['A', 'AL', 'ALL', 'ALLES', 'a']) made.write(`lxc/web/snaps/${name}/config`, '');
    for (const name of ['A', 'AL', 'ALL'])
      assert.throws(() => removeSnapshot(made.host, made.ref('web'), name), isFailure('invalidName'));
    for (const name of ['ALLES', 'a']) removeSnapshot(made.host, made.ref('web'), name);
  });

  test('what other containers share the files of is neither removed, renamed nor restored, and they are named', async () => {
    const made = withWeb(() => undefined);
    const { host, lxcpath } = made;
    const web = made.ref('web');
    made.write('lxc/web/snaps/snap0/config', '');
    made.write('lxc/web/lxc_snapshots', `${lxcpath}\nupon\n${lxcpath}/web/snaps\nsnap0\n/elsewhere\nfar\n`);
    const named = (error: unknown): boolean =>
      error instanceof MachineError &&
      error.failure.kind === 'hasCopies' &&
      isDeepStrictEqual(error.failure.copies, ['upon', '/elsewhere/far']);
    await assert.rejects(() => destroyContainer(host, web), named);
    assert.throws(() => renameContainer(host, web, 'two'), named);
    assert.throws(() => restoreContainer(host, web, 'snap0'), named);
    assert.throws(() => restoreContainer(host, web, 'snap0', 'two'), named);
    assert.deepEqual(made.seen, []);
    made.write('lxc/web/lxc_snapshots', `${lxcpath}/web/snaps\nsnap0\n`);
    await destroyContainer(host, web);
  });

  test('where nobody could look beforehand, the tool is not even run for what has copies', async () => {
    const made = withWeb(() => undefined);
    const { args, ...plain } = destroyUnlessCopied(made.ref('web'));
    const [option = '', script = '', ...rest] = args;
    assert.deepEqual(rest.slice(2), ['lxc-destroy', `--lxcpath=${made.lxcpath}`, '--name=web', '--snapshots']);
    const command = { ...plain, args: [option, script, 'sh', rest[1] ?? '', 'touch', join(made.root, 'done')] };
    made.write('lxc/web/lxc_snapshots', `${made.lxcpath}/web/snaps\nsnap0\n${made.lxcpath}\nup on\n`);
    await assert.rejects(createRun()(command), (error: unknown) => {
      assert.ok(error instanceof MachineError && error.failure.kind === 'toolFailed');
      assert.deepEqual([error.failure.exitCode, error.failure.stderr], [copiesCode, `${made.lxcpath}/up on`]);
      return true;
    });
    assert.ok(!existsSync(join(made.root, 'done')));
    made.write('lxc/web/lxc_snapshots', `${made.lxcpath}/web/snaps\nsnap0\n`);
    await createRun()(command);
    assert.ok(existsSync(join(made.root, 'done')));
  });

  test('a comment goes to the tool in a file, and stays one text', async () => {
    const made = withWeb(() => undefined);
    const { command } = await snapshotContainer(made.host, made.ref('web'), "it's $(good)");
    assert.deepEqual(command.args.slice(2, 5), ['sh', "it's $(good)", 'lxc-snapshot']);
    // The tool is exchanged for one that shows what it was given.
    const [option = '', script = ''] = command.args;
    const shown = {
      ...command,
      args: [option, script, 'sh', "it's $(good)", 'sh', '-c', 'cat "${1#--comment=}"', 'sh'],
    };
    const said = await createRun()({ ...shown, parse: ({ stdout }) => stdout });
    assert.equal(said.trim(), "it's $(good)");
  });

  test('start at boot is one line at the end of the configuration, whose owner and mode stay', async () => {
    const made = withWeb(() => undefined);
    const path = join(made.lxcpath, 'web/config');
    writeFileSync(path, 'lxc.start.auto = 0\n lxc.start.auto=1\nlxc.start.order = 2\n# lxc.start.auto = 7', {
      mode: 0o640,
    });
    const mode = statSync(path).mode;
    const run = createRun();
    await performOperation(run, setContainerAutostart(made.host, made.ref('web'), true), signal);
    assert.equal(readFileSync(path, 'utf8'), 'lxc.start.order = 2\n# lxc.start.auto = 7\nlxc.start.auto = 1\n');
    await performOperation(run, setContainerAutostart(made.host, made.ref('web'), false), signal);
    assert.match(readFileSync(path, 'utf8'), /7\nlxc\.start\.auto = 0\n$/u);
    assert.equal(statSync(path).mode, mode);
    writeFileSync(path, '');
    await run(setAutostart(path, true));
    assert.equal(readFileSync(path, 'utf8'), 'lxc.start.auto = 1\n');
    await assert.rejects(
      perform(made, setContainerAutostart(made.host, made.ref('web'), false)),
      isFailure('noEffect'),
    );
    await assert.rejects(run(setAutostart(join(made.root, 'none'), true)), isFailure('toolFailed'));
  });
});
