import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Command, Run } from '../../../../src/machines/command.ts';
import { ignoreOutput } from '../../../../src/machines/command.ts';
import type { Reach } from '../../../../src/machines/host/reach.ts';
import { reachInBackground, reachInTerminal, runThrough } from '../../../../src/machines/host/reach.ts';

const command: Command<void> = { file: 'machinectl', args: ['start', '--', '-x'], parse: ignoreOutput, timeoutMs: 5 };
const shown = ({ file, args }: { readonly file: string; readonly args: readonly string[] }): string =>
  [file, ...args].join(' ');

test('in a terminal each way may ask', () => {
  const through = (reach: Reach): string => shown(reachInTerminal(reach, command));
  assert.equal(through('direct'), 'machinectl start -- -x');
  assert.equal(through('sudo'), 'sudo -- machinectl start -- -x');
  assert.equal(through('pkexec'), 'pkexec machinectl start -- -x');
  assert.equal(through('run0'), 'run0 -- machinectl start -- -x');
});

test('in the background sudo never asks, and the language of the output is kept', () => {
  const language = 'env LC_ALL=C.UTF-8 LANGUAGE= SYSTEMD_COLORS=0 SYSTEMD_PAGER=';
  const through = (reach: Reach): string => shown(reachInBackground(reach, command));
  assert.equal(through('direct'), 'machinectl start -- -x');
  assert.equal(through('sudo'), `sudo --non-interactive -- ${language} machinectl start -- -x`);
  assert.equal(through('pkexec'), `pkexec --disable-internal-agent ${language} machinectl start -- -x`);
  assert.equal(through('run0'), `run0 --pipe -- ${language} machinectl start -- -x`);
});

test('a run through a way keeps what the command is besides', async () => {
  const seen: unknown[] = [];
  const run: Run = (given) => {
    seen.push(given);
    return Promise.resolve(given.parse({ exitCode: 0, stdout: '', stderr: '' }));
  };
  await runThrough('sudo', run)(command);
  assert.deepEqual(seen, [{ ...command, ...reachInBackground('sudo', command) }]);
});
