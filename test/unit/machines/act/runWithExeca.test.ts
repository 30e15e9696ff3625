import assert from 'node:assert/strict';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Command, CommandOutput } from '../../../../src/machines/command.ts';
import type { MachineFailure } from '../../../../src/machines/errors.ts';
import { MachineError } from '../../../../src/machines/errors.ts';
import { createRun } from '../../../../src/machines/host/runWithExeca.ts';

const held = { directory: '' };
const run = createRun();

before(async () => {
  held.directory = await mkdtemp(join(tmpdir(), 'fake-tool-'));
});

after(async () => {
  await rm(held.directory, { recursive: true, force: true });
});

/** A tool that misbehaves, which no real one can be made to do on demand. */
const tool = async (name: string, script: string): Promise<Command<CommandOutput>> => {
  const file = join(held.directory, name);
  await writeFile(file, `#!/bin/sh\n${script}\n`);
  await chmod(file, 0o755);
  return { file, args: [], parse: (output) => output };
};

const failureOf = async (promise: Promise<unknown>): Promise<MachineFailure> => {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof MachineError, String(error));
  return error.failure;
};

/** A killed process is gone when nobody can be signalled under its PID, or only its zombie can. */
const hasEnded = async (pid: number): Promise<boolean> =>
  readFile(`/proc/${pid}/stat`, 'utf8').then(
    (stat) => stat.includes(') Z '),
    () => true,
  );

const waitForEnd = async (pid: number): Promise<boolean> => {
  for (let tries = 0; tries < 100; tries += 1) {
    if (await hasEnded(pid)) return true;
    await sleep(50);
  }
  return false;
};

test('arguments reach the tool as they are, output comes back as it is', async () => {
  const command = {
    ...(await tool('args', 'printf "%s|" "$@"; echo; echo e >&2')),
    args: ['a b', '$(id)', '*', '', '-x'],
  };
  assert.deepEqual(await run(command), { exitCode: 0, stdout: 'a b|$(id)|*||-x|\n', stderr: 'e\n' });
});

test('the environment is one that tools speak plainly in, and standard input is closed', async () => {
  const said = await run(await tool('environment', 'echo "$LC_ALL,$LANGUAGE,$SYSTEMD_COLORS,$SYSTEMD_PAGER"; cat'));
  assert.equal(said.stdout, 'C.UTF-8,,0,\n');
  assert.equal((await run({ ...(await tool('input', 'cat')), input: 'given' })).stdout, 'given');
});

test('a missing tool', async () => {
  const failure = await failureOf(run({ file: 'no-such-tool-at-all', args: [], parse: () => undefined }));
  assert.deepEqual(failure, { kind: 'toolMissing', file: 'no-such-tool-at-all' });
});

test('a tool that fails says so with its exit code and last words', async () => {
  const failure = await failureOf(run(await tool('fails', 'echo because >&2; exit 7')));
  assert.ok(failure.kind === 'toolFailed');
  assert.equal(failure.exitCode, 7);
  assert.equal(failure.stderr, 'because');
});

test('what a tool says on failing is cut to a readable length', async () => {
  const failure = await failureOf(run(await tool('talks', 'head -c 100000 /dev/zero | tr "\\0" x >&2; exit 1')));
  assert.ok(failure.kind === 'toolFailed');
  assert.ok(failure.stderr.length <= 4_000);
});

test('a tool that is killed', async () => {
  const failure = await failureOf(run(await tool('killed', 'kill -KILL $$')));
  assert.ok(failure.kind === 'toolFailed');
  assert.equal(failure.exitCode, undefined);
  assert.equal(failure.signal, 'SIGKILL');
});

test('a tool that hangs is ended with its children, even when they hold its output and ignore requests', async () => {
  const pidFile = join(held.directory, 'pid');
  const hangs = await tool(
    'hangs',
    `trap "" TERM; (trap "" TERM; echo $$ >${pidFile}; while :; do sleep 1; done) & wait`,
  );
  const failure = await failureOf(run({ ...hangs, timeoutMs: 200 }));
  assert.deepEqual(failure, { kind: 'timedOut', file: hangs.file, afterMs: 200 });
  assert.ok(await waitForEnd(Number(await readFile(pidFile, 'utf8'))));
});

test('a tool that obeys is not waited for, nor are its children that do not obey', async () => {
  const pidFile = join(held.directory, 'left');
  const obeys = await tool('obeys', `(trap "" TERM; while :; do sleep 1; done) & echo $! >${pidFile}; exec sleep 1000`);
  assert.equal((await failureOf(run({ ...obeys, timeoutMs: 200 }))).kind, 'timedOut');
  assert.ok(await waitForEnd(Number(await readFile(pidFile, 'utf8'))));
});

test('a tool that nobody may end is not waited for', async () => {
  // In a session of its own, as what sudo runs, it is not reached, and holds the output open.
  const pidFile = join(held.directory, 'far');
  const far = await tool('far', `setsid sh -c 'echo $$ >${pidFile}; exec sleep 1000' & wait`);
  assert.equal((await failureOf(run({ ...far, timeoutMs: 200 }))).kind, 'timedOut');
  process.kill(Number(await readFile(pidFile, 'utf8')), 'SIGKILL');
});

test('a cancelled run ends its tool', async () => {
  const pidFile = join(held.directory, 'cancelled');
  const abort = new AbortController();
  const running = failureOf(run(await tool('waits', `echo $$ >${pidFile}; sleep 1000`), { signal: abort.signal }));
  const started = async (): Promise<number> => Number(await readFile(pidFile, 'utf8').catch(() => ''));
  while ((await started()) === 0) await sleep(20);
  abort.abort();
  assert.deepEqual(await running, { kind: 'cancelled' });
  assert.ok(await waitForEnd(await started()));
  assert.deepEqual(await failureOf(run(await tool('never', ':'), { signal: abort.signal })), { kind: 'cancelled' });
});

test('output without an end is cut off', async () => {
  assert.equal((await failureOf(run(await tool('endless', 'yes')))).kind, 'unexpectedOutput');
});

test('the log names tool, arguments and end, not the environment nor the input', async () => {
  const lines: string[] = [];
  const told: boolean[] = [];
  const logging = createRun({
    log: (line, acts) => {
      lines.push(line);
      told.push(acts);
    },
  });
  const command = { ...(await tool('logged', 'cat >/dev/null')), args: ['a b'], input: 'secret' };
  await logging(command);
  await logging({ ...command, acts: true });
  assert.deepEqual(told, [false, true]);
  assert.match(lines[0] ?? '', /logged","a b"\] 0 \d+ ms$/u);
  assert.doesNotMatch(lines[0] ?? '', /secret|LC_ALL/u);
});
