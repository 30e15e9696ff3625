import { test } from 'node:test';
import { lxcReleases } from './judge/lxcJudge.ts';
import { systemdVersions } from './judge/nspawnJudge.ts';
import { testAcross } from './lxcAcross.ts';
import { withHost } from './withHost.ts';
for (const suite of (process.env['SUITE'] ?? 'trixie').split(',') as ('trixie')[])
await withHost(suite, (host) => {
  test('prepare', async () => {
    const r = await host().run('sh', ['-c', "lxc-create -n spare -t busybox && cd /var/lib/lxc/spare && sed -i /udhcpc/d rootfs/etc/init.d/rcS && printf 'ID=box\\n' >rootfs/etc/os-release"]);
    if (r.exitCode !== 0) throw new Error(r.stderr);
  });
  testAcross(host, lxcReleases[suite], systemdVersions[suite]);
}, { images: false, lxc: true });
