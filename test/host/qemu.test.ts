import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, readdir, rmdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CommandHost } from './host.ts';
import { v1Obstacle } from './boot/v1Hierarchies.ts';
import { testGroupsOfV2 } from './groups/v2Tests.ts';
import { installImages } from './installImages.ts';
import { testValuesOfV2 } from './kernelValues/agreement.ts';
import { testLimitsOfV1, testLimitsOfV2 } from './migrate/limitsTests.ts';
import { qemuObstacle, startQemuHost } from './qemu.ts';
import { start, thisNode } from '../rig/program.ts';

const obstacle = await qemuObstacle();
const noV1 = v1Obstacle();

// What is migrated is held against v1 first, which the virtual machine does not have.
describe('the groups of v1', noV1 === undefined ? {} : { skip: noV1 }, testLimitsOfV1);

// One virtual machine for all that needs one: to boot it costs more than all of the tests.
describe('a host in a virtual machine', obstacle === undefined ? {} : { skip: obstacle }, () => {
  const held: { host?: CommandHost } = {};
  const host = (): CommandHost => {
    if (held.host === undefined) throw new Error('the host is there only while a test runs');
    return held.host;
  };
  before(async () => {
    held.host = await startQemuHost('trixie');
  });
  after(async () => {
    await held.host?.stop();
  });

  test('has the memory, pids and io controllers of cgroup v2', async () => {
    const { stdout } = await host().run('cat', ['/sys/fs/cgroup/cgroup.controllers']);
    const controllers = stdout.trim().split(' ');
    for (const controller of ['cpu', 'io', 'memory', 'pids']) assert.ok(controllers.includes(controller), stdout);
  });

  describe('control groups of v2 with all controllers', () => {
    testGroupsOfV2(host);
  });

  describe('the same groups on a host of cgroup v2', () => {
    testLimitsOfV2(host);
  });

  describe('values of cgroup v2', () => {
    testValuesOfV2(host);
  });

  test('a machine that runs has its memory and tasks counted', async () => {
    await installImages(host(), ['busybox']);
    const started = await host().run('machinectl', ['start', 'busybox']);
    assert.equal(started.exitCode, 0, started.stderr);
    const shown = await host().run('systemctl', [
      ...['show', 'systemd-nspawn@busybox.service', '--property=MemoryCurrent', '--property=TasksCurrent'],
    ]);
    assert.match(shown.stdout, /^MemoryCurrent=[1-9]\d*$/m);
    assert.match(shown.stdout, /^TasksCurrent=[1-9]\d*$/m);
  });

  test('exit code, both outputs, input and arguments pass through unchanged', async () => {
    const script = 'cat; printf "%s|" "$@" >&2; exit 7';
    const output = await host().run('sh', ['-c', script, 'sh', "a 'b", '$(id)', ''], { input: 'ü\n' });
    assert.deepEqual(output, { exitCode: 7, stdout: 'ü\n', stderr: "a 'b|$(id)||" });
    const user = await host().run('id', ['-un'], { user: 'tester', timeoutMs: 30_000 });
    assert.equal(user.stdout, 'tester\n');
    assert.equal((await host().run('sleep', ['600'], { timeoutMs: 1000 })).exitCode, 124);
  });

  test('leaves no file behind when the process that started it is killed', async () => {
    const temporary = await mkdtemp(join(tmpdir(), 'nspawn-test-'));
    const program = `
      import { startQemuHost } from ${JSON.stringify(new URL('qemu.ts', import.meta.url).href)};
      await startQemuHost('trixie');`;
    const child = start(thisNode, ['--input-type=module', '--eval', program], {
      stdio: 'ignore',
      env: { ...process.env, TMPDIR: temporary, NODE_TEST_CONTEXT: undefined },
    });
    const exited = once(child, 'exit');
    const files = (): Promise<string[]> => readdir(temporary, { recursive: true });
    // The runner's own time limit is the end of this patience, and of the one below.
    while (!(await files()).some((file) => file.endsWith('/serial')) && child.exitCode === null) await sleep(20);
    assert.equal(child.exitCode, null);
    child.kill('SIGKILL');
    await exited;
    while ((await files()).length > 0) await sleep(20);
    await rmdir(temporary);
  });
});
