import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MigratedFiles } from '../../../../src/protocol/migration.ts';
import { across, context, fileOf, toFiles } from './migrated.ts';

const machine = (text: string, of = context): string => fileOf(toFiles('lxc', text, of), '.nspawn');
const unit = (text: string, of = context): readonly string[] =>
  fileOf(toFiles('lxc', text, of), '.conf')
    .split('\n')
    .slice(1, -1);
const lost = (text: string, of = context): readonly string[] =>
  toFiles('lxc', text, of).notes.flatMap(({ level, line, text: said }) =>
    level === 'warning' ? [`${line}: ${said}`] : [],
  );
const linesOf = (text: string, of = context): readonly string[] =>
  machine(text, of)
    .split('\n')
    .filter(
      (line) =>
        !['Boot=yes', 'PrivateUsers=no', 'Capability=all', 'Private=yes', ''].includes(line) && !line.startsWith('['),
    );

const root = 'lxc.rootfs.path = dir:/srv/web/rootfs\n';
const inNetwork = `sh -ec 'leader=$$(machinectl show --value --property=Leader -- "$$1"); shift; exec nsenter --target="$$leader" --net -- "$$@"' sh %i`;

test('a container is a machine whose root file system stays, with files, commands and what is lost', () => {
  const result = toFiles(
    'lxc',
    `${root}lxc.uts.name = web
lxc.net.0.type = veth
lxc.net.0.link = br0
lxc.net.0.flags = up
lxc.net.0.ipv4.address = 10.0.3.5/24
lxc.net.0.ipv4.gateway = 10.0.3.1
lxc.cgroup2.memory.max = 64M
lxc.start.auto = 1
lxc.sysctl.net.ipv4.ip_forward = 1
`,
  );
  assert.equal(
    result.text,
    `# What is not the same:
# config:10: lxc.sysctl.net.ipv4.ip_forward: systemd-nspawn sets no kernel parameters: a file in /etc/sysctl.d of the container does, if its init reads it.

# /etc/systemd/nspawn/web.nspawn
[Exec]
Boot=yes
PrivateUsers=no
Capability=all
Hostname=web

[Network]
Private=yes
VirtualEthernetExtra=lx-web-0:eth0

# /etc/systemd/system/systemd-nspawn@web.service.d/50-lxc.conf
[Service]
ExecStartPost=ip link set dev lx-web-0 master br0
ExecStartPost=ip link set dev lx-web-0 up
ExecStartPost=${inNetwork} ip link set dev eth0 up
ExecStartPost=${inNetwork} ip address add 10.0.3.5/24 broadcast + dev eth0
ExecStartPost=${inNetwork} ip -4 route add default via 10.0.3.1 dev eth0 onlink
MemoryMax=64M

# Commands
#
# After the files are in their place:
#   systemctl daemon-reload
#
# Both must not run at once on one root file system:
#   lxc-stop -n web
#
# The root file system stays where it is:
#   ln -s -- /srv/web/rootfs /var/lib/machines/web
#
# Instead of lxc.start.auto: set that to 0, or both start:
#   systemctl enable systemd-nspawn@web.service
#
# Start it:
#   machinectl start web
`,
  );
});

test('mounts keep their paths, whatever is in them, and their options', () => {
  const mount = (value: string): readonly string[] => linesOf(`${root}lxc.mount.entry = ${value}\n`);
  assert.deepEqual(mount('/a b none bind 0 0'), ['Bind=/a:/b:norbind']);
  assert.deepEqual(mount('/a b none rbind,ro,create=dir'), ['BindReadOnly=/a:/b:rbind']);
  assert.deepEqual(mount(String.raw`/a\040b/c:d\134e x\011y none bind`), []);
  assert.deepEqual(mount(String.raw`/a\040b/c:d\134e x\040y none bind`), [String.raw`Bind=/a b/c\:d\\e:/x y:norbind`]);
  assert.deepEqual(mount('/srv/web/rootfs/in /srv/web/rootfs/to none bind,relative'), [
    'Bind=+/srv/web/rootfs/in:/to:norbind',
  ]);
  assert.deepEqual(mount('/a /elsewhere none bind'), []);
  assert.deepEqual(mount('/a ../b none bind'), []);
  assert.deepEqual(mount('tmpfs run/x tmpfs size=1m,nosuid,create=dir'), [
    'TemporaryFileSystem=/run/x:size=1m,nosuid,mode=1777',
  ]);
  assert.deepEqual(mount('overlay mnt overlay lowerdir=/top:/bottom,upperdir=/up,workdir=/w'), [
    'Overlay=/bottom:/top:/up:/mnt',
  ]);
  assert.deepEqual(mount('proc proc proc nodev'), []);
  assert.deepEqual(
    lost(`${root}lxc.mount.entry = //nas/x mnt cifs ro\nlxc.mount.entry = /a b none bind,nosuid,optional\n`),
    [
      '2: lxc.mount.entry: systemd-nspawn mounts no such file system: mount it on the host, and bind it from there.',
      '3: lxc.mount.entry: systemd-nspawn does not start the machine where the source is missing.',
      '3: lxc.mount.entry: systemd-nspawn has no such options for a bind mount: nosuid',
    ],
  );
});

test('an id map is one range, and what does not fit into it is said', () => {
  const map = (...lines: readonly string[]): string =>
    `${root}${lines.map((line) => `lxc.idmap = ${line}\n`).join('')}`;
  assert.deepEqual(linesOf(map('u 0 100000 65536', 'g 0 100000 65536')), [
    'PrivateUsers=100000:65536',
    'PrivateUsersOwnership=off',
  ]);
  assert.deepEqual(linesOf(`${map('u 0 100000 65536', 'g 0 100000 65536')}lxc.rootfs.options = idmap=container\n`), [
    'PrivateUsers=100000:65536',
    'PrivateUsersOwnership=map',
  ]);
  const hole = map('u 0 100000 1000', 'u 1000 1000 1', 'u 1001 101001 64535', 'g 0 100000 65536');
  assert.equal(linesOf(hole)[0], 'PrivateUsers=100000:65536');
  assert.deepEqual(
    lost(hole).map((said) => said.slice(0, 13)),
    ['3: lxc.idmap:'],
  );
  assert.equal(linesOf(map('u 5 100000 10', 'g 5 100000 10'))[0], 'PrivateUsers=pick');
});

test('the same capabilities are kept, and only what systemd-nspawn has otherwise is said', () => {
  assert.match(
    machine(`${root}lxc.cap.drop = sys_time mac_admin\n`),
    /^Capability=all\nDropCapability=CAP_SYS_TIME CAP_MAC_ADMIN$/mu,
  );
  const kept = machine(`${root}lxc.cap.keep = chown setuid sys_time\n`);
  assert.match(kept, /^Capability=CAP_SYS_TIME$/mu);
  assert.match(kept, /^DropCapability=CAP_DAC_OVERRIDE [^\n]*CAP_NET_ADMIN/mu);
  assert.doesNotMatch(/^DropCapability=(.*)$/mu.exec(kept)?.[1] ?? '', /CHOWN|SETUID/u);
});

test('networks of every type keep names, links and modes', () => {
  const net = (text: string, of = context): readonly string[] =>
    linesOf(text.replaceAll(/^/gmu, 'lxc.net.').replace(/lxc\.net\.$/u, ''), of);
  assert.deepEqual(net('0.type = none\n'), ['Private=no']);
  assert.deepEqual(net('0.type = empty\n'), []);
  assert.deepEqual(net('0.type = veth\n0.name = lan\n0.veth.pair = outside\n1.type = veth\n'), [
    'VirtualEthernetExtra=outside:lan',
    'VirtualEthernetExtra=lx-web-1:eth0',
  ]);
  assert.deepEqual(net('0.type = macvlan\n0.link = wan\n1.type = phys\n1.link = usb0\n'), [
    'MACVLAN=wan:eth0',
    'Interface=usb0',
  ]);
  assert.deepEqual(net('0.type = macvlan\n0.link = wan\n', { ...context, systemdVersion: 252 }), ['MACVLAN=wan']);
  const macvlan = 'lxc.net.0.type = macvlan\nlxc.net.0.link = wan\n';
  assert.deepEqual(unit(macvlan, { ...context, systemdVersion: 252 }), [
    `ExecStartPost=${inNetwork} ip link set dev mv-wan name eth0`,
    `ExecStartPost=${inNetwork} ip link set dev eth0 type macvlan mode private`,
  ]);
  assert.deepEqual(unit(`${macvlan}lxc.net.0.macvlan.mode = bridge\n`), []);
  assert.deepEqual(unit('lxc.net.0.type = vlan\nlxc.net.0.link = wan\nlxc.net.0.vlan.id = 7\n'), [
    'ExecStartPre=-ip link add link wan name lx-web-0 type vlan id 7',
  ]);
  assert.deepEqual(
    lost(
      `${root}lxc.net.0.type = veth\nlxc.net.0.veth.mode = router\nlxc.net.0.ipv4.gateway = auto\nlxc.net.0.script.up = /x\n`,
    ).map((one) => one.slice(0, 26)),
    ['3: lxc.net.0.veth.mode: sy', '4: lxc.net.0.ipv4.gateway:', '5: lxc.net.0.script.up: sy'],
  );
});

test('an address without a prefix has the one that LXC gives it', () => {
  const lines = unit('lxc.net.0.type = veth\nlxc.net.0.ipv4.address = 10.0.3.130\nlxc.net.0.ipv6.address = fd00::1\n');
  assert.match(lines.join('\n'), / 10\.0\.3\.130\/16 broadcast \+ dev eth0\n.* fd00::1\/64 dev eth0$/u);
});

test('limits of processes and of the group are those of the container, of v1 as well', () => {
  const v1 = { ...context, lxcVersion: '6.0' } as const;
  assert.deepEqual(linesOf('lxc.prlimit.nofile = 512:unlimited\nlxc.proc.oom_score_adj = -5\n'), [
    'LimitNOFILE=512:infinity',
    'OOMScoreAdjust=-5',
  ]);
  assert.deepEqual(unit('lxc.cgroup2.pids.max = 9\nlxc.cgroup2.cpu.max = 50000 100000\n'), [
    'TasksMax=9',
    'CPUQuota=50%',
  ]);
  assert.deepEqual(unit('lxc.cgroup.memory.limit_in_bytes = 1G\n', v1), ['MemoryMax=1G']);
  assert.deepEqual(
    unit(
      'lxc.cgroup2.devices.deny = a\nlxc.cgroup2.devices.allow = c 10:200 rwm\nlxc.cgroup2.devices.allow = c 136:* rw\n',
    ),
    ['DeviceAllow=/dev/char/10:200 rwm', 'DeviceAllow=char-136 rw'],
  );
  assert.deepEqual(unit('lxc.cgroup2.devices.allow = a\n'), ['DevicePolicy=auto', 'DeviceAllow=']);
  assert.deepEqual(unit('lxc.mount.entry = /dev/net/tun dev/net/tun none bind,create=file\n'), [
    'DeviceAllow=/dev/net/tun rwm',
  ]);
});

test('an init that is not systemd is called by its name, and hooks of the host by the unit', () => {
  assert.match(machine('lxc.signal.halt = SIGUSR1\n'), /^Boot=no\nParameters=\/sbin\/init$/mu);
  assert.match(machine('lxc.signal.halt = SIGRTMIN+3\n'), /^Boot=yes$/mu);
  assert.match(machine('lxc.init.cmd = /bin/run "a  b" c\n'), /^Boot=no\nParameters=\/bin\/run "a {2}b" c$/mu);
  assert.deepEqual(unit('lxc.hook.pre-start = /x/y $LXC_NAME 5%\nlxc.hook.version = 1\nlxc.hook.post-stop = z\n'), [
    'ExecStartPre=env LXC_NAME=web LXC_HOOK_TYPE=pre-start sh -c "exec /x/y $$LXC_NAME 5%%"',
    'ExecStopPost=-env LXC_NAME=web LXC_HOOK_TYPE=post-stop sh -c "exec z"',
  ]);
  assert.deepEqual(lost(`${root}lxc.hook.mount = /x\n`), [
    '2: lxc.hook.mount: It runs inside before init does, and systemd-nspawn runs nothing there.',
  ]);
});

test('what a version of systemd does not know is left out and said', () => {
  const text = `${root}lxc.namespace.share.net = /run/netns/x\n`;
  assert.match(machine(text, { ...context, systemdVersion: 262 }), /^NamespacePath=/mu);
  assert.doesNotMatch(machine(text), /NamespacePath/u);
  assert.match(lost(text).join('\n'), /NamespacePath=: /u);
});

test('a file that LXC refuses is not converted, and one that is not read is named', () => {
  const refused = across('lxc', 'lxc.uts.name = a\nlxc.nope = 1\n');
  assert.ok(refused.kind === 'refused');
  assert.equal(refused.line, 2);
  assert.deepEqual(lost(`lxc.include = /usr/share/lxc/config/common.conf\n${root}`), [
    '1: lxc.include: Not read, so it may change any of this: /usr/share/lxc/config/common.conf',
  ]);
});

test('the place tells the name, and what is no name of a machine is written as one', () => {
  const at = (path: string): MigratedFiles => toFiles('lxc', root, context, path);
  const commands = ({ commands: all }: MigratedFiles): readonly string[] => all.map(({ line }) => line);
  assert.deepEqual(commands(at('/home/kim/.local/share/lxc/my_box/config')), [
    'lxc-stop -P /home/kim/.local/share/lxc -n my_box',
    'ln -s -- /srv/web/rootfs /var/lib/machines/my-box',
    'machinectl start my-box',
  ]);
  assert.equal(at('/tmp/x.conf').files[0]?.path, '/etc/systemd/nspawn/NAME.nspawn');
});
