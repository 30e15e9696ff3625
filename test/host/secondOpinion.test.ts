import assert from 'node:assert/strict';
import type { Opinion } from '../../src/machines/configFile.ts';
import { test } from 'node:test';
import type { ActRequest } from './act.ts';
import { act } from './act.ts';
import type { Host } from './host.ts';
import { hostPaths } from './host.ts';
import { allSuites, withHost } from './withHost.ts';

const ask = async (host: Host, user: string, text: string, trusted = true): Promise<Opinion> => {
  const [result] = await act(host, [{ do: 'secondOpinion', text, trusted }], user);
  assert.equal(result?.failure, undefined);
  return result?.value as Opinion;
};

const namesInTmp = async (host: Host): Promise<string> => (await host.run('ls', ['-A', '/tmp'])).stdout;

const emptyTree = '[Exec]\nBoot=yes\n';
const wrongLines = '[Exec]\nBoot=perhaps\nNope=1\n[Nix]\n[Files]\nBind=\n[Network]\nPort=x\n';
/** Settings that would do something to the host if a machine were started. */
const powerful = `[Exec]
Ephemeral=yes
PivotRoot=/:/old
Capability=all
[Files]
Bind=/etc
[Network]
VirtualEthernet=yes
Zone=judged
Port=8080
`;

for (const suite of allSuites)
  await withHost(
    suite,
    (host) => {
      for (const user of ['root', 'tester'])
        test(`systemd-nspawn judges a file for ${user}, and starts nothing`, async () => {
          const before = await namesInTmp(host());
          assert.deepEqual(await ask(host(), user, emptyTree), { messages: [], taken: true });

          const wrong = await ask(host(), user, wrongLines);
          assert.equal(wrong.taken, true);
          assert.deepEqual(
            wrong.messages.map(({ line }) => line),
            [2, 3, 4, 6, 8],
          );

          const refused = await ask(host(), user, '[Exec] # note\n');
          assert.equal(refused.taken, false);
          assert.deepEqual([...new Set(refused.messages.map(({ line }) => line))], [1]);

          // A rule across settings, which has no line.
          const together = await ask(host(), user, '[Exec]\nUser=root\nBoot=yes\n[Network]\nPrivate=no\nPort=80\n');
          assert.equal(together.taken, false);
          assert.deepEqual(
            together.messages.map(({ line }) => line),
            [undefined],
          );

          assert.equal((await ask(host(), user, powerful)).taken, true);
          assert.equal(await namesInTmp(host()), before);
          assert.equal((await host().run('machinectl', ['list', '--no-legend'])).stdout, '');
          assert.doesNotMatch((await host().run('ip', ['-brief', 'link'])).stdout, /^v[ez]-/mu);
        });

      test('a file beside an image is told what does not count there', async () => {
        const text = '[Exec]\nCapability=CAP_SYS_PTRACE\n';
        assert.deepEqual((await ask(host(), 'tester', text)).messages, []);
        const { messages, taken } = await ask(host(), 'tester', text, false);
        assert.equal(taken, true);
        assert.equal(messages.length, 1);
        assert.match(messages[0]?.text ?? '', /Capability=.*judged-/u);
      });

      test('a host that forbids user namespaces is named as the reason', async () => {
        const driver = `${hostPaths.repository}/test/host/actInside.ts`;
        const request: ActRequest = { do: 'secondOpinion', text: emptyTree, trusted: true };
        const unit = ['--quiet', '--pipe', '--wait', '--collect', '--uid=tester', '--property=RestrictNamespaces=yes'];
        const node = [hostPaths.node, '--no-warnings', driver, JSON.stringify([request])];
        const { stdout, stderr } = await host().run('systemd-run', [...unit, '--', ...node]);
        assert.deepEqual(JSON.parse(stdout), [{ failure: { kind: 'namespacesForbidden' } }], stderr);
      });
    },
    { images: false },
  );
