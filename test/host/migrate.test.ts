import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { escapeForUnit } from '../../src/language/cgconfig/migrate/sliceName.ts';
import { v1Obstacle } from './boot/v1Hierarchies.ts';
import type { Suite } from './boot/debootstrap.ts';
import type { CommandHost, Host } from './host.ts';
import { readV1, readV2 } from './migrate/limits.ts';
import type { Limits } from './migrate/limits.ts';
import { groupsOf, unitsOf, unitsWithRules, v1Sample, v2Of } from './migrate/sample.ts';
import { qemuObstacle, startQemuHost } from './qemu.ts';
import { allSuites, withHost } from './withHost.ts';

const prefix = `nspawn-migrate-${process.pid}`;
const sample = v1Sample(prefix);
const groups = groupsOf(prefix);

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

const versions: Readonly<Record<Suite, number>> = { bookworm: 252, trixie: 257, forky: 262 };

const writeFiles = async (
  host: CommandHost,
  files: readonly { readonly path: string; readonly text: string }[],
): Promise<void> => {
  for (const { path, text } of files) {
    const written = await host.run('sh', ['-c', 'mkdir -p "$(dirname "$1")" && cat > "$1"', 'sh', path], {
      input: text,
    });
    assert.equal(written.exitCode, 0, written.stderr);
  }
};

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

/** The limits of each group of the sample, under each of the ways to set them. */
const seen = new Map<'v1' | 'v2' | 'systemd', readonly Limits[]>();

const noV1 = v1Obstacle();

describe('the groups of v1', noV1 === undefined ? {} : { skip: noV1 }, async () => {
  await withHost(
    'trixie',
    (host) => {
      test('are made as they are written', async () => {
        const { stdout } = await host().run('cat', ['/proc/self/mountinfo']);
        const roots = new Map<string, string>();
        for (const line of stdout.split('\n')) {
          const [front = '', back = ''] = line.split(' - ');
          const [type, , options = ''] = back.split(' ');
          if (type === 'cgroup') for (const option of options.split(',')) roots.set(option, front.split(' ')[4] ?? '');
        }
        await writeFiles(host(), [{ path: '/run/v1.conf', text: sample }]);
        const applied = await host().run('cgconfigparser', ['-l', '/run/v1.conf']);
        assert.equal(applied.exitCode, 0, `${applied.stdout}${applied.stderr}`);
        seen.set('v1', await Promise.all(groups.map((group) => readV1(host(), group, roots))));
      });
    },
    { images: false, v1: true },
  );
});

const noQemu = await qemuObstacle();

describe('the same groups on a host of cgroup v2', noQemu === undefined ? {} : { skip: noQemu }, () => {
  const held: { host?: CommandHost } = {};
  const host = (): CommandHost => {
    if (held.host === undefined) throw new Error('the host is there only while a test runs');
    return held.host;
  };
  const device = '254:0';
  const disk = `group ${prefix}-disk { blkio { blkio.throttle.read_bps_device = "${device} 1048576"; blkio.throttle.write_iops_device = "${device} 100"; blkio.weight = 300; } cpuset { cpuset.cpus = 0; cpuset.mems = 0; } }\n`;
  const others = ['io.max', 'io.weight', 'cpuset.cpus', 'cpuset.mems'];
  const readOthers = async (path: string): Promise<readonly string[]> =>
    Promise.all(
      others.map(async (file) => (await host().run('cat', [`/sys/fs/cgroup/${path}/${file}`])).stdout.trim()),
    );
  const disks = new Map<string, readonly string[]>();

  before(async () => {
    held.host = await startQemuHost('trixie');
  });
  after(async () => {
    await held.host?.stop();
  });

  test('are made by libcgroup of the file for v2', async () => {
    await writeFiles(host(), [{ path: '/run/v2.conf', text: v2Of(sample + disk).text }]);
    const applied = await host().run('cgconfigparser', ['-l', '/run/v2.conf']);
    assert.equal(applied.exitCode, 0, `${applied.stdout}${applied.stderr}`);
    seen.set('v2', await Promise.all(groups.map((group) => readV2(host(), group))));
    disks.set('v2', await readOthers(`${prefix}-disk`));
  });

  test('are made by systemd of the units', async () => {
    const { files } = unitsOf(sample + disk, versions.trixie);
    await writeFiles(
      host(),
      files.map(({ path, text }) => ({ path: path.replace('/etc/', '/run/'), text })),
    );
    const units = files.map(({ path }) => path.split('/').at(-1) ?? '');
    const started = await host().run('sh', ['-c', 'systemctl daemon-reload && systemctl start "$@"', 'sh', ...units]);
    assert.equal(started.exitCode, 0, started.stderr);
    const paths = await Promise.all(
      units.map(async (unit) => {
        const { stdout } = await host().run('systemctl', ['show', '--value', '--property=ControlGroup', '--', unit]);
        return stdout.trim().slice(1);
      }),
    );
    seen.set('systemd', await Promise.all(paths.slice(0, groups.length).map((path) => readV2(host(), path))));
    disks.set('systemd', await readOthers(paths.at(-1) ?? ''));
  });

  test('have the limits that the kernel shows for the other ways', () => {
    const [v1, v2, systemd] = [seen.get('v1'), seen.get('v2'), seen.get('systemd')];
    assert.ok(v2 !== undefined && systemd !== undefined);
    assert.deepEqual(systemd, v2);
    assert.deepEqual(
      v2.map(({ memory }) => memory),
      [39_997_440, 4096, Infinity],
    );
    assert.deepEqual(disks.get('v2'), [`${device} rbps=1048576 wbps=max riops=max wiops=100`, 'default 60', '0', '0']);
    assert.deepEqual(disks.get('systemd'), disks.get('v2'));
    if (v1 === undefined) return;
    const exact = (limits: readonly Limits[]): readonly Limits[] => limits.map((one) => ({ ...one, shares: 0 }));
    assert.deepEqual(exact(v2), exact(v1));
    // A weight is a hundredth of what is usual: libcgroup cuts off what is behind the point, and 2 shares are below 1.
    for (const [index, { shares }] of v1.entries())
      assert.ok(
        Math.abs((v2[index]?.shares ?? 0) - shares) <= 1024 / 100,
        `${index}: ${v2[index]?.shares} of ${shares}`,
      );
  });
});
