import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import { hostObstacle } from './boot/obstacle.ts';
import { v1Mounts, v1Obstacle } from './boot/v1Hierarchies.ts';
import { type BothActs, installGroupActs } from './groups/groupActs.ts';
import type { GroupName } from './groups/request.ts';
import { hostPaths, startHost } from './host.ts';
import type { Host } from './host.ts';
import { allSuites } from './withHost.ts';

const obstacle = (await hostObstacle()) ?? v1Obstacle();

/** The groups of this machine beside those of the rig's hosts, of every v1 hierarchy. */
const groupsOfMachine = async (): Promise<readonly string[]> => {
  const names = await Promise.all(
    v1Mounts().map(async ({ mountPoint }) => {
      const entries = await readdir(mountPoint, { withFileTypes: true });
      return entries.filter((entry) => entry.isDirectory()).map(({ name }) => `${mountPoint}/${name}`);
    }),
  );
  return names.flat().filter((name) => !name.includes('/nspawn-rig-'));
};

for (const suite of allSuites)
  describe(`control groups of v1 on ${suite}`, obstacle === undefined ? {} : { skip: obstacle }, () => {
    const held: { host?: Host; acts?: BothActs; groups: readonly string[] } = { groups: [] };
    const host = (): Host => {
      if (held.host === undefined) throw new Error('the host is there only while a test runs');
      return held.host;
    };
    const said = async (...command: readonly [string, ...string[]]): Promise<string> =>
      (await host().run(command[0], command.slice(1))).stdout.trim();
    /** A process that does nothing, in the root group. */
    const sleeper = async (): Promise<number> => Number(await said('sh', '-c', 'sleep 1000 >/dev/null 2>&1 & echo $!'));

    before(async () => {
      held.groups = await groupsOfMachine();
      held.host = await startHost(suite, { v1: true });
      held.acts = await installGroupActs(held.host, hostPaths.node);
    });
    after(async () => {
      await held.host?.stop();
      // Nothing beside the group of the host has come or gone by us; others may have tidied up meanwhile.
      const now = await groupsOfMachine();
      assert.deepEqual(
        now.filter((name) => name.includes('/by-')),
        [],
      );
      assert.ok(held.groups.every((name) => !name.includes('/by-')));
    });

    for (const tools of ['withTools', 'withoutTools'] as const)
      describe(tools === 'withTools' ? "by libcgroup's tools" : 'by the files of the kernel', () => {
        const acts = (): BothActs['withTools'] => {
          if (held.acts === undefined) throw new Error('the host is there only while a test runs');
          return held.acts[tools];
        };
        const by = (tool: string): string => (tools === 'withTools' ? tool : 'kernel');
        const path = `/by-${tools.toLowerCase()}`;
        const inMemory: GroupName = { in: 'memory', path };

        test('a group is made in several hierarchies, and not twice', async () => {
          const groups = ['memory', 'pids', 'freezer'].map((controller) => ({ in: controller, path }));
          assert.equal((await acts().one({ do: 'create', groups, wanted: [] })).by, by('cgcreate'));
          for (const controller of ['memory', 'pids', 'freezer'])
            assert.notEqual(await said('ls', `/srv/cgroup-v1/${controller}${path}`), '');
          const [again] = await acts().all({ do: 'create', groups, wanted: [] });
          assert.ok(again?.failure?.kind === 'kernelRefused' && again.failure.code === 'EEXIST');
        });

        test('a limit is rounded down to whole pages, and nonsense is refused', async () => {
          const name = 'memory.limit_in_bytes';
          const set = await acts().one({ do: 'set', group: inMemory, name, value: '40000000' });
          assert.equal(set.read, '39997440');
          assert.equal(set.outcome, 'roundedDown');
          assert.equal(await said('cat', `/srv/cgroup-v1/memory${path}/${name}`), '39997440');
          const [refused] = await acts().all({ do: 'set', group: inMemory, name, value: 'nonsense' });
          assert.ok(refused?.failure?.kind === 'kernelRefused' && refused.failure.code === 'EINVAL');
          assert.equal(refused.failure.text, 'nonsense');
        });

        test('a command runs in all hierarchies that have the group, and its exit code comes back', async () => {
          const line = `grep -c ':${path}$' /proc/self/cgroup >/tmp/joined; exit 7`;
          const { exitCode, way, reason } = await acts().one({ do: 'run', group: inMemory, line });
          assert.equal(exitCode, 7);
          assert.equal(way, tools === 'withTools' ? 'cgexec' : 'join');
          assert.equal(reason?.oomKills, 0);
          assert.equal(await said('cat', '/tmp/joined'), '3');
        });

        test('a group of 6000 bytes has its process killed, and the kernel tells', async () => {
          const tiny: GroupName = { in: 'memory', path: `${path}/tiny` };
          await acts().one({ do: 'create', groups: [tiny], wanted: [] });
          const set = await acts().one({ do: 'set', group: tiny, name: 'memory.limit_in_bytes', value: '6000' });
          assert.equal(set.read, '4096');
          const { exitCode, reason } = await acts().one({ do: 'run', group: tiny, line: 'echo hello' });
          assert.equal(exitCode, 137);
          assert.equal(reason?.oomKills, 1);
          assert.equal(reason.memoryLimit, '4096');
          assert.match(reason.logLine ?? '', /Killed process \d+/u);
          await acts().one({ do: 'delete', group: tiny });
        });

        test('a process is moved, frozen, thawed and killed', async () => {
          const pid = await sleeper();
          const state = (): Promise<string> => said('cat', `/srv/cgroup-v1/freezer${path}/freezer.state`);
          await acts().one({ do: 'move', group: inMemory, pid });
          await acts().one({ do: 'move', group: { in: 'freezer', path }, pid });
          assert.deepEqual((await acts().one({ do: 'contents', group: inMemory })).pids, [pid]);
          // Freezing is the freezer's business, whichever hierarchy the group was clicked in.
          await acts().one({ do: 'freeze', group: inMemory });
          assert.equal(await state(), 'FROZEN');
          await acts().one({ do: 'thaw', group: inMemory });
          assert.equal(await state(), 'THAWED');
          await acts().one({ do: 'freeze', group: inMemory });
          await acts().one({ do: 'kill', group: { in: 'freezer', path } });
          assert.deepEqual((await acts().one({ do: 'contents', group: inMemory })).pids, []);
          const [gone] = await acts().all({ do: 'move', group: inMemory, pid });
          assert.equal(gone?.failure?.kind, 'noSuchProcess');
          const other = await sleeper();
          await acts().one({ do: 'killProcess', pid: other });
          assert.equal(await said('cat', `/proc/${other}/comm`), '');
        });

        test('what was true before the password is looked at again', async () => {
          // The number of a process that has ended goes to one that is started at once: the kernel is told which is next.
          const again = (pid: number): string =>
            `kill -KILL ${pid}; while kill -0 ${pid} 2>/dev/null; do sleep 0.01; done
             unshare --mount sh -c 'mount -t proc proc /tmp
               for try in 1 2 3 4 5 6 7 8 9 10; do
                 echo ${pid - 1} >/tmp/sys/kernel/ns_last_pid
                 sleep 1000 >/dev/null 2>&1 &
                 [ "$!" = ${pid} ] && exit 0
                 kill "$!"
               done
               exit 1'`;
          const pids: number[] = [];
          for (const what of ['signal', 'move'] as const) {
            const pid = await sleeper();
            pids.push(pid);
            const [late] = await acts().all({ do: 'late', what, group: inMemory, pid, meanwhile: again(pid) });
            assert.deepEqual(late?.failure, { kind: 'noSuchProcess', pid }, what);
            assert.equal(await said('cat', `/proc/${pid}/comm`), 'sleep');
            assert.deepEqual((await acts().one({ do: 'contents', group: inMemory })).pids, [], what);
          }
          // A group that has been made anew meanwhile is another group, with a process that nobody was asked about.
          const [pid = 0] = pids;
          for (const what of ['kill', 'delete', 'freeze', 'set', 'move', 'create'] as const) {
            const one: GroupName = { in: 'freezer', path: `${path}/swapped` };
            const at = `/srv/cgroup-v1/freezer${one.path}`;
            await acts().one({ do: 'create', groups: [one], wanted: [] });
            const meanwhile = `rmdir ${at} && mkdir ${at} && echo ${pid} >${at}/cgroup.procs`;
            const [late] = await acts().all({ do: 'late', what, group: one, pid: pids[1] ?? 0, meanwhile });
            assert.notEqual(late?.failure, undefined, what);
            assert.equal(await said('cat', `${at}/cgroup.procs`), String(pid), what);
            assert.equal(await said('cat', `${at}/freezer.state`), 'THAWED', what);
            assert.equal(await said('sh', '-c', `ls -d ${at}/*/ 2>/dev/null`), '', what);
            assert.equal(await said('cat', `/proc/${pid}/comm`), 'sleep', what);
            await acts().one({ do: 'delete', group: one });
          }
          await host().run('kill', pids.map(String));
        });

        test('nothing leads out of the hierarchy', async () => {
          await host().run('sh', ['-c', 'echo before >/run/victim']);
          const [set] = await acts().all({ do: 'set', group: inMemory, name: '../../../../run/victim', value: '1' });
          assert.equal(set?.failure?.kind, 'invalidName');
          const settings = [{ name: '../../../../run/victim', value: '1' }];
          const groups = [{ name: path.slice(1), controllers: [{ name: 'memory', settings }] }];
          const text = `group ${path.slice(1)} { memory { ../../../../run/victim = 1; } }`;
          const [applied] = await acts().all({ do: 'apply', groups, text });
          assert.equal(applied?.failure?.kind, 'invalidName');
          const [made] = await acts().all({
            do: 'create',
            groups: [{ in: 'memory', path: '/../../../run/made' }],
            wanted: [],
          });
          assert.equal(made?.failure?.kind, 'invalidName');
          assert.equal(await said('cat', '/run/victim'), 'before');
          assert.equal(await said('ls', '-d', '/run/made'), '');
        });

        test('what a group has becomes a file, and is made of it again', async () => {
          const { text = '' } = await acts().one({ do: 'snapshot', group: inMemory });
          assert.match(text, /memory\.limit_in_bytes = 39997440;/u);
          const groups = [
            {
              name: `${path.slice(1)}-two/deep`,
              controllers: [{ name: 'pids', settings: [{ name: 'pids.max', value: '12' }] }],
            },
          ];
          const [before] = (await acts().one({ do: 'plan', groups })).plan ?? [];
          assert.equal(before?.exists, false);
          const file = `group ${path.slice(1)}-two/deep {\n\tpids {\n\t\tpids.max = 12;\n\t}\n}\n`;
          assert.equal((await acts().one({ do: 'apply', groups, text: file })).by, by('cgconfigparser'));
          const [now] = (await acts().one({ do: 'plan', groups })).plan ?? [];
          assert.equal(now?.exists, true);
          assert.deepEqual(now.settings, [{ name: 'pids.max', before: '12', after: '12' }]);
          await acts().one({ do: 'delete', group: { in: 'pids', path: `${path}-two` } });
          assert.equal(await said('ls', '-d', `/srv/cgroup-v1/pids${path}-two`), '');
        });

        test('a group goes with what is below it, and its processes go up', async () => {
          const pid = await sleeper();
          await acts().one({ do: 'create', groups: [{ in: 'memory', path: `${path}/a/b` }], wanted: [] });
          await acts().one({ do: 'move', group: { in: 'memory', path: `${path}/a/b` }, pid });
          await acts().one({ do: 'delete', group: inMemory });
          assert.match(await said('cat', `/proc/${pid}/cgroup`), /^\d+:memory:\/$/mu);
          for (const controller of ['pids', 'freezer'])
            await acts().one({ do: 'delete', group: { in: controller, path } });
          assert.equal(await said('sh', '-c', `ls -d /srv/cgroup-v1/*${path}* 2>/dev/null`), '');
          await host().run('kill', [String(pid)]);
          const [missing] = await acts().all({ do: 'delete', group: inMemory });
          assert.equal(missing?.failure?.kind, 'noSuchGroup');
        });
      });
  });
