import assert from 'node:assert/strict';
import { test } from 'node:test';
import '../vscode/register.ts';
import type { TerminalCommand } from '../../../../src/machines/command.ts';

const { consoleRequest } = await import('../../../../src/ui/commands/consoleRequest.ts');
const { createTerminals } = await import('../../../../src/ui/terminal.ts');

const boot: TerminalCommand = {
  ...{ file: 'systemd-nspawn', args: ['--boot'], title: 'web', ownsMachine: true },
};

test('a terminal that owns its machine outlives a reload of the window, and what is around the tool dies of a hang-up', () => {
  const request = consoleRequest(boot, 'sudo', { icon: 'vm-running' });
  assert.equal(request.file, 'sudo');
  assert.deepEqual(request.args.slice(0, 3), ['--', '/bin/sh', '-c']);
  assert.match(request.args[3] ?? '', /^trap '' HUP; exec/u);
  assert.deepEqual(request.args.slice(-2), ['systemd-nspawn', '--boot']);
  assert.equal(createTerminals().options(request).isTransient, false);
});

test('any other terminal is hung up and goes with the window', () => {
  const { ownsMachine, ...follow } = boot;
  assert.equal(ownsMachine, true);
  const request = consoleRequest(follow, 'direct', { icon: 'output', note: 'journal' });
  assert.deepEqual([request.name, request.file, request.args], ['web: journal', 'systemd-nspawn', ['--boot']]);
  assert.equal(createTerminals().options(request).isTransient, true);
});
