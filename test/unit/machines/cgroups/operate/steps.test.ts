import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import type { Run } from '../../../../../src/machines/command.ts';
import { groupOfProcess } from '../../../../../src/machines/cgroups/observe/groupOfProcess.ts';
import type { ControlGroup } from '../../../../../src/machines/cgroups/controlGroup.ts';
import { setGroupParameter } from '../../../../../src/machines/cgroups/parameters/setGroupParameter.ts';
import { createGroup } from '../../../../../src/machines/cgroups/operate/createGroup.ts';
import { deleteGroup } from '../../../../../src/machines/cgroups/operate/deleteGroup.ts';
import { freezeGroup } from '../../../../../src/machines/cgroups/operate/freezeGroup.ts';
import { type KernelStep, stepsCommand } from '../../../../../src/machines/cgroups/operate/kernelSteps.ts';
import { killGroup } from '../../../../../src/machines/cgroups/operate/killGroup.ts';
import { killProcess } from '../../../../../src/machines/cgroups/operate/killProcess.ts';
import { moveProcess } from '../../../../../src/machines/cgroups/operate/moveProcess.ts';
import { lookAtGroup, lookAtProcess } from '../../../../../src/machines/cgroups/operate/seen.ts';
import { mayTakeSteps, takeSteps } from '../../../../../src/machines/cgroups/operate/takeSteps.ts';
import { MachineError } from '../../../../../src/machines/errors.ts';
import type { Operation } from '../../../../../src/machines/operation.ts';
import { killSignals } from '../../../../../src/machines/killSignals.ts';
import { performOperation } from '../../../../../src/machines/performOperation.ts';
import { executeSync, presentTool, start } from '../../../../rig/program.ts';

const nobody = (): { kind: 'nobody' } => ({ kind: 'nobody' });

/** A directory with the files of a group stands for a hierarchy: what is asked of the kernel here is what any file does. */
const held: { directory: string; sleeper?: ChildProcess } = { directory: '' };
const at = (path: string): ControlGroup => ({
  hierarchy: { version: 2, mountPoint: join(held.directory, 'cg'), controllers: ['memory'] },
  path,
});
const inGroups = (...names: readonly string[]): string => join(held.directory, 'cg', ...names);
const read = (...names: readonly string[]): string => readFileSync(inGroups(...names), 'utf8');

const makeGroup = (name: string): void => {
  mkdirSync(inGroups(name));
  for (const file of ['cgroup.procs', 'cgroup.freeze', 'cgroup.kill', 'memory.max'])
    writeFileSync(inGroups(name, file), '');
};

/** The group is removed and made anew, as others do while somebody types a password. */
const exchange = (name: string): void => {
  renameSync(inGroups(name), inGroups(`old-${name}`));
  makeGroup(name);
};

const isFailure =
  (kind: string) =>
  (error: unknown): boolean =>
    error instanceof MachineError && error.failure.kind === kind;

const ways = {
  'by our own hand': takeSteps,
  'by a tool with more privileges': (steps: readonly KernelStep[]) => {
    const { file, args } = stepsCommand(steps);
    executeSync(presentTool(file), args);
    return Promise.resolve();
  },
} as const;

beforeEach(() => {
  held.directory = mkdtempSync(join(tmpdir(), 'groups-'));
  mkdirSync(inGroups());
  writeFileSync(join(held.directory, 'victim'), 'before');
  makeGroup('a');
});
afterEach(() => {
  rmSync(held.directory, { recursive: true });
});

const sleeper = (): Promise<{ pid: number; startTime: string }> => lookAtProcess({ pid: held.sleeper?.pid ?? 0 });
before(async () => {
  held.sleeper = start(presentTool('sleep'), ['1000'], { stdio: 'ignore' });
  await once(held.sleeper, 'spawn');
});
after(() => {
  held.sleeper?.kill('SIGKILL');
});

for (const [name, take] of Object.entries(ways))
  describe(`what the kernel is told ${name}`, () => {
    test('stands where it belongs, whatever is in it', async () => {
      const odd = "it's $(x)";
      await take([
        { kind: 'make', group: at(`/a/${odd}`), parent: at('/a') },
        { kind: 'write', group: at('/a'), file: 'memory.max', text: "4096 $(echo no) 'x'" },
      ]);
      assert.equal(read('a', 'memory.max').split('\n')[0], "4096 $(echo no) 'x'");
      assert.ok(readdirSync(inGroups('a')).includes(odd));
      await take([{ kind: 'remove', group: await lookAtGroup(at(`/a/${odd}`)) }]);
      assert.ok(!readdirSync(inGroups('a')).includes(odd));
    });

    test('never makes a file, and the first refusal ends it', async () => {
      const missing = { kind: 'write', group: at('/a'), file: 'pids.max', text: '1' } as const;
      await assert.rejects(async () => take([missing, { kind: 'make', group: at('/a/b'), parent: at('/a') }]));
      assert.ok(!readdirSync(inGroups('a')).some((one) => one === 'b' || one === 'pids.max'));
    });

    test('never leads out of the hierarchy', async () => {
      const out: readonly KernelStep[] = [
        { kind: 'write', group: at('/a'), file: '../../victim', text: 'x' },
        { kind: 'write', group: at('/a'), file: join(held.directory, 'victim'), text: 'x' },
        { kind: 'write', group: at('/..'), file: 'victim', text: 'x' },
        { kind: 'make', group: at('/../made'), parent: at('/..') },
        { kind: 'make', group: at('/a/../../made'), parent: at('/a/../..') },
        { kind: 'make', group: at('/a/made'), parent: at('/..') },
        { kind: 'remove', group: at('/../cg') },
        { kind: 'remove', group: at('/') },
        { kind: 'move', process: await sleeper(), group: at('/../cg/a') },
        { kind: 'empty', group: at('/a'), into: at('/..') },
        { kind: 'empty', group: at('/a'), into: at('/ab') },
      ];
      for (const step of out)
        await assert.rejects(async () => take([step]), isFailure('invalidName'), JSON.stringify(step));
      assert.equal(readFileSync(join(held.directory, 'victim'), 'utf8'), 'before');
      assert.deepEqual(readdirSync(held.directory).sort(), ['cg', 'victim']);
    });

    test('does not reach a group that has come in place of the one that was seen', async () => {
      const group = await lookAtGroup(at('/a'));
      const steps: readonly KernelStep[] = [
        { kind: 'write', group, file: 'memory.max', text: '1' },
        { kind: 'move', process: await sleeper(), group },
        { kind: 'empty', group, into: at('/') },
        { kind: 'remove', group },
        { kind: 'make', group: at('/a/new'), parent: group },
      ];
      await take(steps.slice(0, 1));
      exchange('a');
      for (const step of steps)
        await assert.rejects(
          async () => take([step]),
          () => true,
          step.kind,
        );
      assert.equal(read('a', 'memory.max') + read('a', 'cgroup.procs'), '');
      assert.ok(!readdirSync(inGroups('a')).includes('new'));
    });

    test('does not reach a process that has come in place of the one that was seen', async () => {
      const process = await sleeper();
      const other = { ...process, startTime: String(Number(process.startTime) - 1) };
      const group = at('/a');
      await assert.rejects(async () => take([{ kind: 'signal', process: other, signal: 'SIGKILL' }]));
      await assert.rejects(async () => take([{ kind: 'move', process: other, group }]));
      assert.equal(read('a', 'cgroup.procs'), '');
      await take([{ kind: 'move', process, group }]);
      assert.equal(read('a', 'cgroup.procs'), `${process.pid}\n`);
      for (const pid of [0, -1, Number.NaN])
        for (const kind of ['signal', 'move'] as const)
          await assert.rejects(
            async () => take([{ kind, process: { pid }, group, signal: 'SIGCONT' }]),
            isFailure('noSuchProcess'),
          );
      assert.equal((await sleeper()).startTime, process.startTime);
    });

    test('is every signal that there is to pick', async () => {
      for (const signal of killSignals) {
        const child = start(presentTool('sleep'), ['1000'], { stdio: 'ignore' });
        await once(child, 'spawn');
        const process = await lookAtProcess({ pid: child.pid ?? 0 });
        await take([{ kind: 'signal', process, signal }]);
        if (!['SIGSTOP', 'SIGCONT', 'SIGWINCH', 'SIGTSTP', 'SIGCHLD'].includes(signal)) await once(child, 'exit');
        else child.kill('SIGKILL');
      }
    });
  });

describe('what was true before the password', () => {
  const late = async (plan: () => Promise<Operation>, meanwhile: () => void): Promise<void> => {
    const { name, command: tool, explain, settle } = await plan();
    const run: Run = (command) => {
      // Root asks whether the bus is there, before it says why something failed.
      if (command.acts !== true) return Promise.resolve(command.parse({ exitCode: 0, stdout: '', stderr: '' }));
      meanwhile();
      // As sudo does it: what runs is the constant text with its parameters.
      const { file, args } = command;
      try {
        executeSync(presentTool(file), args);
      } catch (error) {
        const failure = { kind: 'toolFailed', file, args, exitCode: 1, signal: undefined, stderr: '' } as const;
        return Promise.reject(new MachineError(failure, { cause: error }));
      }
      return Promise.resolve(command.parse({ exitCode: 0, stdout: '', stderr: '' }));
    };
    await performOperation(
      run,
      { name, command: tool, explain, settle, polkitActions: [] },
      AbortSignal.timeout(10_000),
    );
  };

  test('is looked at again by every operation on a group', async () => {
    const operations: Readonly<Record<string, () => Promise<Operation>>> = {
      set: () => setGroupParameter(at('/a'), 'memory.max', '1'),
      freeze: () => freezeGroup(at('/a'), true, [], nobody),
      kill: () => killGroup(at('/a'), nobody),
      delete: () => deleteGroup(at('/a')),
      move: async () => moveProcess(await sleeper(), at('/a')),
      create: () => createGroup([at('/a/new')], []),
    };
    for (const [name, plan] of Object.entries(operations)) {
      await assert.rejects(
        late(plan, () => exchange('a')),
        isFailure('noSuchGroup'),
        name,
      );
      for (const file of readdirSync(inGroups('a'))) assert.equal(read('a', file), '', `${name} ${file}`);
      rmSync(inGroups('old-a'), { recursive: true });
    }
  });

  test('is told in the language of the user: the script itself has no sentence', async () => {
    const set = (): Promise<Operation> => setGroupParameter(at('/a'), 'memory.max', '1');
    const path = inGroups('a', 'memory.max');
    await assert.rejects(
      late(set, () => rmSync(path)),
      isFailure('kernelRefused'),
    );
    makeGroup('b');
    // Without the file that kills, every process has to be killed by itself.
    rmSync(inGroups('b', 'cgroup.kill'));
    await assert.rejects(
      late(
        () => killGroup(at('/b'), nobody),
        () => exchange('b'),
      ),
      isFailure('noSuchGroup'),
    );
    makeGroup('c');
    await assert.rejects(
      late(
        async () => freezeGroup({ ...at('/c') }, true, [], nobody),
        () => {
          renameSync(inGroups('c'), inGroups('old-c'));
          symlinkSync(inGroups('old-c'), inGroups('c'));
        },
      ),
      isFailure('noSuchGroup'),
    );
    const script = stepsCommand([]).args[1] ?? '';
    assert.doesNotMatch(script, /'[A-Za-z]+(?: [a-z]+)+'/u);
  });

  test('is looked at again by every operation on a process', async () => {
    const child = start(presentTool('sleep'), ['1000'], { stdio: 'ignore' });
    await once(child, 'spawn');
    const seen = await lookAtProcess({ pid: child.pid ?? 0 });
    child.kill('SIGKILL');
    await once(child, 'exit');
    await assert.rejects(killProcess(seen, 'SIGTERM'), isFailure('noSuchProcess'));
    await assert.rejects(moveProcess(seen, at('/a')), isFailure('noSuchProcess'));
    const other = { ...(await sleeper()), startTime: '1' };
    await assert.rejects(killProcess(other, 'SIGTERM'), isFailure('noSuchProcess'));
  });

  test('of a number that was typed is what it was when it was planned', async () => {
    const { pid, startTime } = await sleeper();
    const { command } = await killProcess({ pid }, 'SIGTERM');
    const steps: readonly KernelStep[] = [{ kind: 'signal', process: { pid, startTime }, signal: 'SIGTERM' }];
    assert.deepEqual(command, stepsCommand(steps));
  });
});

describe('a group is deleted with all below it', () => {
  const unfold = async (plan: Promise<Operation>): Promise<readonly string[]> => {
    const { command } = await plan;
    const [, , , ...steps] = command.args;
    // Which step, and where: `empty DIRECTORY …` and `remove PARENT … NAME`.
    return steps.flatMap((word, index) => {
      const where = (steps[index + 1] ?? '').slice(inGroups().length);
      if (word === 'empty') return [`empty ${where} to ${steps[index + 4] ?? ''}`];
      return word === 'remove' ? [`remove ${where}/${steps[index + 3] ?? ''}`] : [];
    });
  };

  test('every group after those in it, and its processes go before it', async () => {
    makeGroup('a/b');
    makeGroup('a/b/c');
    assert.deepEqual(await unfold(deleteGroup(at('/a'))), [
      'empty /a/b/c to ../../..',
      'remove /a/b/c',
      'empty /a/b to ../..',
      'remove /a/b',
      'empty /a to ..',
      'remove /a',
    ]);
  });

  test('and has gone when its directory has', async () => {
    const { settle } = await deleteGroup(at('/a'));
    const abort = new AbortController();
    const settled = settle(abort.signal);
    const state = { isGone: false };
    setTimeout(() => {
      state.isGone = true;
      rmSync(inGroups('a'), { recursive: true });
    }, 50);
    await settled;
    assert.ok(state.isGone);
  });
});

test('a group has been killed when nothing is in it or below it', async () => {
  makeGroup('a/b');
  writeFileSync(inGroups('a/b', 'cgroup.procs'), '4711\n');
  const { command, settle } = await killGroup(at('/a'), nobody);
  assert.deepEqual(command.args.slice(-2), ['cgroup.kill', '1']);
  const state = { isEmpty: false };
  setTimeout(() => {
    state.isEmpty = true;
    writeFileSync(inGroups('a/b', 'cgroup.procs'), '');
  }, 50);
  await settle(AbortSignal.timeout(10_000));
  assert.ok(state.isEmpty);
  await assert.rejects(killGroup(at('/'), nobody), isFailure('kernelRefused'));
});

test('a process has moved when its group says so', async () => {
  const { settle } = await moveProcess(await sleeper(), at('/a'));
  await assert.rejects(settle(AbortSignal.timeout(10_000)), isFailure('noEffect'));
  writeFileSync(inGroups('a', 'cgroup.procs'), `${(await sleeper()).pid}\n`);
  await settle(AbortSignal.timeout(10_000));
});

test('a process that has left the group meanwhile is not killed with it', async () => {
  // A list that is old: the process is in no group of that path.
  const { pid, startTime } = await sleeper();
  writeFileSync(inGroups('a', 'cgroup.procs'), `0\n${pid}\n`);
  const { file, args } = stepsCommand([{ kind: 'killAll', group: at('/a') }]);
  const killing = start(presentTool(file), args, { stdio: 'ignore' });
  await once(killing, 'spawn');
  writeFileSync(inGroups('a', 'cgroup.procs'), '');
  await once(killing, 'exit');
  assert.equal((await lookAtProcess({ pid })).startTime, startTime);
});

/** Starts the script where a directory of our own says in which group a process is, and the list of `a` says that it is there. */
const startSteps = (step: Parameters<typeof stepsCommand>[0][number], pid: number, group: string): ChildProcess => {
  mkdirSync(join(held.directory, 'proc', String(pid)), { recursive: true });
  writeFileSync(join(held.directory, 'proc', String(pid), 'cgroup'), `1:name=systemd:/\n0::${group}\n`);
  writeFileSync(inGroups('a', 'cgroup.procs'), `${pid}\n`);
  const { file, args } = stepsCommand([step]);
  const moved = args.map((text) => text.replaceAll('"/proc/', `"${held.directory}/proc/`));
  return start(presentTool(file), moved, { stdio: 'ignore' });
};

test('a group is emptied of what is in itself, and of nothing that is in a group below or beside it', async () => {
  const { pid } = await sleeper();
  const step = { kind: 'empty', group: at('/a'), into: at('/') } as const;
  writeFileSync(inGroups('cgroup.procs'), '');
  for (const group of ['/a/b', '/b:/a']) await once(startSteps(step, pid, group), 'exit');
  assert.equal(read('cgroup.procs'), '');
  await once(startSteps(step, pid, '/a'), 'exit');
  assert.equal(read('cgroup.procs'), `${pid}\n`);
});

test('what is in a group below is killed with it', async () => {
  for (const group of ['/a', '/a/b:/c']) {
    const child = start(presentTool('sleep'), ['1000'], { stdio: 'ignore' });
    await once(child, 'spawn');
    const killing = startSteps({ kind: 'killAll', group: at('/a') }, child.pid ?? 0, group);
    const ended = once(killing, 'exit');
    assert.deepEqual(await once(child, 'exit'), [null, 'SIGKILL']);
    writeFileSync(inGroups('a', 'cgroup.procs'), '');
    await ended;
  }
});

test('our own hand moves nothing that has left the group, either', async (t) => {
  const { pid } = await sleeper();
  if (groupOfProcess(pid, at('/').hierarchy) === undefined) {
    t.skip('this kernel has no v2');
    return;
  }
  writeFileSync(inGroups('cgroup.procs'), '');
  writeFileSync(inGroups('a', 'cgroup.procs'), `${pid}\n`);
  await takeSteps([{ kind: 'empty', group: at('/a'), into: at('/') }]);
  assert.equal(read('cgroup.procs'), '');
});

test('a user may do what the files let, and what is gone or not there yet needs no rights', async (t) => {
  const { getuid } = process;
  t.after(() => Object.assign(process, { getuid }));
  Object.assign(process, { getuid: () => 1000 });
  const write = (group: ControlGroup): Promise<boolean> =>
    mayTakeSteps([{ kind: 'write', group, file: 'memory.max', text: '1' }]);
  const inFile = { ...at('/a'), hierarchy: { ...at('/a').hierarchy, mountPoint: join(held.directory, 'victim') } };
  assert.deepEqual([await write(at('/a')), await write(at('/new')), await write(inFile)], [true, true, false]);
  assert.equal(await mayTakeSteps([{ kind: 'signal', process: { pid: 2 ** 22 + 1 }, signal: 'SIGTERM' }]), true);
  Object.assign(process, { getuid: () => 0 });
  assert.equal(await write(inFile), true);
});
