import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LxcOpinion } from '../../src/machines/configFile.ts';
import type { LxcRelease } from '../../src/schema/lxcTypes.ts';
import { findingsOf } from '../unit/language/lxc/findings.ts';
import type { Host } from './host.ts';
import { inLxc } from './lxcRequests.ts';

const ask = async (host: Host, user: string, text: string): Promise<LxcOpinion> => {
  const [result] = await inLxc(host, [{ do: 'opinion', text }], user);
  assert.equal(result?.failure, undefined, JSON.stringify(result?.failure));
  return result?.value as LxcOpinion;
};

/** Lines that would make, follow or wait for something, and a bad one behind them. */
const hostile = `lxc.log.file = /etc/cron.d/judged
lxc.log.file = /tmp/judged.log
lxc.log.level = FATAL
lxc.log.syslog = daemon
lxc.include = /tmp/judged.fifo
lxc.include = /tmp/judged.self
lxc.include = .
lxc.rootfs.options = idmap=/tmp/judged.fifo
lxc.rootfs.path = /tmp/judged.fifo
lxc.hook.pre-start = touch /tmp/judged-ran
lxc.console.logfile = /tmp/judged.console
lxc.seccomp.profile = /tmp/judged.fifo
lxc.mount.fstab = /tmp/judged.fifo
lxc.bad = 1
`;

/** Of all kinds, the same one twice, and those that hang on lines above them. */
const mixed = `lxc.uts.name = a
lxc.uts.name
nothing of LXC
lxc.start.auto = yes
lxc.signal.halt = SIGRTMIN+3
lxc.signal.stop = RTMIN
lxc.net.0.veth.mode = router
lxc.net.0.type = veth
lxc.net.0.veth.mode = router
lxc.net.0.veth.mode = bad
lxc.net.1.vlan.id = 1
lxc.start.auto = yes
lxc.cap.keep = chown
lxc.cap.drop = sys_admin
lxc.cap.drop =
lxc.cap.drop = sys_admin
lxc.cgroup.memory.limit_in_bytes = 1G
lxc.cgroup2.memory.max = 1G
lxc.environment.runtime = A=b
lxc.idmap = u 0 100000
lxc.idmap = u 0 100000 65536
lxc.utsname = "x"
lxc.time.offset.boot = -1h
lxc.arch = loong64
`;

/** What the installed liblxc says of texts, which may ask it for anything. */
export const testSecondOpinion = (host: () => Host, release: LxcRelease): void => {
  test('LXC says of a hostile text which line it refuses, and nothing is made, followed or waited for', async () => {
    const made = async (): Promise<string> => {
      const places = ['/etc/cron.d', '/tmp', '/run/lxc', '/run/lock/lxc', '/nonexistent', '/home/tester'];
      return (await host().run('sh', ['-c', 'find "$@" 2>/dev/null | sort; cat /tmp/judged.self', 'sh', ...places]))
        .stdout;
    };
    const prepared = 'mkfifo /tmp/judged.fifo; echo lxc.include = /tmp/judged.self >/tmp/judged.self';
    await host().run('sh', ['-c', `${prepared}; chmod 666 /tmp/judged.*`]);
    const before = await made();
    for (const user of ['root', 'tester']) {
      const { refused, leftOut, end } = await ask(host(), user, hostile);
      assert.deepEqual([refused.map(({ line }) => line), leftOut, end], [[14], 8, 'read']);
      assert.match(refused[0]?.reason ?? '', /Unsupported config key "lxc\.bad"$/u);
      assert.equal(await made(), before);
    }
    // It would have: the first line, given to it as it is.
    const asIs =
      'echo lxc.log.file = /etc/cron.d/judged >/tmp/judged.asis; lxc-info -n t --rcfile=/tmp/judged.asis -c lxc.arch; ls /etc/cron.d/judged';
    const { stdout, stderr } = await host().run('sh', ['-c', asIs]);
    assert.match(stdout, /\/etc\/cron\.d\/judged\n$/u, stderr);
    await host().run('sh', ['-c', 'rm -r /tmp/judged.* /etc/cron.d/judged']);
  });

  test('LXC refuses the lines that are judged so here, each where it stands', async () => {
    const ours = findingsOf(mixed, { lxcVersion: release }).filter(({ effect }) => effect === 'file-refused');
    const { refused, end } = await ask(host(), 'root', mixed);
    assert.deepEqual(
      [refused.map(({ line }) => line), end],
      [[...new Set(ours.map(({ line }) => line))].sort((a, b) => a - b), 'read'],
    );
    assert.ok(refused.length > 9);
  });
};
