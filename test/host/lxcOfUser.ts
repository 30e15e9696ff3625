import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TerminalCommand } from '../../src/machines/command.ts';
import type { UnprivilegedFinding } from '../../src/machines/unprivilegedSetup.ts';
import type { Host } from './host.ts';
import { act, booted, inLxc, type LxcRequest, type LxcResult, rowIn, run, state, text } from './lxcRequests.ts';

const lxcpath = '/home/tester/.local/share/lxc';

/**
 * A user who has nothing yet but a directory that may hold containers: the host's own file system is an overlay. A user namespace may
 * mount proc and sysfs only where each is to be seen as a whole somewhere, and systemd-nspawn covers parts of both.
 */
const prepare = `set -e
mkdir -p /run/whole/proc /run/whole/sys /home/tester/.local/share
sed -i /^tester:/d /etc/subuid /etc/subgid
rm -f /etc/lxc/lxc-usernet
ip link add lxcbr0 type bridge
mount -t proc proc /run/whole/proc
mount -t sysfs sysfs /run/whole/sys
mount -t tmpfs tmpfs /home/tester/.local/share
chown -R tester: /home/tester
chmod 700 /home/tester
`;

const group = run('sh', '-c', 'cat /proc/$(lxc-info -n own -p -H)/cgroup | grep ^0:');

/** Fails where one of them has. */
const asTester = async (host: Host, requests: readonly LxcRequest[]): Promise<readonly LxcResult[]> => {
  const results = await inLxc(host, requests, 'tester', lxcpath);
  for (const [place, { failure }] of results.entries())
    assert.equal(failure, undefined, `${JSON.stringify(requests[place])}: ${JSON.stringify(failure)}`);
  return results;
};

/** Containers that belong to a user without any privileges, in a host that has others, too. */
export const testContainersOfUser = (host: () => Host): void => {
  test('what a user needs for containers is named in order, and when it is mended one with a network starts', async () => {
    const prepared = await host().run('sh', ['-c', prepare]);
    assert.equal(prepared.exitCode, 0, prepared.stderr);
    const missing = async (): Promise<readonly UnprivilegedFinding[]> => {
      const [found] = await asTester(host(), [{ do: 'check' }]);
      return (found?.value as readonly UnprivilegedFinding[]).filter(({ state }) => state === 'missing');
    };
    const found = await missing();
    assert.deepEqual(
      found.map(({ need }) => need),
      ['subuid', 'subgid', 'networkQuota', 'defaultConfig', 'directories', 'controlGroup'],
    );
    for (const { need, remedy } of found) {
      assert.ok(remedy !== undefined, need);
      const how = remedy.as === 'root' ? { unit: true } : { user: 'tester' };
      const done = await host().run(remedy.call.file, remedy.call.args, how);
      assert.equal(done.exitCode, 0, `${need}: ${done.stderr}`);
    }
    // It is started behind the back of loginctl.
    await host().run('systemctl', ['start', 'user@1000.service']);
    assert.deepEqual(await missing(), []);
    const results = await asTester(host(), [
      {
        do: 'create',
        name: 'wired',
        plan: { template: 'busybox', answers: {}, args: [], store: { kind: 'dir' } },
      },
      { do: 'seen', name: 'wired', tree: `${lxcpath}/wired/rootfs` },
      // There is nobody who gives addresses, for which its init would wait.
      run('lxc-usernsexec', '--', 'sed', '-i', '/udhcpc/d', `${lxcpath}/wired/rootfs/etc/init.d/rcS`),
      act('wired', 'start'),
      run('ls', '/sys/class/net/lxcbr0/brif'),
      act('wired', 'terminate'),
      act('wired', 'remove'),
    ]);
    assert.equal(rowIn(results[1]).image?.path, `${lxcpath}/wired/rootfs`);
    assert.match(text(results[4]), /^veth/u);
  });

  test("a user's own containers do all that those of root do, and nothing of it takes a privilege", async () => {
    const without =
      'sed /lxc.include/d ~/.config/lxc/default.conf >/tmp/plain.conf && echo lxc.net.0.type = empty >>/tmp/plain.conf';
    const results = await asTester(host(), [
      run('sh', '-c', `${without} && lxc-create -n own -t busybox -f /tmp/plain.conf`),
      { do: 'seen', name: 'own', tree: `${lxcpath}/own/rootfs` },
      act('own', 'start'),
      { do: 'seen', name: 'own', runs: true },
      run('lxc-info', '-n', 'own', '-p', '-H'),
      group,
      act('own', 'freeze'),
      state('own'),
      act('own', 'unfreeze'),
      state('own'),
      { do: 'info', name: 'own' },
      act('own', 'kill', { signal: 'SIGCONT' }),
      booted('own'),
      act('own', 'reboot'),
      booted('own'),
      { do: 'seen', name: 'own', runs: true },
      run('lxc-info', '-n', 'own', '-p', '-H'),
      group,
      { do: 'shell', name: 'own', commandLine: 'id -u; exit 7' },
      { do: 'shell', name: 'own' },
      { do: 'terminal', name: 'own', kind: 'console' },
      act('own', 'powerOff'),
      state('own'),
      { do: 'seen', name: 'own', runs: false },
    ]);
    const [, made, , running, first, before, , frozen, , thawed, info, , , , , , second, after] = results;
    assert.equal(rowIn(made).image?.path, `${lxcpath}/own/rootfs`);
    assert.equal(String(rowIn(running).machine?.leader), text(first));
    assert.match(text(before), /user@1000\.service\/.*\.scope\/lxc\.payload\.own$/u);
    assert.deepEqual([frozen, thawed].map(text), ['FROZEN', 'RUNNING']);
    assert.match(text(info), /State: +RUNNING/u);
    assert.notEqual(text(second), text(first));
    // The rows find it there, too: LXC has waited for the end of the first init in a group between.
    assert.match(text(after), /\.scope\/lxc\.pivot\/lxc\.payload\.own$/u);
    const terminals = results.slice(18, 21).map(({ value }) => value as TerminalCommand);
    assert.deepEqual(
      terminals.map(({ args }) => args.includes('--scope')),
      [true, true, false],
    );
    assert.equal(text(results[22]), 'STOPPED');
    assert.equal(rowIn(results[23]).machine, undefined);
  });

  test("copies, snapshots, start at boot and removal of a user's own containers", async () => {
    const results = await asTester(host(), [
      act('own', 'clone', { to: 'one' }),
      act('one', 'rename', { to: 'two' }),
      { do: 'seen', name: 'two', defined: true },
      { do: 'seen', name: 'one', defined: false },
      act('two', 'snapshot', { comment: 'good' }),
      run('lxc-snapshot', '-n', 'two', '-L', '-C'),
      act('two', 'restore', { snapshot: 'snap0', to: 'three' }),
      act('two', 'restore', { snapshot: 'snap0' }),
      act('two', 'removeSnapshot', { snapshot: 'snap0' }),
      act('two', 'enable'),
      run('lxc-ls', '-f', '-F', 'NAME,AUTOSTART'),
      act('two', 'disable'),
      act('two', 'remove'),
      act('three', 'remove'),
      { do: 'seen', name: 'two', defined: false },
      act('own', 'startCopy', { to: 'brief' }),
      { do: 'seen', name: 'brief', runs: true },
      { do: 'shell', name: 'brief', commandLine: 'id -u; exit 7' },
      run('sh', '-c', 'ls -nd ~/.local/share/lxc/own/rootfs'),
      act('brief', 'terminate'),
      { do: 'seen', name: 'brief', runs: false, defined: false },
      run('lxc-ls', '-1'),
    ]);
    assert.equal(rowIn(results[3]).image, undefined);
    assert.match(text(results[5]), /^snap0 [^\n]*\ngood$/u);
    assert.match(text(results[10]), /^two +1/mu);
    assert.match(text(results[18]), / (?:[1-9]\d{5,}) /u);
    assert.equal(text(results[21]), 'own');
  });

  test("root sees the containers of a user who is named, follows nothing of the user's, and acts as the user", async () => {
    const asRoot = async (...requests: readonly LxcRequest[]): Promise<readonly LxcResult[]> =>
      inLxc(host(), requests, 'root', lxcpath, ['tester']);
    const byTester = (...args: readonly string[]): LxcRequest => run('runuser', '-u', 'tester', '--', ...args);
    const hostile = `cd ${lxcpath}
mkdir pipe file linked device huge
mkfifo pipe/config
ln -s /etc/shadow linked/config
ln -s /var/lib/lxc/web through
echo lxc.start.auto = 1 >file/config
echo "lxc.include = $PWD/pipe/config" >>file/config
echo lxc.include = /dev/watchdog >device/config
truncate -s 3G huge/config
`;
    const results = await asRoot(
      run('lxc-copy', '-n', 'spare', '-N', 'own'),
      byTester('sh', '-c', hostile),
      { do: 'seen', name: 'file', enabled: true },
      { do: 'seen', name: 'device', defined: true },
      { do: 'seen', name: 'huge', defined: true },
      { do: 'names' },
      byTester('sh', '-c', `cd ${lxcpath} && rm -r pipe file linked through device huge`),
      { do: 'seen', name: 'file', defined: false },
      act('own', 'start'),
      { do: 'seen', name: 'own', runs: true, tree: `${lxcpath}/own/rootfs` },
      byTester('lxc-info', '-P', lxcpath, '-n', 'own', '-p', '-H'),
      state('own'),
      run(
        'sh',
        '-c',
        'cat /proc/$(runuser -u tester -- lxc-info -P "$1" -n own -p -H)/cgroup | grep ^0:',
        'sh',
        lxcpath,
      ),
      { do: 'info', name: 'own' },
      { do: 'shell', name: 'own', commandLine: 'id -u; exit 7' },
      act('own', 'freeze'),
      { do: 'seen', name: 'own', frozen: true },
      act('own', 'unfreeze'),
      act('own', 'kill', { signal: 'SIGCONT' }),
      act('own', 'terminate'),
      { do: 'seen', name: 'own', runs: false },
      act('own', 'clone', { to: 'one' }),
      act('one', 'rename', { to: 'two' }),
      act('two', 'snapshot', { comment: 'good' }),
      { do: 'snapshots', name: 'two' },
      act('two', 'enable'),
      { do: 'seen', name: 'two', enabled: true },
      run('stat', '-c', '%U', `${lxcpath}/two/config`, `${lxcpath}/two/snaps/snap0/config`),
      act('two', 'restore', { snapshot: 'snap0' }),
      act('two', 'remove'),
      { do: 'seen', name: 'two', defined: false },
      {
        do: 'create',
        name: 'made',
        plan: { template: 'busybox', answers: {}, args: [], store: { kind: 'dir' } },
      },
      { do: 'seen', name: 'made', defined: true },
      act('made', 'remove'),
      run('lxc-destroy', '-n', 'own'),
    );
    for (const [place, { failure }] of results.entries())
      assert.equal(failure, undefined, `${place}: ${JSON.stringify(failure)}`);
    const names = results[5]?.value as readonly string[];
    assert.deepEqual(
      names.filter((name) => !['a b; $(id)', 'spare', 'web'].includes(name)),
      [...['device', 'file', 'huge', 'own', 'own']],
    );
    const [running, leader, ofSystem, where, info, shell] = results.slice(9);
    assert.equal(rowIn(running).image?.path, `${lxcpath}/own/rootfs`);
    assert.equal(String(rowIn(running).machine?.leader), text(leader));
    assert.equal(text(ofSystem), 'STOPPED');
    assert.match(text(where), /user@1000\.service\/.*\.scope\/lxc\.payload\.own$/u);
    assert.match(text(info), /State: +RUNNING/u);
    const { args } = shell?.value as TerminalCommand;
    assert.ok(args.includes('runuser'));
    const [own, byTool] = results[24]?.value as readonly (readonly { comment?: string }[])[];
    assert.deepEqual([own?.map(({ comment }) => comment), byTool], [['good'], own]);
    assert.deepEqual(text(results[27]).split('\n'), ['tester', 'tester']);
    const [, again, , entered] = await asRoot(
      run('true'),
      act('own', 'start'),
      { do: 'seen', name: 'own', runs: true },
      { do: 'shell', name: 'own', commandLine: 'id -u; exit 7' },
    );
    assert.equal(again?.failure, undefined, JSON.stringify(again));
    const plan = entered?.value as TerminalCommand;
    const inside = await host().run(plan.file, plan.args);
    assert.deepEqual([inside.exitCode, inside.stdout], [7, '0\n'], inside.stderr);
    const [ended] = await asRoot(act('own', 'terminate'));
    assert.equal(ended?.failure, undefined, JSON.stringify(ended));
  });

  test("a shell in a user's own container is one of its root, and a start that fails says why", async () => {
    const results = await asTester(host(), [
      act('own', 'start'),
      { do: 'shell', name: 'own', commandLine: 'id -u; exit 7' },
      { do: 'inTree', name: 'own', commandLine: `touch ${lxcpath}/own/rootfs/root/touched` },
    ]);
    const { file, args } = results[1]?.value as TerminalCommand;
    const shell = await host().run(file, args, { user: 'tester' });
    assert.deepEqual([shell.exitCode, shell.stdout], [7, '0\n']);
    const tree = results[2]?.value as TerminalCommand;
    const touched = await host().run(tree.file, tree.args, { user: 'tester' });
    assert.deepEqual([touched.exitCode, touched.stderr], [0, '']);
    const owner = await host().run('stat', ['-c', '%u:%g', `${lxcpath}/own/rootfs/root/touched`]);
    const [first] = (await host().run('sed', ['-n', 's/^tester:\\([0-9]*\\):.*/\\1/p', '/etc/subuid'])).stdout.split(
      '\n',
    );
    assert.equal(owner.stdout, `${first}:${first}\n`);
    const seen = await inLxc(host(), [{ do: 'names' }, act('own', 'remove'), act('own', 'terminate')], 'root');
    assert.ok(!JSON.stringify(seen[0]?.value).includes('own'));
    const [, , , failed] = await inLxc(
      host(),
      [
        act('own', 'terminate'),
        run('lxc-usernsexec', '--', 'mv', `${lxcpath}/own/rootfs/sbin`, `${lxcpath}/own/rootfs/gone`),
        { do: 'seen', name: 'own', runs: false },
        act('own', 'start'),
        run('lxc-usernsexec', '--', 'mv', `${lxcpath}/own/rootfs/gone`, `${lxcpath}/own/rootfs/sbin`),
      ],
      'tester',
      lxcpath,
    );
    assert.ok(failed?.failure?.kind === 'didNotStart', JSON.stringify(failed));
    assert.match(failed.failure.journal.join(' '), /Failed to exec "\/sbin\/init"/u);
    await asTester(host(), [act('own', 'remove'), run('lxc-ls', '-1')]);
  });
};
