// Groups of cgroup v1 on a hybrid host, held against the files of the kernel.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { v1Obstacle } from './boot/v1Hierarchies.ts';
import { hierarchyInHost } from './cgroupsInHost.ts';
import { hostPaths } from './host.ts';
import type { Host } from './host.ts';
import { withHost } from './withHost.ts';

interface Usage {
  readonly tasks?: number;
  readonly cpu?: number;
  readonly memory?: number;
}

const obstacle = v1Obstacle();
const root = '/srv/cgroup-v1';

const must = async (host: Host, script: string, ...args: readonly string[]): Promise<string> => {
  const { exitCode, stdout, stderr } = await host.run('sh', ['-euc', script, 'sh', ...args]);
  assert.equal(exitCode, 0, stderr);
  return stdout;
};

await describe('control groups of v1', obstacle === undefined ? {} : { skip: obstacle }, async () => {
  if (obstacle !== undefined) return;
  await withHost(
    'trixie',
    (host) => {
      test('every hierarchy is there, v2 before those of v1', async () => {
        const hierarchies = (await hierarchyInHost(host(), '', 'hierarchies')) as {
          version: number;
          mountPoint: string;
          controllers: string[];
        }[];
        assert.equal(hierarchies[0]?.version, 2);
        assert.deepEqual(
          hierarchies.find(({ controllers }) => controllers.includes('memory'))?.mountPoint,
          `${root}/memory`,
        );
        assert.ok(hierarchies.slice(1).every(({ version }) => version === 1));
      });

      test('a group uses what the hierarchies of its controllers say, all under one path', async () => {
        // Holds 32 MiB of memory and keeps a processor busy.
        const program = `const held = Buffer.alloc(32 << 20, 1); setTimeout(() => held.length && process.exit(), 600000);
          const spin = () => { const end = Date.now() + 20; while (Date.now() < end); setTimeout(spin, 5); }; spin();`;
        const names = ['memory', 'cpuacct', 'pids'];
        const enter = names.map(
          (name) => `mkdir ${root}/${name}/observe; echo $$ > ${root}/${name}/observe/cgroup.procs;`,
        );
        const holder = `${enter.join(' ')} exec ${hostPaths.node} -e "$1"`;
        await must(host(), 'setsid sh -euc "$1" sh "$2" >/dev/null 2>&1 & sleep 2', holder, program);
        try {
          const { '/observe': usage = {} } = (await hierarchyInHost(
            host(),
            'memory',
            'usage',
            '1',
            '/observe',
          )) as Record<string, Usage>;
          const bytes = Number(await must(host(), `cat ${root}/memory/observe/memory.usage_in_bytes`));
          const tasks = Number(await must(host(), `cat ${root}/pids/observe/pids.current`));
          assert.ok(Math.abs((usage.memory ?? 0) - bytes) < 16 << 20 && bytes > 32 << 20, `${usage.memory} ${bytes}`);
          assert.equal(usage.tasks, tasks);
          assert.ok((usage.cpu ?? 0) > 10, String(usage.cpu));
        } finally {
          await must(host(), `kill -9 $(cat ${root}/memory/observe/cgroup.procs); sleep 1; rmdir ${root}/*/observe`);
        }
      });
    },
    { images: false, v1: true },
  );
});
