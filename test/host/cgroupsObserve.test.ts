// What our code reads of control groups inside real hosts, compared with what systemd's own tools print.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parameterMeaning } from '../../src/language/cgconfig/parameterMeaning.ts';
import { cgroupsInHost } from './cgroupsInHost.ts';
import type { Host } from './host.ts';
import { allSuites, withHost } from './withHost.ts';

interface GroupRead {
  readonly path: string;
  readonly pids: readonly number[];
  readonly owner: { readonly kind: string; readonly unit?: { readonly name: string; readonly uid?: number } };
}

type Usages = Readonly<Record<string, { readonly tasks?: number; readonly cpu?: number }>>;

const root = '/sys/fs/cgroup';

const must = async (host: Host, file: string, ...args: readonly string[]): Promise<string> => {
  const { exitCode, stdout, stderr } = await host.run(file, args);
  assert.equal(exitCode, 0, `${file} ${args.join(' ')}: ${stderr}`);
  return stdout;
};

/** PIDs by the group under which systemd-cgls prints them; it leaves out groups in which nothing runs. */
const listedByTool = async (host: Host): Promise<Map<string, number[]>> => {
  const text = await must(host, 'env', 'LC_ALL=C.UTF-8', 'systemd-cgls', '--no-pager', '--full', root);
  const way: string[] = [];
  const listed = new Map<string, number[]>();
  for (const line of text.split('\n').slice(1)) {
    const [, indent = '', rest = ''] = /^((?:[│├└─ ] ?)*[├└]─)(.*)$/u.exec(line) ?? [];
    if (rest === '') continue;
    const depth = Array.from(indent).length / 2 - 1;
    const process = /^\s*(\d+) /u.exec(rest)?.[1];
    const path = `/${way.slice(0, depth).join('/')}`;
    if (process === undefined) {
      // 252 prints the number of the group as well; what is delegated ends in dots.
      way[depth] = rest.replace(/ \(#\d+\)$/u, '').replace(/ ….*$/u, '');
      way.length = depth + 1;
    } else listed.set(path, [...(listed.get(path) ?? []), Number(process)]);
  }
  return listed;
};

for (const suite of allSuites)
  await withHost(
    suite,
    (host) => {
      test('groups and processes are those of systemd-cgls', async () => {
        await must(host(), 'systemd-run', '--unit=observe-a', '--slice=observe-deep', 'sleep', '1000');
        await must(host(), 'mkdir', '-p', `${root}/plain/below`, `${root}/-odd name`);
        const theirs = await listedByTool(host());
        const ours = (await cgroupsInHost(host(), 'tree')) as GroupRead[];
        // Processes of the tool and of ours, and of what runs them, are there only for a moment.
        const lasting = new Set(ours.flatMap(({ pids }) => pids));
        const expected = [...theirs].map(([path, pids]) => [path, pids.filter((pid) => lasting.has(pid))] as const);
        const listed = new Map(ours.map(({ path, pids }) => [path, pids]));
        assert.ok(expected.length >= 5, JSON.stringify(expected));
        for (const [path, pids] of expected)
          for (const pid of pids) assert.ok(listed.get(path)?.includes(pid) === true, `${pid} in ${path}`);
        const count = expected.reduce((sum, [, pids]) => sum + pids.length, 0);
        assert.ok(count >= 5, String(count));
        for (const path of [
          '/plain',
          '/plain/below',
          '/-odd name',
          '/observe.slice/observe-deep.slice/observe-a.service',
        ])
          assert.ok(listed.has(path), path);
      });

      test('what is a unit of systemd is what systemd says', async () => {
        // Directories with names of units that there are not.
        const names = ['system.slice/pretender.service', 'system.slice/plain', 'pretender.slice', 'pre-tender.slice'];
        const pretenders = names.map((name) => `${root}/${name}`);
        await must(host(), 'mkdir', ...pretenders);
        await must(host(), 'systemd-run', '--unit=cpu', 'sleep', '1000');
        const ours = (await cgroupsInHost(host(), 'tree')) as GroupRead[];
        const said = await must(host(), 'systemctl', 'list-units', '--all', '--plain', '--no-legend', '--full');
        const units = new Set(said.split('\n').map((line) => line.split(' ')[0]));
        for (const { path, owner } of ours)
          if (owner.unit !== undefined && owner.unit.uid === undefined) assert.ok(units.has(owner.unit.name), path);
        const ownerOf = (path: string) => ours.find((group) => group.path === path)?.owner;
        const unit = { name: 'dbus.service' };
        assert.deepEqual(ownerOf('/system.slice/dbus.service'), { kind: 'unit', unit, slice: false });
        for (const path of ['/plain', '/pretender.slice', '/pre-tender.slice'])
          assert.deepEqual(ownerOf(path), { kind: 'nobody' }, path);
        for (const path of ['/system.slice/pretender.service', '/system.slice/plain'])
          assert.deepEqual(ownerOf(path), { kind: 'inSlice', unit: { name: 'system.slice' } }, path);
        assert.deepEqual(ownerOf('/system.slice/_cpu.service'), {
          kind: 'unit',
          unit: { name: 'cpu.service' },
          slice: false,
        });
        await must(host(), 'systemctl', 'stop', 'cpu.service');
        await must(host(), 'rmdir', ...pretenders);
      });

      test('systemd takes every property that a value becomes', async () => {
        const version = Number(/\d+/u.exec(await must(host(), 'systemctl', '--version'))?.[0]);
        await must(host(), 'systemd-run', '--unit=observe-values', 'sleep', '1000');
        for (const [name, value] of [
          ['memory.max', '0'],
          ['memory.high', '0'],
          ['memory.low', 'max'],
          ['memory.zswap.max', '4096'],
          ['cpu.max', '1000 1000000'],
          ['cpu.max', 'max'],
          ['cpu.idle', '0'],
          ['cpu.weight', '50'],
          ['cpuset.cpus', ''],
          ['pids.max', 'max'],
          ['io.weight', 'default 200'],
        ] as const) {
          const { settings } = parameterMeaning(2, { name, value }, version);
          assert.equal(settings === undefined, name === 'memory.zswap.max' && version < 253, `${name} ${value}`);
          if (settings !== undefined)
            await must(host(), 'systemctl', 'set-property', '--runtime', 'observe-values.service', ...settings);
        }
        await must(host(), 'systemctl', 'stop', 'observe-values');
      });

      test('usage agrees with systemd-cgtop', async () => {
        const busy = 'exec dd if=/dev/zero of=/dev/null bs=64k';
        await must(host(), 'systemd-run', '--unit=observe-busy', 'sh', '-c', busy);
        const paths = ['/', '/system.slice', '/system.slice/observe-busy.service'];
        const usages = (await cgroupsInHost(host(), 'usage', '1', paths.join(','))) as Usages;
        const text = await must(host(), 'systemd-cgtop', '--batch', '--iterations=1', '--raw', '--order=path');
        const tasksOf = (path: string): number =>
          Number(
            text
              .split('\n')
              .find((line) => line.startsWith(`${path} `))
              ?.split(/\s+/u)[1],
          );
        const service = usages['/system.slice/observe-busy.service'];
        assert.equal(service?.tasks, tasksOf('system.slice/observe-busy.service'));
        const cpu = usages['/system.slice/observe-busy.service']?.cpu ?? 0;
        assert.ok(cpu > 2, JSON.stringify(usages));
        assert.ok((usages['/']?.cpu ?? 0) >= cpu * 0.9, JSON.stringify(usages));
        // Our own process has ended when the tool counts.
        assert.ok(
          Math.abs((usages['/system.slice']?.tasks ?? 0) - tasksOf('system.slice')) <= 2,
          JSON.stringify(usages),
        );
        await must(host(), 'systemctl', 'stop', 'observe-busy');
      });

      test('a process is found with its group, and a machine with that of its unit', async () => {
        const [found] = (await cgroupsInHost(host(), 'find', 'sleep 1000')) as { group: { path: string } }[];
        assert.equal(found?.group.path, '/observe.slice/observe-deep.slice/observe-a.service');
        await must(host(), 'machinectl', 'start', 'busybox');
        const leader = (await must(host(), 'machinectl', 'show', 'busybox', '--property=Leader', '--value')).trim();
        const unit = 'systemd-nspawn@busybox.service';
        const group = (await cgroupsInHost(host(), 'machine', leader, unit)) as { path: string } | null;
        const said = await must(host(), 'systemctl', 'show', '-P', 'ControlGroup', unit);
        assert.equal(group?.path, said.trim());
        await must(host(), 'machinectl', 'terminate', 'busybox');
      });
    },
    { images: true },
  );
