import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import './vscode/register.ts';
import type { TerminalRequest } from '../../../src/ui/terminal.ts';
import { isFailure } from '../machines/act/fakeMachine.ts';
import { window } from './vscode/standIn.ts';

const { createTerminals } = await import('../../../src/ui/terminal.ts');

describe('a tool in a terminal', () => {
  const request = (script: string): TerminalRequest => ({
    ...{ name: 'Start box', icon: 'shield', file: '/bin/sh', args: ['-c', script] },
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
