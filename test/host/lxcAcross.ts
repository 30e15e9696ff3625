import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MigratedFiles } from '../../src/protocol/migration.ts';
import type { LxcRelease } from '../../src/schema/lxcTypes.ts';
import { context, toFiles } from '../unit/language/across/migrated.ts';
import type { Host } from './host.ts';

const first = 300_000;

/** A bridge, what is mounted, and a container with files of its own numbers; $1 is its configuration. */
const prepare = `set -e
ip link add br-across type bridge
ip address add 10.9.7.1/24 dev br-across
ip link set br-across up
mkdir "/srv/my data"
echo hi >"/srv/my data/owned"
chown ${first}:${first} "/srv/my data/owned"
touch "/srv/my data/of-host"
usermod --add-subuids ${first}-${first + 65_535} --add-subgids ${first}-${first + 65_535} root
mkdir /var/lib/lxc/web2
chmod 711 /var/lib/lxc/web2
cp -a /var/lib/lxc/spare/rootfs /var/lib/lxc/web2/rootfs
mkdir -p /var/lib/lxc/web2/rootfs/srv
chown -hR ${first}:${first} /var/lib/lxc/web2/rootfs
cat >/var/lib/lxc/web2/config
`;

/** What BusyBox is linked with stays on the host. */
const libraries = ['lib', 'usr/lib', 'lib64', 'usr/lib64'];

const config = `lxc.uts.name = moved
lxc.rootfs.path = dir:/var/lib/lxc/web2/rootfs
lxc.signal.halt = SIGUSR1
lxc.net.0.type = veth
lxc.net.0.link = br-across
lxc.net.0.flags = up
lxc.net.0.hwaddr = 00:16:3e:11:22:33
lxc.net.0.ipv4.address = 10.9.7.2/24
lxc.net.0.ipv4.gateway = 10.9.7.1
lxc.idmap = u 0 ${first} 65536
lxc.idmap = g 0 ${first} 65536
lxc.cap.drop = sys_time mac_admin net_raw
lxc.mount.auto = proc:mixed sys:mixed cgroup:mixed
lxc.pty.max = 64
lxc.mount.entry = /srv/my\\040data srv/data none bind,ro,create=dir 0 0
lxc.mount.entry = tmpfs scratch tmpfs size=1m,mode=700,create=dir 0 0
${libraries.map((path) => `lxc.mount.entry = /${path} ${path} none bind,ro,create=dir 0 0\n`).join('')}lxc.prlimit.nofile = 512:1024
lxc.environment = GREETING=a  "b" $(id) %n
`;

/** Limits that need controllers, which hosts of tests lack. */
const limits = `lxc.cgroup2.memory.max = 64M
lxc.cgroup2.pids.max = 77
lxc.cgroup2.cpu.weight = 50
lxc.hook.pre-start = sh -c 'echo "$LXC_NAME 100% $1" >/run/across-hook' hook
`;

const settings = `[Exec]
Boot=no
Parameters=/sbin/init
KillSignal=SIGUSR1
Hostname=back
PrivateUsers=${first}:65536
DropCapability=CAP_NET_RAW
LimitNOFILE=512:1024
Environment="GREETING=a  b"
[Files]
PrivateUsersOwnership=off
BindReadOnly=/srv/my data:/srv/data
TemporaryFileSystem=/scratch:size=1m,mode=700
${libraries.map((path) => `BindReadOnly=/${path}\n`).join('')}[Network]
Bridge=br-across
`;

/** What is seen of the container whose init is that process. */
const look = `awk '$5 == "/srv/data" || $5 == "/scratch" { split($6, o, ","); print $5, o[1] }' /proc/$1/mountinfo | sort
inside() { nsenter --target "$1" --mount --uts --net --pid --user --setuid 0 --setgid 0 --root --wd -- sh -c "$2"; }
inside "$1" 'hostname; stat -c "%u:%g %n" / /srv/data/owned /srv/data/of-host /scratch; stat -c %a /scratch; df -k /scratch | tail -1'
inside "$1" 'touch /srv/data/x || touch /scratch/x && echo written'
nsenter --target "$1" --net -- ip -o -4 address show scope global | awk '{ print $2, $4 }'
nsenter --target "$1" --net -- ip -4 route | sed 's/ onlink//; s/ *$//'
nsenter --target "$1" --net -- ip -o link | grep -o 'link/ether 00:16:3e:11:22:33'
nsenter --target "$1" --net -- ip -o link | sed 's/^[0-9]*: //; s/[@:].*//' | sort
grep 'open files' /proc/$1/limits; grep CapBnd /proc/$1/status; cat /proc/$1/uid_map
tr '\\0' '\\n' </proc/$1/environ | grep GREETING
true`;

const ofLxc = 'lxc-info -n "$1" -p -H';
const ofMachine = 'machinectl show --value --property=Leader "$1"';

/** The container and the machine of one root file system, each as the other is converted. */
export const testAcross = (host: () => Host, lxcVersion: LxcRelease, systemdVersion: number): void => {
  const of = { ...context, lxcVersion, systemdVersion };
  const sh = async (script: string, args: readonly string[] = [], input = ''): Promise<string> => {
    const { exitCode, stdout, stderr } = await host().run('sh', ['-c', script, 'sh', ...args], { input });
    assert.equal(exitCode, 0, `${script}\n${stdout}${stderr}`);
    return stdout;
  };
  const seen = async (which: string, name: string): Promise<string> => sh(look, [(await sh(which, [name])).trim()]);
  const startLxc = (name: string): Promise<string> =>
    sh('lxc-start -n "$1" -l WARN -o "/tmp/$1.log" || { cat "/tmp/$1.log"; exit 1; }', [name]);
  /** Its init is ended, and its unit with it. */
  const endMachine = (name: string): Promise<string> =>
    sh(
      `kill -9 "$(${ofMachine})"
      until systemctl show --value --property=ActiveState "systemd-nspawn@$1.service" | grep -qE "^(inactive|failed)$"; do sleep 0.1; done
      systemctl reset-failed "systemd-nspawn@$1.service" 2>/dev/null; true`,
      [name],
    );
  /** Writes the files, and runs the commands as they are shown but for those that end what is ended already. */
  const carryOut = async ({ files, commands }: MigratedFiles): Promise<void> => {
    for (const { path, text } of files) await sh('mkdir -p "$(dirname "$1")" && cat >"$1"', [path], text);
    for (const { line } of commands) if (!/^(?:lxc-stop|systemctl stop) /u.test(line)) await sh(line);
  };

  test('a container starts as a machine with its mounts, limits, addresses, owners and capabilities', async () => {
    await sh(prepare, [], config);
    await startLxc('web2');
    const before = await seen(ofLxc, 'web2');
    await sh('lxc-stop -k -n web2');
    const result = toFiles('lxc', `${config}${limits}`, of, '/var/lib/lxc/web2/config');
    await carryOut(result);
    assert.equal(await seen(ofMachine, 'web2'), before);
    assert.match(before, /^\/scratch rw\n\/srv\/data ro\nmoved\n0:0 \/\n0:0 \/srv\/data\/owned\n65534:65534 /u);
    assert.match(before, /\neth0 10\.9\.7\.2\/24\ndefault via 10\.9\.7\.1 dev eth0\n/u);
    assert.match(before, /GREETING=a {2}"b" \$\(id\) %n\n$/u);
    const shown = ['MemoryMax', 'TasksMax', 'CPUWeight'].map((name) => `--property=${name}`).join(' ');
    const properties = await sh(`systemctl show ${shown} systemd-nspawn@web2.service | sort`);
    assert.equal(properties, 'CPUWeight=50\nMemoryMax=67108864\nTasksMax=77\n');
    assert.equal(await sh('cat /run/across-hook'), 'web2 100% web2\n');
    assert.match(await sh('ls /sys/class/net/br-across/brif'), /^lx-web2-0$/mu);
    assert.doesNotMatch(await sh('journalctl -o cat -u systemd-nspawn@web2.service'), /ignoring|unknown|invalid/iu);
    await endMachine('web2');
  });

  test('a machine starts as a container with its mounts, limits, owners and capabilities', async () => {
    const file = '/etc/systemd/nspawn/back.nspawn';
    await sh(
      'cp -a /var/lib/lxc/web2/rootfs /var/lib/machines/back && mkdir -p "$(dirname "$1")" && cat >"$1"',
      [file],
      settings,
    );
    await sh('machinectl start back');
    const before = await seen(ofMachine, 'back');
    await endMachine('back');
    await carryOut(toFiles('nspawn', settings, of, file));
    assert.equal(await seen(ofLxc, 'back'), before);
    assert.match(before, /^\/scratch rw\n\/srv\/data ro\nback\n0:0 \//u);
    assert.match(before, /\nhost0\nlo\n/u);
    assert.match(await sh('ls /sys/class/net/br-across/brif'), /^vb-back$/mu);
    await sh('lxc-stop -k -n back; ip link delete br-across; sed -i /^root:300000:/d /etc/subuid /etc/subgid');
    await sh('rm -rf /var/lib/lxc/back /var/lib/lxc/web2 /var/lib/machines/back /var/lib/machines/web2');
  });
};
