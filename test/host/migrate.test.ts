import assert from 'node:assert/strict';
import { test } from 'node:test';
import { escapeForUnit } from '../../src/language/cgconfig/migrate/sliceName.ts';
import type { Host } from './host.ts';
import { unitsOf, unitsWithRules, v1Sample, v2Of, versions, writeFiles } from './migrate/sample.ts';
import { allSuites, withHost } from './withHost.ts';

const prefix = `nspawn-migrate-${process.pid}`;
const sample = v1Sample(prefix);

/** What there is of everything: for the parsers, which apply nothing. */
const everything = `${sample}group ${prefix}-rest {
	blkio {
		blkio.weight = 300;
		blkio.weight_device = "8:0 1000
8:16 100";
		blkio.bfq.weight = 300;
		blkio.throttle.read_bps_device = "8:0 1048576";
		blkio.throttle.write_iops_device = "8:0 100
8:16 0";
	}
	cpuset { cpuset.cpus = 0; cpuset.mems = 0; cpuset.cpu_exclusive = 1; }
	devices { devices.deny = a; devices.allow = "c 1:3 rwm
c 136:* rw
b *:* m"; }
	freezer { freezer.state = FROZEN; }
	hugetlb { hugetlb.2MB.limit_in_bytes = 4M; }
	memory { memory.swappiness = 10; memory.limit_in_bytes = 0; }
	net_cls { net_cls.classid = 0x10001; }
	perf_event { }
}
group "two words/a.b@c-d%" { cpu { cpu.cfs_quota_us = 33333; } blkio { } }
group ".hidden/ü" { pids { pids.max = 1; } }
`;

const groupsForRules = `group nspawn_rules/one {
	cpu { cpu.shares = 512; }
	memory { memory.limit_in_bytes = 50M; }
}
template users/%u { pids { pids.max = 99; } }
`;
const rulesOfUsers = `root memory nspawn_rules/one
tester cpu nspawn_rules/one
tester:cp cpu nspawn_rules/one
*:/usr/lib/systemd/systemd-hostnamed cpu nspawn_rules/one
* pids users/%u
`;

/** Read by libcgroup in place of what the host has: it takes a controller that is not there for a mistake. */
const parseOnly = `
  mount --bind /run/controllers /sys/fs/cgroup/cgroup.controllers &&
  exec setpriv --reuid=65534 --regid=65534 --clear-groups cgconfigparser -l "$1"`;
/** What cgconfigparser exits with for a file that it cannot read; one that it reads and may not apply ends otherwise. */
const parseError = 104;

for (const suite of allSuites)
  await withHost(
    suite,
    (host: () => Host) => {
      test('names of units are what systemd-escape makes of them', async () => {
        const names = [
          'web',
          'a/b',
          'a-b/c_d',
          '.hidden/x',
          'two words',
          'ü/é',
          'a.b:c@d%e',
          'x/.y',
          'back\\slash',
          '1',
        ];
        const { stdout, stderr } = await host().run('systemd-escape', ['--', ...names]);
        assert.equal(stderr, '');
        assert.deepEqual(names.map(escapeForUnit), stdout.trim().split(' '));
      });

      test('systemd has nothing to say about the units', async () => {
        const { files } = unitsOf(everything, versions[suite]);
        await writeFiles(
          host(),
          files.map(({ path, text }) => ({ path: path.replace('/etc/', '/run/'), text })),
        );
        const paths = files.map(({ path }) => path.replace('/etc/', '/run/'));
        const { exitCode, stdout, stderr } = await host().run('systemd-analyze', ['verify', ...paths]);
        assert.deepEqual([exitCode, stdout, stderr], [0, '', '']);
        // A verdict that cannot fail says nothing.
        await writeFiles(host(), [
          { path: '/run/systemd/system/nonsense.slice', text: '[Slice]\nMemoryMax=nonsense\n' },
        ]);
        assert.match(
          (await host().run('systemd-analyze', ['verify', '/run/systemd/system/nonsense.slice'])).stderr,
          /nonsense/u,
        );
      });

      test('what takes the place of rules is heeded', async () => {
        const { files, commands } = unitsWithRules(groupsForRules, rulesOfUsers, versions[suite]);
        await writeFiles(
          host(),
          files.map(({ path, text }) => ({ path: path.replace('/etc/', '/run/'), text })),
        );
        const show = async (unit: string, property: string): Promise<string> =>
          (await host().run('systemctl', ['show', '--value', `--property=${property}`, unit])).stdout.trim();
        // What is run there makes no difference, and a service of systemd would wait for half a minute.
        for (const { line } of commands) {
          const { exitCode, stderr } = await host().run('sh', [
            '-c',
            line.replace(/(?:COMMAND|cp|\/usr\/\S+)$/u, 'true'),
          ]);
          assert.equal(exitCode, 0, `${line}: ${stderr}`);
        }
        assert.equal(await show('user-0.slice', 'MemoryMax'), '52428800');
        assert.equal(await show('user-1000.slice', 'CPUWeight'), '50');
        // Of all users, as by the template.
        assert.equal(await show('user-4711.slice', 'TasksMax'), '99');
        assert.equal(await show('systemd-hostnamed.service', 'Slice'), 'nspawn_rules-one.slice');
      });

      test('cgconfigparser reads the file for cgroup v2', async () => {
        await writeFiles(host(), [
          { path: '/run/v2.conf', text: v2Of(everything).text },
          { path: '/run/broken.conf', text: v2Of(everything).text.replace(/;\n/u, '\n') },
          { path: '/run/controllers', text: 'cpuset cpu io memory hugetlb pids\n' },
        ]);
        const parse = (path: string) => host().run('unshare', ['--mount', 'sh', '-c', parseOnly, 'sh', path]);
        const { exitCode, stdout, stderr } = await parse('/run/v2.conf');
        assert.notEqual(exitCode, parseError, `${stdout}${stderr}`);
        assert.doesNotMatch(`${stdout}${stderr}`, /error at line|parsing failed|failed to parse/u);
        assert.equal((await parse('/run/broken.conf')).exitCode, parseError);
      });
    },
    { images: false },
  );
