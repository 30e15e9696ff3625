import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import './vscode/register.ts';
import type { TerminalRequest } from '../../../src/ui/terminal.ts';
import { isFailure } from '../machines/act/fakeMachine.ts';
import { settings, window } from './vscode/standIn.ts';

const { createTerminals } = await import('../../../src/ui/terminal.ts');

const ended = async (): Promise<void> => {
  while (window.terminals.length > 0) await new Promise((resolve) => setTimeout(resolve, 20));
};
const pipes = (): readonly string[] =>
  window.terminals.flatMap(({ creationOptions }) => creationOptions.env?.['NSPAWN_WINDOW'] ?? []);
const pipesMade = async (): Promise<void> => {
  while (!pipes().every((pipe) => existsSync(pipe))) await new Promise((resolve) => setTimeout(resolve, 20));
  // Until it is held, too.
  await new Promise((resolve) => setTimeout(resolve, 200));
};
const grace = (seconds: number) => ({ env: { NSPAWN_GRACE: String(seconds) } });

describe('a terminal', () => {
  const sleeping: TerminalRequest = { name: 'Shell', icon: 'shield', file: 'sleep', args: ['20'] };

  test('ends with the extension host that has opened it, and leaves nothing', async () => {
    const terminals = createTerminals();
    terminals.open({ ...sleeping, ...grace(0.1) });
    await pipesMade();
    const [pipe] = pipes();
    assert.equal(window.terminals.length, 1);
    terminals.dispose();
    await ended();
    assert.ok(pipe !== undefined && !existsSync(dirname(pipe)));
  });

  test('ends also where the extension host has ended before it could hold on to it', async () => {
    const terminals = createTerminals();
    terminals.open({ ...sleeping, ...grace(0.1) });
    terminals.dispose();
    await ended();
  });

  test('goes on where another extension host of the same window takes it over', async () => {
    const first = createTerminals();
    first.open({ ...sleeping, ...grace(100) });
    await pipesMade();
    first.dispose();
    const second = createTerminals();
    await pipesMade();
    assert.equal(window.terminals.length, 1);
    window.terminals[0]?.dispose();
    await ended();
    second.dispose();
  });

  test('that owns a machine is no part of this where VS Code brings it back in the next window', () => {
    const terminals = createTerminals();
    const isTied = (): boolean => 'NSPAWN_WINDOW' in (terminals.options({ ...sleeping, ownsMachine: true }).env ?? {});
    assert.ok(isTied());
    settings.set('terminal.integrated.enablePersistentSessions', true);
    assert.ok(!isTied());
    settings.clear();
    terminals.dispose();
  });

  test('that was never opened leaves no directory for its pipe', () => {
    const terminals = createTerminals();
    const pipe = terminals.options(sleeping).env?.['NSPAWN_WINDOW'];
    assert.ok(pipe !== undefined && pipe !== null && existsSync(dirname(pipe)));
    terminals.dispose();
    assert.ok(!existsSync(dirname(pipe)));
  });

  test('gives what it runs nothing of this in its environment', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'nspawn-test-'));
    const terminals = createTerminals();
    const script = 'env >"$1.new"; mv "$1.new" "$1"';
    terminals.open({ ...sleeping, ...grace(5), file: '/bin/sh', args: ['-c', script, 'sh', join(directory, 'env')] });
    await ended();
    assert.doesNotMatch(await readFile(join(directory, 'env'), 'utf8'), /^NSPAWN_(?:WINDOW|GRACE)=/mu);
    terminals.dispose();
    await rm(directory, { recursive: true });
  });
});

describe('a tool in a terminal', () => {
  const request = (script: string): TerminalRequest => ({
    ...{ name: 'Start box', icon: 'shield', file: '/bin/sh', args: ['-c', script] },
    // What waits for the window of a terminal that was closed at once is gone before the tests end.
    ...grace(5),
  });
  const run = (script: string, signal = new AbortController().signal): Promise<number> =>
    createTerminals().run(request(script), signal);

  test('has the exit code that it ended with', async () => {
    for (const code of [0, 1, 7, 130]) assert.equal(await run(`exit ${code}`), code);
  });

  test('is cancelled where its terminal is closed before it has ended, or somebody cancels', async () => {
    const closed = run('sleep 100');
    const closing = assert.rejects(closed, isFailure('cancelled'));
    while (window.terminals.length === 0) await new Promise(setImmediate);
    window.terminals[0]?.dispose();
    await closing;
    const abort = new AbortController();
    const cancelled = assert.rejects(run('sleep 1', abort.signal), isFailure('cancelled'));
    abort.abort();
    await cancelled;
    await assert.rejects(run('exit 0', abort.signal), isFailure('cancelled'));
  });
});
