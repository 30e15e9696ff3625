import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CommandHost } from '../host.ts';
import { installProgram } from './installProgram.ts';

interface Usage {
  readonly tasks?: number;
  readonly cpu?: number;
  readonly memory?: number;
  readonly read?: number;
  readonly written?: number;
}

const program = '/run/cgroups-read.mjs';
const node = '/usr/local/bin/node';
const unit = 'usage-test';
const path = `/system.slice/${unit}.service`;

/**
 * What the view shows of a host with all controllers of v2, held against the files of the kernel and systemd-cgtop. The host has Node
 * already.
 */
export const declareUsageTests = (host: () => CommandHost): void => {
  const must = async (...command: readonly [string, ...string[]]): Promise<string> => {
    const { exitCode, stdout, stderr } = await host().run(command[0], command.slice(1), { timeoutMs: 120_000 });
    assert.equal(exitCode, 0, stderr);
    return stdout.trim();
  };

  test('what groups use is what the kernel counts, and systemd-cgtop', async () => {
    await installProgram(host(), 'test/host/programs/cgroups.ts', program);
    // Holds 24 MiB of memory in a file of memory, writes to a disk, and keeps a processor busy.
    const busy = `head -c 25165824 /dev/zero >/dev/shm/usage-test
      while :; do dd if=/dev/zero of=/var/lib/machines/usage-test bs=64k count=64 oflag=direct 2>/dev/null; done`;
    const accounting = ['CPU', 'Memory', 'Tasks', 'IO'].flatMap((name) => ['-p', `${name}Accounting=yes`]);
    await must('systemd-run', `--unit=${unit}`, '--quiet', ...accounting, 'sh', '-c', busy);
    try {
      await must('sh', '-c', 'until [ -s /var/lib/machines/usage-test ]; do sleep 0.5; done');
      const said = await must(node, '--no-warnings', program, 'usage', '8', `/,/system.slice,${path}`);
      const usages = JSON.parse(said) as Readonly<Record<string, Usage>>;
      const { tasks = 0, cpu = 0, memory = 0, written = 0 } = usages[path] ?? {};
      const [current = 0, pids = 0] = (
        await must('sh', '-c', 'cat "$1/memory.current" "$1/pids.current"', 'sh', `/sys/fs/cgroup${path}`)
      )
        .split('\n')
        .map(Number);
      assert.ok(Math.abs(tasks - pids) <= 1 && tasks >= 1, `${tasks} tasks, ${pids} in pids.current`);
      assert.ok(memory > 24 << 20 && Math.abs(memory - current) < 8 << 20, `${memory} and ${current} bytes`);
      assert.ok(cpu > 1, said);
      assert.ok(written > 1000, said);
      // The root has hardly a file of its own, and is told from /proc. Its processor time the kernel counts by ticks, of which a virtual
      // machine loses some on a busy host, so there it may be less than that of a group, and is what the kernel itself has counted.
      const root = usages['/'];
      assert.ok((root?.memory ?? 0) > memory && (root?.tasks ?? 0) > tasks, said);
      assert.ok((root?.cpu ?? 0) >= Math.min(cpu, usages['counted']?.cpu ?? 0) * 0.9, said);
      const top = await must('systemd-cgtop', '--batch', '--iterations=2', '--delay=5', '--raw', '--order=path');
      const [, theirTasks, , theirMemory, , theirOutput] = (
        top.split('\n').findLast((line) => line.startsWith(`${path.slice(1)} `)) ?? ''
      ).split(/\s+/u);
      assert.ok(Math.abs(Number(theirTasks) - tasks) <= 1, top);
      assert.ok(Math.abs(Number(theirMemory) - memory) < 8 << 20, top);
      assert.ok(Number(theirOutput) > written / 20 && Number(theirOutput) < written * 20, `${written} ${top}`);
    } finally {
      await must('systemctl', 'stop', unit);
      await must('rm', '-f', '/dev/shm/usage-test', '/var/lib/machines/usage-test');
    }
  });
};
