import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readlink } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { hostObstacle } from './boot/obstacle.ts';
import { runTool } from './boot/runTool.ts';
import { v1Obstacle } from './boot/v1Hierarchies.ts';
import { startHost } from './host.ts';
import type { Host } from './host.ts';
import { installImages } from './installImages.ts';
import { leftovers, tracesOf } from './leftovers.ts';
import type { HostTraces } from './leftovers.ts';
import { machineBooted } from './machineBooted.ts';
import { allSuites, withHost } from './withHost.ts';
import { start, thisNode } from '../rig/program.ts';
import { tool } from './boot/tools.ts';

const obstacle = await hostObstacle();

/** Machines of every kind that hold something of this machine: namespaces, a veth, a loop device. */
const startMachines = async (host: Host, loopName: string): Promise<void> => {
  await installImages(host);
  assert.equal((await host.run('machinectl', ['clone', 'raw-disk', loopName])).exitCode, 0);
  const started = await host.run('machinectl', ['start', 'busybox', 'debian', loopName]);
  assert.equal(started.exitCode, 0, started.stderr);
};

/** The kernel takes apart the namespaces of killed processes in its own time. */
const leftoversInTheEnd = async (
  traces: HostTraces,
  loopName: string,
  counted: (found: string[]) => string[] = (found) => found,
): Promise<string[]> => {
  const deadline = performance.now() + 30_000;
  for (;;) {
    const found = counted(leftovers(traces, loopName));
    if (found.length === 0 || performance.now() > deadline) return found;
    await sleep(100);
  }
};

/** Another process that has a host with running machines; resolves when they run. */
const hostOfAnotherProcess = async (loopName: string): Promise<{ child: ChildProcess; leader: number }> => {
  const program = `
    import { startHost } from ${JSON.stringify(new URL('host.ts', import.meta.url).href)};
    import { installImages } from ${JSON.stringify(new URL('installImages.ts', import.meta.url).href)};
    const host = await startHost('trixie');
    await installImages(host);
    await host.run('machinectl', ['clone', 'raw-disk', '${loopName}']);
    await host.run('machinectl', ['start', 'busybox', 'debian', '${loopName}']);
    console.log('leader ' + host.leader);
    setInterval(() => undefined, 60_000);`;
  const child = start(thisNode, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_TEST_CONTEXT: undefined },
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const leader = /^leader (\d+)$/.exec(line)?.[1];
    if (leader !== undefined) return { child, leader: Number(leader) };
  }
  throw new Error('the process with the host ended early');
};

for (const suite of allSuites)
  await withHost(suite, (host) => {
    test('systemd runs without a failed unit, and lists every image of the rig', async () => {
      const state = await host().run('systemctl', ['is-system-running']);
      const failed = await host().run('systemctl', ['--failed', '--no-legend', '--plain']);
      assert.equal(state.stdout, 'running\n', failed.stdout);
      const images = await host().run('machinectl', ['list-images', '--output=json']);
      const names = (JSON.parse(images.stdout) as { name: string; ro: boolean; type: string }[])
        .map(({ name, ro, type }) => `${name} ${type}${ro ? ' read-only' : ''}`)
        .sort();
      assert.deepEqual(names, [
        'bad [x](command:nspawn.x) <b>$(id)`id` subvolume',
        'busybox subvolume',
        'debian subvolume',
        'frozen subvolume read-only',
        'linked subvolume',
        'nasty subvolume',
        'noinit subvolume',
        'raw-disk raw',
      ]);
    });

    test('installing the images again changes nothing', async () => {
      const look = ['-c', 'stat -c "%n %i %W" /var/lib/machines/*'];
      const before = await host().run('sh', look);
      await installImages(host());
      assert.deepEqual(await host().run('sh', look), before);
    });

    test('the Debian image boots to a running systemd and gives alice a shell', async () => {
      const started = await host().run('machinectl', ['start', 'debian']);
      assert.equal(started.exitCode, 0, started.stderr);
      const inside = ['--machine=debian', '--pipe', '--wait', '--quiet'];
      await machineBooted(host(), 'debian');
      const who = await host().run('systemd-run', [...inside, '--uid=alice', 'id', '-un']);
      assert.equal(who.stdout, 'alice\n', who.stderr);
      await host().run('machinectl', ['terminate', 'debian']);
    });
  });

await withHost(
  'trixie',
  (host) => {
    test('exit code, both outputs, input, environment and arguments pass through unchanged', async () => {
      const script = 'cat; printf "%s|" "$A" "$@" >&2; exit 7';
      const output = await host().run('sh', ['-c', script, 'sh', 'a b', '$(id)', ''], {
        input: 'ü\n',
        env: { A: '*' },
      });
      assert.deepEqual(output, { exitCode: 7, stdout: 'ü\n', stderr: '*|a b|$(id)||' });
    });

    test('a command can be run as another user, and as a unit of the host', async () => {
      const plain = await host().run('sh', ['-c', 'id -un; echo $HOME'], { user: 'tester' });
      assert.equal(plain.stdout, 'tester\n/home/tester\n');
      const unit = await host().run('sh', ['-c', 'id -un; cat /proc/self/cgroup'], { user: 'tester', unit: true });
      assert.match(unit.stdout, /^tester\n(.*\n)*0::\/system\.slice\/run-/);
    });

    test('admin may use sudo, tester may not', async () => {
      const asRoot = await host().run('sudo', ['-n', 'id', '-u'], { user: 'admin' });
      assert.deepEqual(asRoot, { exitCode: 0, stdout: '0\n', stderr: '' });
      assert.notEqual((await host().run('sudo', ['-n', 'id', '-u'], { user: 'tester' })).exitCode, 0);
    });

    test('a missing command and a hanging one are told by the exit code', async () => {
      assert.equal((await host().run('no-such-tool')).exitCode, 127);
      assert.equal((await host().run('sleep', ['600'], { timeoutMs: 500 })).exitCode, 124);
      // A killed process stays a moment as a zombie; pgrep would wait for nobody, so the host's shell does.
      const gone = 'for i in $(seq 100); do pgrep -x -r R,S,D,T sleep || exit 0; busybox usleep 50000; done; exit 1';
      assert.equal((await host().run('sh', ['-c', gone])).exitCode, 0, 'the hanging command is still running');
    });

    test('what enters by `enter` sees the host, and the outer network', async () => {
      const [enter, ...args] = host().enter;
      const child = start(await tool(enter), [...args, 'sh', '-c', 'hostname; readlink /proc/self/ns/net'], {
        stdio: ['pipe', 'pipe', 'pipe'],
      });
      const lines: string[] = [];
      for await (const line of createInterface({ input: child.stdout })) lines.push(line);
      assert.deepEqual(lines, ['nshost', await readlink('/proc/self/ns/net')]);
    });
  },
  { images: false },
);

const v1 = obstacle ?? v1Obstacle();

describe('a host with cgroup v1 hierarchies', v1 === undefined ? {} : { skip: v1 }, () => {
  test('has its own part of them only, its processes in there, and ends also where one of them is frozen', async () => {
    const host = await startHost('trixie', { v1: true });
    const traces = tracesOf(host.leader);
    try {
      const { stdout } = await host.run('cat', ['/proc/1/cgroup', '/proc/self/mountinfo']);
      assert.match(stdout, /^\d+:memory:\/$/m);
      assert.match(stdout, / \/ \/srv\/cgroup-v1\/memory .* - cgroup /);
      assert.equal((await host.run('cgcreate', ['-g', 'memory:/rigtest'])).exitCode, 0);
      const shown = await host.run('cgexec', ['-g', 'memory:/rigtest', 'cat', '/proc/self/cgroup']);
      assert.match(shown.stdout, /^\d+:memory:\/rigtest$/m, shown.stderr);
      const frozen = 'cgcreate -g freezer:/rigtest; cgexec -g memory,freezer:/rigtest sleep 1000 >/dev/null 2>&1 &';
      const freeze = 'until grep -q . "$1/cgroup.procs"; do sleep 0.1; done; echo FROZEN >"$1/freezer.state"';
      const { exitCode } = await host.run('sh', ['-c', `${frozen} ${freeze}`, 'sh', '/srv/cgroup-v1/freezer/rigtest']);
      assert.equal(exitCode, 0);
    } finally {
      await host.stop();
    }
    assert.deepEqual(await leftoversInTheEnd(traces, `rigraw${process.pid}f`), []);
  });
});

describe('a host leaves nothing behind', obstacle === undefined ? {} : { skip: obstacle }, () => {
  test('when it is stopped, and another one goes on', async () => {
    const loopName = `rigraw${process.pid}a`;
    const [first, second] = await Promise.all([startHost('trixie'), startHost('bookworm')]);
    try {
      await startMachines(first, loopName);
      const traces = tracesOf(first.leader);
      assert.notDeepEqual(leftovers(traces, loopName), []);
      await first.stop();
      assert.deepEqual(await leftoversInTheEnd(traces, loopName), []);
      assert.equal((await second.run('systemctl', ['is-system-running'])).stdout, 'running\n');
    } finally {
      await first.stop();
      await second.stop();
    }
  });

  test('and it leaves those alone whose processes it cannot see, as they are of another PID namespace', async () => {
    const first = await startHost('trixie');
    try {
      const program = `
        import { startHost } from ${JSON.stringify(new URL('host.ts', import.meta.url).href)};
        const host = await startHost('trixie');
        await host.stop();
        process.exit();`;
      const around = [
        '--mount',
        '--propagation',
        'private',
        '--pid',
        '--fork',
        '--kill-child=KILL',
        '--mount-proc',
        '--',
      ];
      await runTool('unshare', [...around, process.execPath, '--input-type=module', '--eval', program], {
        env: { NODE_TEST_CONTEXT: undefined },
      });
      assert.equal((await first.run('systemctl', ['is-system-running'])).stdout, 'running\n');
    } finally {
      await first.stop();
    }
  });

  for (const signal of ['SIGKILL', 'SIGINT', 'SIGTERM'] as const)
    test(`when the process that started it is ended by ${signal}`, async () => {
      const loopName = `rigraw${process.pid}${signal.toLowerCase()}`;
      const { child, leader } = await hostOfAnotherProcess(loopName);
      const traces = tracesOf(leader);
      assert.notDeepEqual(leftovers(traces, loopName), []);
      const exited = once(child, 'exit');
      child.kill(signal);
      await exited;
      assert.deepEqual(await leftoversInTheEnd(traces, loopName), []);
    });

  test('when its supervisor is killed: only empty cgroups, which the next host removes', async () => {
    const loopName = `rigraw${process.pid}b`;
    const host = await startHost('trixie', { v1: true });
    await startMachines(host, loopName);
    const traces = tracesOf(host.leader);
    process.kill(traces.supervisor, 'SIGKILL');
    await host.stop();
    const withoutCgroup = (found: string[]): string[] => found.filter((line) => !line.startsWith('cgroup '));
    assert.deepEqual(await leftoversInTheEnd(traces, loopName, withoutCgroup), []);
    const next = await startHost('trixie');
    try {
      assert.deepEqual(await leftoversInTheEnd(traces, loopName), []);
    } finally {
      await next.stop();
    }
  });
});
