import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MigratedFiles } from '../../../../src/protocol/migration.ts';
import { across, context, fileOf, toFiles } from './migrated.ts';

const machine = (text: string, of = context): string => fileOf(toFiles('lxc', text, of), '.nspawn');
const unit = (text: string, of = context): readonly string[] =>
  fileOf(toFiles('lxc', text, of), '.conf')
    .split('\n')
    .slice(1, -1);
const warnings = (text: string, of = context, path?: string): readonly string[] =>
  toFiles('lxc', text, of, path).notes.flatMap(({ level, line, text: said }) =>
    level === 'warning' ? [`${line}: ${said}`] : [],
  );
/** But for what is said of every container without a rule for devices. */
const lost = (text: string, of = context): readonly string[] =>
  warnings(text, of).filter((said) => !said.startsWith('1: lxc.cgroup2.devices.allow: LXC opens every device'));
const linesOf = (text: string, of = context): readonly string[] =>
  machine(text, of)
    .split('\n')
    .filter(
      (line) =>
        ![
          ...['Boot=yes', 'PrivateUsers=no', 'Capability=all', 'Private=yes', 'ResolvConf=off', 'Timezone=off', ''],
        ].includes(line) && !line.startsWith('['),
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
# config:1: lxc.cgroup2.devices.allow: LXC opens every device here, and the unit the usual ones and those that are bound: DeviceAllow= in the drop-in lists others.
# config:3: lxc.net.0.type: The unit sets up the interface when init runs already; LXC does so before.
# config:10: lxc.sysctl.net.ipv4.ip_forward: systemd-nspawn sets no kernel parameters: a file in /etc/sysctl.d of the container does, if its init reads it.

# /etc/systemd/nspawn/web.nspawn
[Exec]
Boot=yes
PrivateUsers=no
Capability=all
Hostname=web
ResolvConf=off
Timezone=off

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
#   ln -sT -- /srv/web/rootfs /var/lib/machines/web
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
  assert.deepEqual(linesOf(hole), ['PrivateUsers=100000:1000', 'PrivateUsersOwnership=off']);
  assert.deepEqual(
    lost(hole).map((said) => said.slice(0, 13)),
    ['3: lxc.idmap:', '4: lxc.idmap:', '5: lxc.idmap:'],
  );
  const split = map('u 0 100000 1000', 'g 0 100000 1000', 'g 1000 101000 1000', 'u 1000 101000 1000');
  assert.deepEqual([linesOf(split)[0], lost(split)], ['PrivateUsers=100000:2000', []]);
});

test('a map that systemd-nspawn cannot have changes the owner of no file', () => {
  const differing = ['u 0 100000 65536', 'g 0 200000 65536'];
  const withoutRoot = ['u 5 100000 10', 'g 5 100000 10'];
  for (const lines of [differing, withoutRoot])
    for (const options of ['', 'lxc.rootfs.options = idmap=container\n']) {
      const text = `${root}${lines.map((line) => `lxc.idmap = ${line}\n`).join('')}${options}`;
      assert.deepEqual(linesOf(text), ['PrivateUsers=pick', 'PrivateUsersOwnership=off']);
      assert.deepEqual(
        lost(text).map((said) => /^\d: lxc\.idmap: systemd-nspawn maps users and groups alike/u.test(said)),
        [true, true],
      );
    }
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
    'ln -sT -- /srv/web/rootfs /var/lib/machines/my-box',
    'machinectl start my-box',
  ]);
  assert.equal(at('/tmp/x.conf').files[0]?.path, '/etc/systemd/nspawn/NAME.nspawn');
});

test('the network of the host is taken only where LXC has it', () => {
  const both = 'lxc.net.0.type = none\nlxc.net.1.type = veth\n';
  assert.match(machine(both), /^Private=yes\nVirtualEthernetExtra=lx-web-1:eth0$/mu);
  assert.match(lost(root + both).join(), /^2: lxc\.net\.0\.type: Beside another interface/u);
  assert.deepEqual(linesOf('lxc.net.0.type = none\nlxc.net.1.type = none\n'), ['Private=no']);
  const shared = `${root}lxc.net.0.type = veth\nlxc.net.0.flags = up\nlxc.namespace.share.net = /run/netns/x\n`;
  const newest = { ...context, systemdVersion: 262 };
  assert.deepEqual(linesOf(shared, newest), ['NamespacePath=/run/netns/x']);
  assert.deepEqual(unit(shared, newest), []);
  assert.match(lost(shared, newest).join(), /^2: lxc\.net\.0\.type: A network that is shared/u);
});

test('nothing is run for an interface that the machine does not get', () => {
  for (const name of ['123', 'all', 'default']) {
    const text = `lxc.net.0.type = veth\nlxc.net.0.flags = up\nlxc.net.0.name = ${name}\n`;
    assert.deepEqual([linesOf(text), unit(text)], [[], []]);
    assert.match(lost(root + text).join(), /2: lxc\.net\.0\.type: systemd-nspawn takes no such name/u);
  }
  const two = [0, 1]
    .map((n) => `lxc.net.${n}.type = macvlan\nlxc.net.${n}.link = wan\nlxc.net.${n}.flags = up\n`)
    .join('');
  const old = { ...context, systemdVersion: 252 };
  assert.deepEqual(linesOf(two, old), ['MACVLAN=wan']);
  assert.doesNotMatch(unit(two, old).join(), /eth1/u);
  assert.match(
    lost(root + two, old).join(),
    /5: lxc\.net\.1\.type: systemd before 254 makes one interface for MACVLAN=wan/u,
  );
  const twice = [0, 1]
    .map((n) => `lxc.net.${n}.type = veth\nlxc.net.${n}.name = same\nlxc.net.${n}.flags = up\n`)
    .join('');
  for (const version of [old, context]) {
    const kept = linesOf(twice, version).map((line) => /=(.*):/u.exec(line)?.[1] ?? '');
    const used = unit(twice, version).flatMap((line) => / dev (lx-\S+) /u.exec(line)?.[1] ?? []);
    assert.deepEqual(
      used.filter((one) => !kept.includes(one)),
      [],
    );
  }
});

test('what is lost of an interface is said', () => {
  const said = (text: string): string => lost(`${root}${text}`).join('\n');
  const veth = 'lxc.net.0.type = veth\n';
  assert.match(said(`${veth}lxc.net.0.veth.pair = 12345\n`), /^3: lxc\.net\.0\.veth\.pair: .* lx-web-0 instead\.$/u);
  assert.match(said(`${veth}lxc.net.0.hwaddr = 00:16:3e:xx:xx:xx\n`), /^3: lxc\.net\.0\.hwaddr: /u);
  assert.match(
    said('lxc.net.0.type = empty\nlxc.net.0.ipv4.address = 10.0.0.1/8\n'),
    /^3: lxc\.net\.0\.ipv4\.address: /u,
  );
});

test('hooks that need what LXC alone sets are left out, and all others are told of', () => {
  const hook = (line: string): string => `${root}lxc.hook.pre-start = ${line}\n`;
  for (const line of [
    'rm -rf "$LXC_ROOTFS_MOUNT/tmp"',
    '/x ${LXC_CONFIG_FILE}',
    'env | grep LXC_',
    '/x $LXC_CGNS_AWARE',
  ]) {
    assert.deepEqual(unit(hook(line)), [], line);
    assert.match(lost(hook(line)).join(), /^2: lxc\.hook\.pre-start: It is left out/u);
  }
  assert.deepEqual(unit('lxc.hook.pre-start = /x $LXC_ROOTFS_PATH\n'), []);
  assert.equal(unit(hook('/x $LXC_ROOTFS_PATH')).length, 1);
  assert.match(lost(hook('/x')).join(), /^2: lxc\.hook\.pre-start: Root runs it at each start or stop of the unit/u);
});

test('root does not run the hooks of a container whose place is not of root', () => {
  const text = `${root}lxc.hook.pre-start = /x\nlxc.net.0.type = veth\n`;
  for (const path of ['/home/kim/.local/share/lxc/web/config', '/var/lib/lxcx/web/config', '/tmp/web.conf']) {
    const result = toFiles('lxc', text, context, path);
    assert.doesNotMatch(result.text, /ExecStartPre/u);
    assert.match(result.text, /^# The root file system .* changes what root starts:\n# {3}ln -sT /mu);
    assert.match(fileOf(result, '.conf'), /^\[Service\]\n# This file is not below \/var\/lib\/lxc, /u);
    const [first, , second] = warnings(text, context, path);
    assert.match(first ?? '', /^1: lxc: This file is not below/u);
    assert.match(second ?? '', /^2: lxc\.hook\.pre-start: Root does not run/u);
  }
});

test('what is read-only in LXC is so in the machine, however that is written', () => {
  const mount = (options: string): readonly string[] => linesOf(`${root}lxc.mount.entry = /a b none ${options}\n`);
  assert.deepEqual(mount('bind,rofoo'), ['BindReadOnly=/a:/b:norbind']);
  assert.deepEqual(mount('bind,rw,ro'), ['BindReadOnly=/a:/b:norbind']);
  assert.deepEqual(mount('bind,ro,rw'), ['Bind=/a:/b:norbind']);
  assert.deepEqual(mount('rbindx'), ['Bind=/a:/b:rbind']);
  assert.match(lost(`${root}lxc.mount.entry = /a b none rbind,ro\n`).join(), /below read-only as well/u);
  assert.match(machine(`${root}lxc.rootfs.options = rofoo\n`), /^ReadOnly=yes$/mu);
  assert.doesNotMatch(machine(`${root}lxc.rootfs.options = ro,rw\n`), /ReadOnly/u);
});

test('mounts at the places of systemd-nspawn are lost but for those that are there anyway', () => {
  const said = (mount: string): readonly string[] => lost(`${root}lxc.mount.entry = ${mount}\n`);
  for (const mount of [
    'proc proc proc nodev',
    'sysfs sys sysfs',
    'mqueue dev/mqueue mqueue',
    '/dev/null dev/null none bind',
  ])
    assert.deepEqual(said(mount), [], mount);
  for (const mount of [
    ...['/srv proc/x none bind', 'tmpfs dev/shm tmpfs size=1m', 'mqueue srv/q mqueue', 'proc srv/proc proc'],
    ...['/srv dev/x none bind', 'tmpfs ./proc//x tmpfs', 'overlay mnt overlay lowerdir=/a:/b,upperdir=/c,volatile'],
  ])
    assert.equal(said(mount).length, 1, mount);
  const auto = (...words: readonly string[]): string =>
    lost(`${root}${words.map((word) => `lxc.mount.auto = ${word}\n`).join('')}`).join();
  assert.match(auto('proc:rw sys:rw shmounts:/a'), /machinectl bind/u);
  assert.match(auto('cgroup:ro'), /its own part/u);
  assert.match(auto('cgroup:ro:force'), /its own part/u);
  assert.equal(auto('proc:mixed sys:mixed cgroup:mixed'), '');
  assert.match(lost(`${root}lxc.mount.entry = /a /elsewhere none bind\n`).join(), /relative to the root file system/u);
});

test('the unit allows the devices that LXC is told to allow, and the list says which of both allows others', () => {
  const rules = (...lines: readonly string[]): string =>
    `${root}${lines.map((line) => `lxc.cgroup2.devices.${line}\n`).join('')}`;
  const deny = 'deny = a';
  assert.deepEqual(unit(rules(deny, 'allow = c 1:3')), []);
  assert.match(lost(rules(deny, 'allow = c 1:3')).join(), /3: lxc\.cgroup2\.devices\.allow: It is left out/u);
  assert.match(
    lost(rules(deny, 'allow = c 1:3 r')).join(),
    /^2: lxc\.cgroup2\.devices\.deny: The unit allows the usual/u,
  );
  assert.match(lost(`${root}lxc.cgroup.devices.deny = a\n`).join(), /^2: lxc\.cgroup\.devices\.deny: The unit allows/u);
  assert.deepEqual(unit(rules(deny, 'allow = /dev/kvm rwm', 'allow = /dev/a%b$c r')), [
    'DeviceAllow=/dev/kvm rwm',
    'DeviceAllow=/dev/a%%b$c r',
  ]);
  assert.match(lost(rules(deny)).join(), /^2: lxc\.cgroup2\.devices\.deny: LXC opens every device/u);
  assert.match(warnings(root).join(), /^1: lxc\.cgroup2\.devices\.allow: LXC opens every device/u);
  assert.deepEqual(unit(rules('allow = a', 'deny = c 1:5 rwm')), []);
  const bound = (mount: string): readonly string[] => unit(`${root}lxc.mount.entry = ${mount}\n`);
  assert.deepEqual(bound('/dev/snd dev/snd none bind,create=dir'), []);
  assert.deepEqual(bound('/dev/kvm ../kvm none bind,create=file'), []);
  assert.deepEqual(bound('/dev/kvm dev/kvm none bind,create=file'), ['DeviceAllow=/dev/kvm rwm']);
});

test('limits of several devices all count, and what is frozen is so behind the start', () => {
  const io = ['8:0 rbps=5', '8:16 rbps=5', '8:0 rbps=7'].map((value) => `lxc.cgroup2.io.max = ${value}\n`).join('');
  assert.deepEqual(unit(`${root}${io}`), [
    'IOReadBandwidthMax=/dev/block/8:0 7',
    'IOReadBandwidthMax=/dev/block/8:16 5',
  ]);
  const frozen = toFiles('lxc', `${root}lxc.cgroup.freezer.state = FROZEN\n`).commands.map(({ line }) => line);
  assert.deepEqual(frozen.slice(-2), ['machinectl start web', 'systemctl freeze systemd-nspawn@web.service']);
});

test('words of init are those of the release', () => {
  const init = (command: string, lxcVersion: '5.0' | '6.0' | '7.0'): string =>
    /^Parameters=(.*)$/mu.exec(machine(`${root}lxc.init.cmd = ${command}\n`, { ...context, lxcVersion }))?.[1] ?? '';
  for (const release of ['6.0', '7.0'] as const) {
    assert.equal(init('/bin/sh -c "sleep 86400; true"', release), '/bin/sh -c "sleep 86400; true"');
    assert.equal(init('/bin/sleep "86400', release), '/bin/sleep');
  }
  assert.equal(init('/bin/sh -c "a b"', '5.0'), `/bin/sh -c '"a' 'b"'`);
});

test('the link is what systemd-nspawn finds a directory, an image and a device by', () => {
  const link = (path: string, of = context): string =>
    toFiles('lxc', `lxc.rootfs.path = ${path}\n`, of).commands.find(({ line }) => line.startsWith('ln '))?.line ?? '';
  assert.equal(link('loop:/srv/a.img'), 'ln -sT -- /srv/a.img /var/lib/machines/web.raw');
  assert.equal(link('lvm:/dev/vg/web'), 'ln -sT -- /dev/vg/web /var/lib/machines/web');
  assert.equal(link('/dev/vg/web'), 'ln -sT -- /dev/vg/web /var/lib/machines/web');
  for (const kind of ['foo', 'zfs', 'constructor']) assert.equal(link(`${kind}:/srv/a`), '');
  const named = { paths: new Map([['/srv/a', 'other' as const]]), users: new Map(), runs: false };
  assert.equal(link('/srv/a', { ...context, named }), 'ln -sT -- /srv/a /var/lib/machines/web.raw');
  assert.match(lost('lxc.rootfs.path = /srv/a.img\n').join(), /taken for a directory/u);
});

test('policies of AppArmor and SELinux are lost', () => {
  assert.equal(lost(`${root}lxc.apparmor.profile = generated\nlxc.selinux.context = a:b:c:d\n`).length, 2);
  assert.deepEqual(lost(`${root}lxc.apparmor.profile = unconfined\n`), []);
});

test('a value with what is not seen is left out', () => {
  for (const hidden of ['\v', '\u001b', '\u0085']) {
    const text = `${root}lxc.init.cmd = x${hidden}y\n`;
    assert.doesNotMatch(machine(text), /Parameters/u);
    assert.match(lost(text).join(), /^2: lxc\.init\.cmd: A line of the file cannot hold/u);
  }
});
