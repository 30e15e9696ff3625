import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { installedTools } from '../../../src/ui/installedTools.ts';
import { availableWays, throughWay } from '../../../src/ui/privilegeWays.ts';

const polkit = ['org.freedesktop.machine1.manage-machines'];

test('only ways that the host has are offered', () => {
  assert.deepEqual(availableWays(new Set(['sudo', 'pkttyagent']), polkit), ['terminal', 'sudo']);
  assert.deepEqual(availableWays(new Set(['run0', 'pkexec']), polkit), ['run0', 'pkexec']);
  assert.deepEqual(availableWays(new Set(), polkit), []);
});

test('where polkit is not asked, a terminal alone does not help', () => {
  assert.deepEqual(availableWays(new Set(['sudo', 'pkttyagent']), []), ['sudo']);
});

test('an argument that looks like an option stays the argument of the tool', () => {
  const command = { file: 'machinectl', args: ['start', '--', '-x'] };
  assert.deepEqual(throughWay('sudo', command), { file: 'sudo', args: ['--', 'machinectl', 'start', '--', '-x'] });
  assert.deepEqual(throughWay('run0', command).args, ['--', 'machinectl', 'start', '--', '-x']);
  assert.deepEqual(throughWay('pkexec', command), { file: 'pkexec', args: ['machinectl', 'start', '--', '-x'] });
  assert.deepEqual(throughWay('terminal', command), command);
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
  assert.deepEqual(await installedTools(['sudo', 'run0', 'pkexec'], path), new Set(['sudo']));
});
