import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { CommandHost } from '../host.ts';
import { installNode } from '../qemu.ts';
import { type BothActs, installGroupActs } from './groupActs.ts';
import type { GroupName } from './request.ts';
import { declareUsageTests } from './usageTests.ts';

/** What is done to groups where the kernel has every controller. */
export const testGroupsOfV2 = (host: () => CommandHost): void => {
  const held: { acts?: BothActs; groups?: string } = {};
  const said = async (...command: readonly [string, ...string[]]): Promise<string> =>
    (await host().run(command[0], command.slice(1))).stdout.trim();
  const sleeper = async (): Promise<number> => Number(await said('sh', '-c', 'sleep 1000 >/dev/null 2>&1 & echo $!'));
  const tree = '/sys/fs/cgroup';
  /** Groups that no test made; those of short-lived services of the machine's own come and go. */
  const others = (): Promise<string> =>
    said('sh', '-c', `cd ${tree} && find . -maxdepth 1 -type d ! -name 'by-*' | sort`);

  before(async () => {
    held.acts = await installGroupActs(host(), await installNode(host()));
    held.groups = await others();
  });
  after(async () => {
    assert.equal(await others(), held.groups);
    assert.equal(await said('sh', '-c', `ls -d ${tree}/by-* 2>/dev/null`), '');
  });

  declareUsageTests(host);

  for (const tools of ['withTools', 'withoutTools'] as const)
    describe(tools === 'withTools' ? "by libcgroup's tools" : 'by the files of the kernel', () => {
      const acts = (): BothActs['withTools'] => {
        if (held.acts === undefined) throw new Error('the host is there only while a test runs');
        return held.acts[tools];
      };
      const by = (tool: string): string => (tools === 'withTools' ? tool : 'kernel');
      const path = `/by-${tools.toLowerCase()}`;
      const group: GroupName = { in: 'v2', path };

      test('the lab: a limit of 40,000,000 bytes, a command in it, and one that is killed at 6000', async () => {
        const tiny: GroupName = { in: 'v2', path: `${path}-tiny` };
        const results = await acts().all(
          { do: 'create', groups: [group], wanted: ['memory', 'pids'] },
          { do: 'set', group, name: 'memory.max', value: '40000000' },
          { do: 'run', group, line: 'cat /proc/self/cgroup >/tmp/joined; exit 7' },
          { do: 'create', groups: [tiny], wanted: ['memory'] },
          { do: 'set', group: tiny, name: 'memory.max', value: '6000' },
          { do: 'run', group: tiny, line: 'echo hello' },
          { do: 'delete', group: tiny },
          { do: 'set', group, name: 'memory.max', value: 'nonsense' },
        );
        const [created, limited, ran, , tinyLimit, killed, removed, refused] = results;
        assert.equal(created?.by, by('cgcreate'), JSON.stringify(results));
        assert.equal(limited?.read, '39997440');
        assert.equal(limited.outcome, 'roundedDown');
        assert.equal(ran?.exitCode, 7);
        assert.equal(ran.way, tools === 'withTools' ? 'cgexec' : 'join');
        assert.equal(await said('cat', '/tmp/joined'), `0::${path}`);
        assert.equal(await said('cat', `${tree}${path}/memory.max`), '39997440');
        assert.equal(tinyLimit?.read, '4096');
        assert.equal(killed?.exitCode, 137);
        assert.equal(killed.reason?.oomKills, 1);
        assert.match(killed.reason.logLine ?? '', /Killed process \d+/u);
        assert.equal(removed?.by, 'kernel');
        assert.ok(refused?.failure?.kind === 'kernelRefused' && refused.failure.code === 'EINVAL');
      });

      test('too many processes are refused, and counted', async () => {
        const [, ran] = await acts().all(
          { do: 'set', group, name: 'pids.max', value: '1' },
          { do: 'run', group, line: 'sleep 0; true; exit 3' },
          { do: 'set', group, name: 'pids.max', value: 'max' },
        );
        assert.notEqual(ran?.exitCode, 0);
        assert.notEqual(ran?.reason?.forksRefused, 0);
      });

      test('a process is moved, frozen, thawed and killed', async () => {
        const pid = await sleeper();
        const [moved, contents, frozen] = await acts().all(
          { do: 'move', group, pid },
          { do: 'contents', group },
          { do: 'freeze', group },
        );
        assert.equal(moved?.by, 'kernel');
        assert.deepEqual(contents?.pids, [pid]);
        assert.equal(frozen?.by, 'kernel');
        assert.match(await said('cat', `${tree}${path}/cgroup.events`), /^frozen 1$/mu);
        const [thawed, , killed, empty] = await acts().all(
          { do: 'thaw', group },
          { do: 'freeze', group },
          { do: 'kill', group },
          { do: 'contents', group },
        );
        assert.equal(thawed?.by, 'kernel');
        assert.equal(killed?.failure, undefined);
        assert.deepEqual(empty?.pids, []);
        await acts().one({ do: 'thaw', group });
      });

      test('what a group has becomes a file, and a file is compared and applied', async () => {
        const name = `${path.slice(1)}-file/deep`;
        const settings = [
          { name: 'memory.max', value: '4194304' },
          { name: 'memory.high', value: '2097152' },
        ];
        const groups = [{ name, controllers: [{ name: 'memory', settings }] }];
        const text = `group ${name} {\n\tmemory {\n\t\tmemory.max = 4194304;\n\t\tmemory.high = 2097152;\n\t}\n}\n`;
        const top: GroupName = { in: 'v2', path: `${path}-file` };
        const results = await acts().all(
          { do: 'plan', groups },
          { do: 'apply', groups, text },
          { do: 'plan', groups },
          { do: 'snapshot', group: top },
          { do: 'delete', group: top },
        );
        const [before, applied, now, snapshot, removed] = results;
        assert.equal(before?.plan?.[0]?.exists, false, JSON.stringify(results));
        assert.equal(applied?.by, by('cgconfigparser'), JSON.stringify(applied));
        assert.deepEqual(
          now?.plan?.[0]?.settings,
          settings.map((setting) => ({ name: setting.name, before: setting.value, after: setting.value })),
        );
        assert.match(snapshot?.text ?? '', /memory\.high = 2097152;/u);
        assert.equal(removed?.failure, undefined, JSON.stringify(removed));
      });

      test('a group goes with what is below it, and its processes go up', async () => {
        const pid = await sleeper();
        const deep: GroupName = { in: 'v2', path: `${path}/a/b` };
        const results = await acts().all(
          { do: 'create', groups: [deep], wanted: ['pids'] },
          { do: 'move', group: deep, pid },
          { do: 'delete', group },
          { do: 'delete', group },
        );
        assert.equal(results[2]?.by, 'kernel', JSON.stringify(results));
        assert.equal(results[3]?.failure?.kind, 'noSuchGroup');
        assert.equal(await said('cat', `/proc/${pid}/cgroup`), '0::/');
        await host().run('kill', [String(pid)]);
      });
    });

  describe('of units', () => {
    const acts = (): BothActs['withTools'] => {
      if (held.acts === undefined) throw new Error('the host is there only while a test runs');
      return held.acts.withTools;
    };
    const unit = 'by-test.service';
    const group: GroupName = { in: 'v2', path: `/system.slice/${unit}` };

    test('systemd sets the limits, freezes, runs commands in slices and kills', async () => {
      const started = await host().run('systemd-run', [`--unit=${unit}`, '--quiet', 'sleep', '1000']);
      assert.equal(started.exitCode, 0, started.stderr);
      const [way, free, set, frozen] = await acts().all(
        { do: 'inTheWay', group },
        { do: 'inTheWay', group: { in: 'v2', path: '/' } },
        { do: 'property', unit, name: 'memory.max', value: '40000000' },
        { do: 'freeze', group },
      );
      assert.equal(way?.unit, unit);
      assert.equal(free?.unit, undefined);
      assert.equal(set?.by, 'systemctl', JSON.stringify(set));
      assert.equal(frozen?.by, 'systemctl', JSON.stringify(frozen));
      assert.equal(await said('cat', `${tree}${group.path}/memory.max`), '39997440');
      assert.equal(await said('systemctl', 'show', '--property=FreezerState', '--value', unit), 'frozen');
      const [thawed, quota, weight, ran, killed] = await acts().all(
        { do: 'thaw', group },
        { do: 'property', unit, name: 'cpu.max', value: '25000 50000' },
        { do: 'property', unit, name: 'cpu.weight', value: '50' },
        {
          do: 'run',
          group: { in: 'v2', path: '/system.slice' },
          line: 'grep system.slice/nspawn-run-grep- /proc/self/cgroup',
        },
        { do: 'kill', group },
      );
      assert.equal(thawed?.failure, undefined);
      assert.equal(quota?.failure, undefined);
      assert.equal(weight?.failure, undefined);
      assert.deepEqual([ran?.exitCode, ran?.way], [0, 'scope']);
      assert.equal(killed?.by, 'systemctl');
      assert.notEqual(await said('systemctl', 'is-active', unit), 'active');
      await host().run('systemctl', ['reset-failed', unit]);
    });

    test('the properties of a unit give the kernel the same values as its files', async () => {
      const values = [
        ['cpu.max', '25000 50000'],
        ['cpu.weight', '50'],
        ['memory.high', '8388608'],
        ['memory.low', '1048576'],
        ['pids.max', '40'],
        ['cpuset.cpus', '0'],
      ] as const;
      const other = 'by-values.service';
      await host().run('systemd-run', [`--unit=${other}`, '--quiet', 'sleep', '1000']);
      const results = await acts().all(
        ...values.map(([name, value]) => ({ do: 'property', unit: other, name, value }) as const),
      );
      for (const result of results) assert.equal(result.failure, undefined, JSON.stringify(result));
      for (const [name, value] of values)
        assert.equal(await said('cat', `${tree}/system.slice/${other}/${name}`), value, name);
      await host().run('systemctl', ['stop', other]);
    });
  });
};
