import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hostObstacle } from './boot/obstacle.ts';
import { hostPaths } from './host.ts';
import { buildProgram } from './programs/buildProgram.ts';
import { withHost } from './withHost.ts';

const mute = (await hostObstacle()) === undefined ? await buildProgram('muteMemory', '-pthread') : undefined;
const place = '/srv/mute';

interface Found {
  readonly name: string;
  readonly commandLine: string;
}

const waitUntilMute = 'for i in $(seq 100); do [ -e /run/mute-memory ] && exit; sleep 0.1; done; exit 1';

await withHost(
  'trixie',
  (host) => {
    test('a process that lets nobody read its command line is listed without one, and costs no more', async () => {
      const unit = ['--quiet', '--unit=mute', '--property=PrivateMounts=yes', '--property=KillMode=control-group'];
      const started = await host().run('systemd-run', [...unit, '--', `${place}/muteMemory`]);
      assert.equal(started.exitCode, 0, started.stderr);
      try {
        const waited = await host().run('sh', ['-c', waitUntilMute]);
        const journal = (await host().run('journalctl', ['--no-pager', '--unit=mute'])).stdout;
        assert.equal(waited.exitCode, 0, journal);
        // It really waits: without an end from outside, and its own memory is the reason.
        const pid = (await host().run('systemctl', ['show', '--property=MainPID', '--value', 'mute'])).stdout.trim();
        const plain = await host().run('timeout', ['--signal=KILL', '1', 'cat', `/proc/${pid}/cmdline`]);
        assert.equal(plain.exitCode, 137, plain.stdout);

        const program = `${hostPaths.repository}/test/host/programs/cgroups.ts`;
        const asked = [hostPaths.node, '--no-warnings', program, 'find'];
        // Its answer is what counts: a process does not end by itself as long as one of its threads waits.
        const { stdout, stderr } = await host().run('timeout', ['--signal=KILL', '20', ...asked]);
        assert.notEqual(stdout, '', stderr);
        const found = JSON.parse(stdout) as readonly Found[];
        const silent = found.filter(({ name }) => name === 'muteMemory').map(({ commandLine }) => commandLine);
        assert.ok(silent.includes(''), JSON.stringify(silent));
        assert.ok(found.some(({ name }) => name === 'systemd-journald' || name === 'systemd-journal'));
      } finally {
        await host().run('systemctl', ['kill', '--signal=KILL', 'mute']);
      }
    });
  },
  { binds: mute === undefined ? [] : [{ source: mute, target: place }] },
);
