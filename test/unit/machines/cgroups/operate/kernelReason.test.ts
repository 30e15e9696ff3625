import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lastKill } from '../../../../../src/machines/cgroups/operate/kernelReason.ts';

const kill = (group: string, pid: number): string =>
  [
    `[   1.000000] sh invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0`,
    `[   1.000001] oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=/,mems_allowed=0,oom_memcg=${group},task_memcg=${group},task=sh,pid=${pid},uid=0`,
    `[   1.000002] Memory cgroup out of memory: Killed process ${pid} (sh) total-vm:2680kB, anon-rss:0kB`,
  ].join('\n');

test('finds what the kernel wrote of the last process that it killed in a group', () => {
  const log = [kill('/rig/tiny', 7), kill('/rig/tiny', 8), kill('/rig/other', 9)].join('\n');
  assert.equal(
    lastKill(log, '/tiny'),
    'Memory cgroup out of memory: Killed process 8 (sh) total-vm:2680kB, anon-rss:0kB',
  );
  assert.match(lastKill(log, '/other') ?? '', /process 9/u);
  assert.equal(lastKill(log, '/elsewhere'), undefined);
  assert.equal(lastKill('', '/tiny'), undefined);
});
