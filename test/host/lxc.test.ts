// The backend of LXC on real containers of BusyBox, its effects told by LXC's own tools.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Snapshot } from '../../src/machines/image.ts';
import type { Host } from './host.ts';
import { testAcross } from './lxcAcross.ts';
import { testCreatedContainers } from './lxcCreated.ts';
import { testHalfDone } from './lxcHalfDone.ts';
import { act, booted, inLxc, type LxcRequest, type LxcResult, rowIn, run, state, text } from './lxcRequests.ts';
import { lxcReleases } from './judge/lxcJudge.ts';
import { systemdVersions } from './judge/nspawnJudge.ts';
import { testSecondOpinion } from './lxcOpinion.ts';
import { testStartSettings } from './lxcStartSettings.ts';
import { testContainersOfUser } from './lxcOfUser.ts';
import { testWhileRunning } from './lxcWhileRunning.ts';
import { allSuites, withHost } from './withHost.ts';

const pid = (name: string): LxcRequest => run('lxc-info', '-n', name, '-p', '-H');

/** Fails where one of those that may not fail has. */
const all = async (host: Host, requests: readonly LxcRequest[], user?: string): Promise<readonly LxcResult[]> => {
  const results = await inLxc(host, requests, user);
  for (const [place, { failure }] of results.entries())
    assert.equal(failure, undefined, `${JSON.stringify(requests[place])}: ${JSON.stringify(failure)}`);
  return results;
};

/** A container with an address and an os-release; no DHCP, for which its init would wait. */
const create = `set -e
lxc-create -n web -t busybox
cd /var/lib/lxc/web
sed -i '/^lxc.net/d' config
printf 'lxc.net.0.type = veth\\nlxc.net.0.flags = up\\nlxc.net.0.ipv4.address = 10.9.8.2/24\\n' >>config
sed -i /udhcpc/d rootfs/etc/init.d/rcS
printf 'ID=box\\nPRETTY_NAME="Box 1"\\n' >rootfs/etc/os-release
echo 'kim:x:1234:1234::/home:/bin/ash' >>rootfs/etc/passwd
lxc-copy -n web -N spare
sed -i 's/10.9.8.2/10.9.8.3/' ../spare/config
`;

/** Parameters: a command line, the file of what it shows in a terminal, and a question, to which the answer has to become yes. */
const inTerminal = `timeout 240 script -q -f -c "$1" "$2" </dev/null >/dev/null 2>&1 &
while kill -0 $! && ! eval "$3"; do sleep 0.1; done 2>/dev/null
! eval "$3" || echo reached
kill $! 2>/dev/null
wait
cat "$2"
`;

for (const suite of allSuites)
  await withHost(
    suite,
    (host) => {
      test('a container is seen, started, frozen, thawed, rebooted and stopped, by us and by others', async () => {
        const results = await all(host(), [
          run('sh', '-c', create),
          { do: 'seen', name: 'web', tree: '/var/lib/lxc/web/rootfs' },
          act('web', 'start'),
          { do: 'seen', name: 'web', runs: true },
          pid('web'),
          { do: 'details', name: 'web' },
          { do: 'info', name: 'web' },
          act('web', 'freeze'),
          state('web'),
          act('web', 'unfreeze'),
          state('web'),
          booted('web'),
          act('web', 'reboot'),
          pid('web'),
          booted('web'),
          act('web', 'freeze'),
          act('web', 'powerOff'),
          state('web'),
          { do: 'seen', name: 'web', runs: false },
          run('lxc-start', '-n', 'web'),
          { do: 'seen', name: 'web', runs: true },
          pid('web'),
          act('web', 'kill', { signal: 'SIGCONT' }),
          act('web', 'terminate'),
          state('web'),
          run('lxc-start', '-n', 'web'),
          run('lxc-stop', '-n', 'web', '-k'),
          { do: 'seen', name: 'web', runs: false },
        ]);
        const [, made, , running, first, details, info, , frozen, , thawed, , , second, , , , stopped, gone] = results;
        assert.equal(rowIn(made).image?.path, '/var/lib/lxc/web/rootfs');
        assert.equal(rowIn(made).machine, undefined);
        assert.equal(String(rowIn(running).machine?.leader), text(first));
        assert.ok(Math.abs(Date.now() - (rowIn(running).machine?.since ?? 0)) < 600_000);
        assert.deepEqual(details?.value, {
          state: 'running',
          os: { id: 'box', prettyName: 'Box 1' },
          addresses: (details?.value as { addresses: unknown }).addresses,
        });
        assert.match(JSON.stringify(details.value), /"10\.9\.8\.2"/u);
        assert.match(text(info), /State: +RUNNING/u);
        assert.deepEqual([frozen, thawed, stopped].map(text), ['FROZEN', 'RUNNING', 'STOPPED']);
        assert.notEqual(text(second), text(first));
        assert.equal(rowIn(gone).machine, undefined);
        const [again, leader, , , ended, , , left] = results.slice(20);
        assert.equal(String(rowIn(again).machine?.leader), text(leader));
        assert.equal(text(ended), 'STOPPED');
        assert.equal(rowIn(left).machine, undefined);
      });

      test('a start that fails says why, by the log of LXC', async () => {
        const init = '/var/lib/lxc/web/rootfs/sbin/init';
        const results = await inLxc(host(), [
          run('mv', init, '/tmp/init'),
          act('web', 'start'),
          run('sh', '-c', `printf '#!/bin/sh\\nexit 3\\n' >${init} && chmod +x ${init}`),
          act('web', 'start'),
          run('sh', '-c', `printf '#!/bin/sh\\nwhile :; do sleep 1; done\\n' >${init}`),
          act('web', 'start'),
          act('web', 'start'),
          act('web', 'powerOff', { cancelAfterMs: 1_000 }),
          act('web', 'remove'),
          act('web', 'rename', { to: 'other' }),
          act('web', 'terminate'),
          run('sh', '-c', `rm ${init} && mv /tmp/init ${init}; echo lxc.banana = 1 >>/var/lib/lxc/web/config`),
          act('web', 'start'),
          run('sed', '-i', '/banana/d', '/var/lib/lxc/web/config'),
          act('nope', 'start'),
          act('web', 'powerOff'),
          act('web', 'rename', { to: 'spare' }),
          act('web', 'clone', { to: 'a b' }),
          act('../web', 'start'),
        ]);
        const failures = results.map(({ failure }) => failure);
        const [, noInit, , ended, , deaf, twice, cancelled, used, alsoUsed, terminated, , unread, , missing] = failures;
        assert.ok(noInit?.kind === 'didNotStart');
        assert.match(noInit.journal.join(' '), /Failed to exec "\/sbin\/init"/u);
        assert.ok(ended?.kind === 'didNotStart');
        assert.match(ended.journal.join(' '), /ended on error \(3\)/u);
        assert.equal(deaf, undefined);
        assert.deepEqual([twice?.kind, cancelled?.kind], ['machineRunning', 'cancelled']);
        assert.deepEqual([used?.kind, alsoUsed?.kind, terminated], ['machineRunning', 'machineRunning', undefined]);
        assert.match(JSON.stringify(unread), /Unsupported config key/u);
        assert.equal(missing?.kind, 'noSuchImage');
        const kinds = failures.slice(15).map((failure) => failure?.kind);
        assert.deepEqual(kinds, ['noSuchMachine', 'nameTaken', 'invalidName', 'invalidName']);
      });

      test('copies, snapshots, start at boot and removal are what LXC itself says', async () => {
        const list = run('lxc-snapshot', '-n', 'two', '-L', '-C');
        const boot = run('lxc-ls', '-f', '-F', 'NAME,AUTOSTART');
        const names = run('lxc-ls', '-1');
        const results = await all(host(), [
          act('web', 'clone', { to: 'one' }),
          act('one', 'rename', { to: 'two' }),
          { do: 'seen', name: 'two', defined: true },
          { do: 'seen', name: 'one', defined: false },
          run('touch', '/var/lib/lxc/two/rootfs/kept'),
          act('two', 'snapshot', { comment: "it's good" }),
          act('two', 'snapshot'),
          list,
          { do: 'snapshots', name: 'two' },
          run('rm', '/var/lib/lxc/two/rootfs/kept'),
          act('two', 'restore', { snapshot: 'snap0', to: 'three' }),
          run('ls', '/var/lib/lxc/three/rootfs/kept'),
          act('two', 'restore', { snapshot: 'snap0' }),
          run('ls', '/var/lib/lxc/two/rootfs/kept'),
          act('two', 'removeSnapshot', { snapshot: 'snap1' }),
          list,
          act('two', 'enable'),
          { do: 'seen', name: 'two', enabled: true },
          boot,
          act('two', 'disable'),
          { do: 'seen', name: 'two', enabled: false },
          boot,
          act('two', 'remove'),
          act('three', 'remove'),
          { do: 'seen', name: 'two', defined: false },
          act('web', 'startCopy', { to: 'brief' }),
          { do: 'seen', name: 'brief', runs: true },
          run('lxc-attach', '-n', 'brief', '--', 'touch', '/written'),
          act('brief', 'terminate'),
          { do: 'seen', name: 'brief', runs: false, defined: false },
          act('web', 'overlay', { to: 'upon' }),
          act('upon', 'remove'),
          names,
        ]);
        const [, , copied, renamed, , , , listed, snapshots, , , , , , , after, , , on, , , off] = results;
        const [own, byTool] = snapshots?.value as readonly (readonly Snapshot[])[];
        assert.deepEqual(
          own?.map(({ name, comment }) => [name, comment ?? '']),
          [
            ['snap0', "it's good"],
            ['snap1', ''],
          ],
        );
        for (const { taken } of own) assert.ok(Math.abs(Date.now() - (taken ?? 0)) < 600_000, String(taken));
        assert.deepEqual(byTool, own);
        assert.equal(rowIn(copied).image?.name, 'two');
        assert.equal(rowIn(renamed).image, undefined);
        assert.match(text(listed), /^snap[01] .*\n(?:it's good\n)?snap[01]/u);
        assert.match(text(listed), /it's good/u);
        assert.match(text(after), /^snap0 [^\n]*\nit's good$/u);
        assert.match(text(on), /^two +1/mu);
        assert.match(text(off), /^two +0/mu);
        assert.deepEqual(text(results.at(-1)).split(/\s+/u), ['spare', 'web']);
      });

      testStartSettings(host);

      testSecondOpinion(host, lxcReleases[suite]);

      testWhileRunning(host);

      testHalfDone(host);

      testCreatedContainers(host);

      test('terminals open what a person asked for, with nothing of the environment around them', async () => {
        const results = await all(host(), [
          act('web', 'start'),
          { do: 'shell', name: 'web', commandLine: 'id -u; hostname; env' },
          { do: 'shell', name: 'web', user: 'kim', commandLine: 'id -u; echo $HOME' },
          { do: 'shell', name: 'web' },
          { do: 'terminal', name: 'web', kind: 'console' },
          { do: 'terminal', name: 'spare', kind: 'boot' },
        ]);
        const showing = [
          undefined,
          undefined,
          'grep -q "built-in shell" "$2"',
          'grep -q "Ctrl+a q" "$2"',
          'lxc-info -n spare -s -H | grep -q RUNNING',
        ];
        const [asRoot, asKim, shell, onConsole, boot] = await Promise.all(
          results.slice(1).map(async ({ value }, place) => {
            const { file, args } = value as { readonly file: string; readonly args: readonly string[] };
            const shown = showing[place];
            const given = [[file, ...args].join(' '), `/tmp/terminal${place}`, shown ?? ''];
            const call = shown === undefined ? [file, args] : ['sh', ['-c', inTerminal, 'sh', ...given]];
            const [tool, words] = call as [string, readonly string[]];
            const { stdout } = await host().run(tool, words, { env: { SECRET: 'x' }, timeoutMs: 300_000 });
            return stdout;
          }),
        );
        assert.match(asRoot ?? '', /^0\nweb\n/u);
        assert.doesNotMatch(asRoot ?? '', /SECRET/u);
        assert.equal(asKim, '1234\n/home\n');
        assert.match(shell ?? '', /built-in shell/u);
        assert.match(onConsole ?? '', /Ctrl\+a q/u);
        for (const one of [shell, onConsole, boot]) assert.match(one ?? '', /^reached/u);
        await host().run('lxc-stop', ['-k', '-n', 'spare']);
      });

      test('a frozen container is not entered, and its configuration and its log are where it is said', async () => {
        const [, cold, refused, , warm, , texts] = await inLxc(host(), [
          act('web', 'freeze'),
          { do: 'seen', name: 'web', frozen: true },
          { do: 'shell', name: 'web' },
          act('web', 'unfreeze'),
          { do: 'seen', name: 'web', frozen: false },
          act('web', 'snapshot'),
          { do: 'texts', name: 'web' },
        ]);
        assert.deepEqual([rowIn(cold).machine?.frozen, rowIn(warm).machine?.frozen], [true, false]);
        assert.ok(refused?.failure?.kind === 'cannotEnter' && refused.failure.reason === 'frozen');
        const { stdout } = await host().run('head', ['-c', '100000', ...(texts?.value as readonly string[])]);
        assert.match(stdout, /lxc\.net\.0\.ipv4\.address = 10\.9\.8\.2[^]*==> [^]*lxc-start web /u);
      });

      test('what is no container has no row, strange names have theirs, and another user is told who may', async () => {
        const strange =
          'mkdir -p empty .hidden && touch file && lxc-copy -n spare -N "a b; \\$(id)" && ln -s /etc link';
        const results = await inLxc(host(), [
          run('sh', '-c', `cd /var/lib/lxc && ${strange}`),
          { do: 'seen', name: 'a b; $(id)', defined: true },
          { do: 'names' },
          act('a b; $(id)', 'remove'),
          { do: 'seen', name: 'a b; $(id)', defined: false },
        ]);
        assert.equal(rowIn(results[1]).image?.name, 'a b; $(id)');
        assert.deepEqual(results[2]?.value, ['a b; $(id)', 'spare', 'web']);
        assert.equal(results[3]?.failure, undefined);
        assert.equal(rowIn(results[4]).image, undefined);
        const requests = [
          { do: 'seen', name: 'web', runs: true } as const,
          act('spare', 'start'),
          { do: 'snapshots', name: 'web' } as const,
        ];
        const [seen, refused, closed] = await inLxc(host(), requests, 'tester');
        assert.ok(rowIn(seen).machine?.leader !== undefined);
        assert.deepEqual(refused?.failure, { kind: 'notAuthorized', polkitAction: 'root' });
        assert.equal(closed?.value, 'closed');
      });

      test('a container whose monitor was killed has ended, and starts again beside what is left of it', async () => {
        const results = await all(host(), [
          // The monitor is the parent of init; what is left of an earlier one may keep the group of this name.
          run('sh', '-c', 'kill -9 $(ps -o ppid= -p $(lxc-info -n web -p -H))'),
          { do: 'seen', name: 'web', runs: false },
          act('web', 'start'),
          { do: 'seen', name: 'web', runs: true },
          run('sh', '-c', 'ls -d /sys/fs/cgroup/lxc.monitor.web*'),
          act('web', 'terminate'),
          { do: 'seen', name: 'web', runs: false },
        ]);
        assert.equal(rowIn(results[1]).machine, undefined);
        assert.notEqual(rowIn(results[3]).machine, undefined);
        assert.match(text(results[4]), /lxc\.monitor\.web-\d+$/u);
        assert.equal(rowIn(results[6]).machine, undefined);
      });

      testAcross(host, lxcReleases[suite], systemdVersions[suite]);

      testContainersOfUser(host);
    },
    { images: false, lxc: true },
  );
