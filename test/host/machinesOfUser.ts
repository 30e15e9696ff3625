import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Suite } from './boot/debootstrap.ts';
import { type Host, hostPaths } from './host.ts';

export interface OfUser {
  readonly images: readonly string[];
  readonly machines: readonly string[];
  readonly enabled: readonly string[];
  readonly failed: readonly string[];
  readonly failure?: unknown;
}

/** A systemd of the user and a bus of its own, which Debian has in a package that the hosts lack; and an image. */
const prepare = `set -e
mkdir -p /run/systemd/user/sockets.target.wants
printf '[Socket]\\nListenStream=%%t/bus\\n' >/run/systemd/user/dbus.socket
printf '[Service]\\nType=notify\\nExecStart=dbus-daemon --session --address=systemd: --nofork --nopidfile --systemd-activation\\n' \\
  >/run/systemd/user/dbus.service
ln -s ../dbus.socket /run/systemd/user/sockets.target.wants/
mkdir -p /home/tester/.local/state/machines/web/usr /home/tester/.local/state/machines/web/etc
chown -R tester: /home/tester
systemctl start user@1000.service
`;

const web = 'nspawn/user/web';
const copy = 'nspawn/user/copy';
const later = 'nspawn/user/later';

/** From systemd 259 on. What starts needs a kernel that takes BPF-LSM programs, which no host in namespaces may load. */
export const testMachinesOfUser = (host: () => Host, suite: Suite): void => {
  const act = async (...acts: readonly (readonly string[])[]): Promise<readonly OfUser[]> => {
    const program = `${hostPaths.repository}/test/host/programs/ofUser.ts`;
    const { exitCode, stdout, stderr } = await host().run(
      hostPaths.node,
      ['--no-warnings', program, JSON.stringify(acts)],
      { user: 'tester', timeoutMs: 180_000 },
    );
    assert.equal(exitCode, 0, stderr);
    return JSON.parse(stdout) as readonly OfUser[];
  };

  test("a user's own machines are listed and changed where systemd has them, and are not there where it has not", async () => {
    const nothing = { images: [], machines: [], enabled: [], failed: [] };
    if (suite !== 'forky') {
      assert.deepEqual(await act(), [nothing]);
      return;
    }
    const prepared = await host().run('sh', ['-c', prepare]);
    assert.equal(prepared.exitCode, 0, prepared.stderr);
    const said = async (...args: readonly string[]): Promise<string> =>
      (
        await host().run('machinectl', ['--user', ...args], {
          user: 'tester',
          env: { XDG_RUNTIME_DIR: '/run/user/1000' },
        })
      ).stdout;
    const [first, cloned, renamed, enabled, disabled, started, taken, removed] = await act(
      ['clone', web, 'copy'],
      ['rename', copy, 'later'],
      ['enable', later],
      ['disable', later],
      ['start', web],
      ['clone', web, 'later'],
      ['remove', later],
    );
    assert.deepEqual(first, { ...nothing, images: [web] });
    assert.deepEqual(cloned, { ...nothing, images: [copy, web] });
    assert.deepEqual(renamed, { ...nothing, images: [later, web] });
    assert.deepEqual(enabled, { ...nothing, images: [later, web], enabled: [later] });
    assert.deepEqual(disabled, { ...nothing, images: [later, web] });
    // The row of what did not start says so.
    assert.ok(started !== undefined);
    assert.deepEqual(started.failed, [web], JSON.stringify(started));
    assert.partialDeepStrictEqual(started.failure, { kind: 'didNotStart', name: web, result: 'exit-code' });
    assert.deepEqual(taken?.failure, { kind: 'nameTaken', name: later });
    assert.deepEqual(removed, { ...nothing, images: [web], failed: [web] });
    assert.match(await said('list-images', '--no-legend'), /^web\s+directory/u);
    assert.doesNotMatch(await said('list-images', '--no-legend'), /later/u);
  });
};
