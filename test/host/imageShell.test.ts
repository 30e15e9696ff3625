import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultContext } from '../../src/language/context.ts';
import { settingsInForce } from '../../src/language/nspawn/check.ts';
import type { Image } from '../../src/machines/image.ts';
import { runImage } from '../../src/machines/nspawn/commands/terminalCommands.ts';
import type { Host } from './host.ts';
import { systemdVersions } from './judge/nspawnJudge.ts';
import { allSuites, withHost } from './withHost.ts';

const name = 'busybox';
const image: Image = {
  id: name,
  name,
  type: 'directory',
  path: `/var/lib/machines/${name}`,
  readOnly: false,
  usage: undefined,
  limit: undefined,
  created: undefined,
  modified: undefined,
  managed: true,
};

const write = async (host: Host, path: string, text: string): Promise<void> => {
  await host.run('sh', ['-c', 'mkdir -p "${1%/*}" && cat > "$1"', 'sh', path], { input: text });
};

/** Whether what runs in the machine has the users of the host. */
const hasUsersOfHost = async (host: Host, args: readonly string[]): Promise<boolean> => {
  const { exitCode, stdout, stderr } = await host.run('systemd-nspawn', [...args, '/bin/cat', '/proc/self/uid_map']);
  assert.equal(exitCode, 0, stderr);
  return /^\s*0\s+0\s+4294967295\s*$/u.test(stdout);
};

for (const suite of allSuites)
  await withHost(suite, (host) => {
    test('a shell in an image has users of its own, unless a line of the administrator says otherwise', async () => {
      const beside = `/var/lib/machines/${name}.nspawn`;
      const trusted = `/etc/systemd/nspawn/${name}.nspawn`;
      const cases: readonly (readonly [path: string, text: string, usersOfHost: boolean])[] = [
        [beside, '[Exec]\nPrivateUsers=no\n', false],
        [beside, '[Files]\nPrivateUsersOwnership=off\n', false],
        [trusted, '[Exec]\nPrivateUsers=no\n', true],
        [trusted, '[Exec]\nPrivateUsers=maybe\n', false],
        [trusted, '[Files]\nPrivateUsersOwnership=off\n', true],
        [trusted, '[Exec]\nBoot=yes\nPrivateUsers=pick\n[Files]\nPrivateUsersOwnership=auto\n', false],
      ];
      for (const ephemeral of [false, true])
        for (const [path, text, usersOfHost] of cases) {
          await host().run('rm', ['-f', beside, trusted]);
          await write(host(), path, text);
          const trust = path === trusted ? 'trusted' : 'untrusted';
          const context = { ...defaultContext, systemdVersion: systemdVersions[suite], place: { trust } } as const;
          const { decidesUsers } = settingsInForce(text, context);
          const { args } = runImage(image, {
            boot: false,
            ephemeral,
            registered: true,
            fileDecidesUsers: decidesUsers,
          });
          assert.equal(await hasUsersOfHost(host(), args), usersOfHost, `${path}, ephemeral ${ephemeral}: ${text}`);
        }
      await host().run('rm', ['-f', beside, trusted]);
    });
  });
