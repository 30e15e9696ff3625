import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CommandHost } from '../host.ts';
import { withHost } from '../withHost.ts';
import { readV1, readV2 } from './limits.ts';
import type { Limits } from './limits.ts';
import { groupsOf, unitsOf, v1Sample, v2Of, versions, writeFiles } from './sample.ts';

const prefix = `nspawn-migrate-${process.pid}`;
const sample = v1Sample(prefix);
const groups = groupsOf(prefix);

/** The limits of each group of the sample, under each of the ways to set them. */
const seen = new Map<'v1' | 'v2' | 'systemd', readonly Limits[]>();

export const testLimitsOfV1 = async (): Promise<void> => {
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
};

/** After those of v1. */
export const testLimitsOfV2 = (host: () => CommandHost): void => {
  const device = '254:0';
  const disk = `group ${prefix}-disk { blkio { blkio.throttle.read_bps_device = "${device} 1048576"; blkio.throttle.write_iops_device = "${device} 100"; blkio.weight = 300; } cpuset { cpuset.cpus = 0; cpuset.mems = 0; } }\n`;
  const others = ['io.max', 'io.weight', 'cpuset.cpus', 'cpuset.mems'];
  const readOthers = async (path: string): Promise<readonly string[]> =>
    Promise.all(
      others.map(async (file) => (await host().run('cat', [`/sys/fs/cgroup/${path}/${file}`])).stdout.trim()),
    );
  const disks = new Map<string, readonly string[]>();

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
};
