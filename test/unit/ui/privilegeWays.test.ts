import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { installedTools } from '../../../src/machines/host/hostCommands.ts';
import { availableWays, reachOf } from '../../../src/ui/privilegeWays.ts';

const polkit = ['org.freedesktop.machine1.manage-machines'];

test('only ways that the host has are offered', () => {
  assert.deepEqual(availableWays(new Set(['sudo', 'pkttyagent']), polkit), ['terminal', 'sudo']);
  assert.deepEqual(availableWays(new Set(['run0', 'pkexec']), polkit), ['run0', 'pkexec']);
  assert.deepEqual(availableWays(new Set(), polkit), []);
});

test('where polkit is not asked, a terminal alone does not help', () => {
  assert.deepEqual(availableWays(new Set(['sudo', 'pkttyagent']), []), ['sudo']);
});

test('in a terminal the tool is called as it is, else through what asks for the password', () => {
  assert.equal(reachOf('terminal'), 'direct');
  assert.equal(reachOf('run0'), 'run0');
});

test('a tool is installed when it is in PATH and may be run', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'nspawn-test-'));
  after(() => rmSync(directory, { recursive: true }));
  mkdirSync(join(directory, 'bin'));
  for (const [name, mode] of [
    ['sudo', 0o755],
    ['run0', 0o644],
  ] as const) {
    writeFileSync(join(directory, 'bin', name), '');
    chmodSync(join(directory, 'bin', name), mode);
  }
  const path = `:${join(directory, 'missing')}:${join(directory, 'bin')}`;
  const tools = ['sudo', 'run0', 'pkexec'];
  const byName = (name: string): string => name;
  assert.deepEqual(await installedTools(tools, byName, path), new Set(['sudo']));
  const set = (name: string): string => join(directory, 'bin', name === 'pkexec' ? 'sudo' : 'missing');
  assert.deepEqual(await installedTools(tools, set, path), new Set(['pkexec']));
});
