import assert from 'node:assert/strict';
import { test } from 'node:test';
import { failureOf } from './act.ts';
import { hostObstacle } from './boot/obstacle.ts';
import { hostPaths } from './host.ts';
import { buildProgram } from './programs/buildProgram.ts';
import { allSuites, withHost } from './withHost.ts';

const mute = (await hostObstacle()) === undefined ? await buildProgram('mute') : undefined;
const place = '/srv/mute';

interface Outcome {
  readonly asked: readonly string[];
  readonly hostName: string;
  readonly children: string;
}

const prepare = `machinectl clone busybox silent
cp ${place}/mute /var/lib/machines/silent/mute
echo '/mute &' >>/var/lib/machines/silent/etc/rc
printf '%s\\n' '[Exec]' 'Boot=yes' 'PrivateUsers=no' '[Network]' 'VirtualEthernet=no' >/etc/systemd/nspawn/silent.nspawn
mkdir -p /etc/systemd/system/systemd-nspawn@silent.service.d
printf '%s\\n' '[Service]' 'DeviceAllow=/dev/fuse rwm' >/etc/systemd/system/systemd-nspawn@silent.service.d/fuse.conf
systemctl daemon-reload`;

const waitUntilMute = `supervisor=$(systemctl show --property=MainPID --value systemd-nspawn@silent)
for i in $(seq 100); do
  leader=$(cut -d' ' -f1 "/proc/$supervisor/task/$supervisor/children")
  [ -e "/proc/$leader/root/run/mute" ] && exit
  sleep 0.1
done
journalctl -u systemd-nspawn@silent | tail -5
exit 1`;

for (const suite of allSuites)
  await withHost(
    suite,
    (host) => {
      test('a machine whose files never answer costs a sentence, and no thread of ours', async () => {
        assert.equal((await host().run('sh', ['-ec', prepare])).exitCode, 0);
        assert.equal(await failureOf(host(), { do: 'start', name: 'silent' }), undefined);
        const waited = await host().run('sh', ['-c', waitUntilMute]);
        assert.equal(waited.exitCode, 0, waited.stdout);

        const program = `${hostPaths.repository}/test/host/programs/muteMachine.ts`;
        const { stdout, stderr } = await host().run(hostPaths.node, ['--no-warnings', program, 'silent']);
        assert.notEqual(stdout, '', stderr);
        const { asked, hostName, children } = JSON.parse(stdout) as Outcome;
        assert.equal(asked.length, 6);
        for (const reason of asked) assert.equal(reason, 'usersSilent');
        assert.equal(hostName, 'nshost');
        assert.equal(children, '');
        const left = await host().run('sh', [
          '-c',
          'grep -l fuse_ /proc/[0-9]*/wchan /proc/[0-9]*/task/*/wchan 2>/dev/null',
        ]);
        assert.equal(left.stdout, '');
      });
    },
    { binds: mute === undefined ? [] : [{ source: mute, target: place }] },
  );
