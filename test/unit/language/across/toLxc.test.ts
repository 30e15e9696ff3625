import assert from 'node:assert/strict';
import { test } from 'node:test';
import { across, context, fileOf, toFiles } from './migrated.ts';

const linesOf = (text: string, of = context): readonly string[] =>
  fileOf(toFiles('nspawn', text, of), '/config')
    .trimEnd()
    .split('\n');
/** The lines that are not in what every machine becomes. */
const own = (text: string, of = context): readonly string[] => {
  const always = linesOf('[Exec]\nPrivateUsers=no\n[Network]\nPrivate=no\n', of);
  return linesOf(`${text}\n[Exec]\nPrivateUsers=no\n[Network]\nPrivate=no\n`, of).filter(
    (line) => !always.includes(line),
  );
};
const net = (text: string): readonly string[] =>
  linesOf(`[Network]\n${text}`).filter((line) => line.startsWith('lxc.net'));
const warnings = (text: string, of = context): readonly string[] =>
  toFiles('nspawn', text, of).notes.flatMap(({ level, line, text: said }) =>
    level === 'warning' ? [`${line}: ${said}`] : [],
  );
/** But for what is said of every machine. */
const lost = (text: string, of = context): readonly string[] => {
  const always = new Set(warnings('', of));
  return warnings(text, of).filter((said) => !always.has(said));
};
const devices = [
  'c 1:3 rwm',
  'c 1:5 rwm',
  'c 1:7 rwm',
  'c 1:8 rwm',
  'c 1:9 rwm',
  'c 5:0 rwm',
  'c 5:2 rwm',
  'c 136:* rw',
]
  .concat('c 10:200 rwm', 'c 10:229 rwm')
  .map((rule) => `lxc.cgroup2.devices.allow = ${rule}\n`)
  .join('');

test('a machine is a container on its image, with the commands that it needs', () => {
  const result = toFiles('nspawn', '[Exec]\nBoot=yes\nPrivateUsers=no\n[Network]\nBridge=br0\nPort=80\n');
  assert.equal(
    result.text,
    `# What is not the same:
# web.nspawn:1: lxc.rootfs.path: Where the machine is the image web.raw, write loop: in place of dir: with the path of that; LXC starts one without partitions only.
# web.nspawn:1: SystemCallFilter: systemd-nspawn allows only the system calls that it lists, while LXC allows all that its policy does not deny.
# web.nspawn:1: systemd-nspawn@.service: Limits of the unit are not in this file: MemoryMax= is lxc.cgroup2.memory.max, TasksMax= is lxc.cgroup2.pids.max.
# web.nspawn:6: Port: LXC forwards no ports: a rule of nftables or a proxy on the host does.

# /var/lib/lxc/web/config
lxc.uts.name = web
lxc.rootfs.path = dir:/var/lib/machines/web
lxc.mount.auto = proc:mixed sys:ro cgroup:mixed
lxc.pty.max = 1024
lxc.cap.keep = chown dac_override dac_read_search fowner fsetid kill setgid setuid setpcap linux_immutable net_bind_service net_broadcast net_admin net_raw ipc_owner sys_chroot sys_ptrace sys_admin sys_boot sys_nice sys_resource sys_tty_config mknod lease audit_write audit_control setfcap
lxc.seccomp.profile = /usr/share/lxc/config/common.seccomp
lxc.net.0.type = veth
lxc.net.0.link = br0
lxc.net.0.flags = up
lxc.net.0.name = host0
lxc.net.0.veth.pair = vb-web
lxc.cgroup2.devices.deny = a
${devices}
# Commands
#
# Both must not run at once on one root file system:
#   systemctl stop systemd-nspawn@web.service
#
# The machine must not start with the host any more:
#   machinectl disable web
#
# Start it:
#   lxc-start -n web
`,
  );
});

test('settings of the process are keys of LXC', () => {
  assert.deepEqual(
    own(
      '[Exec]\nBoot=no\nParameters=/bin/run "a b" c\nWorkingDirectory=/srv\nNoNewPrivileges=yes\nOOMScoreAdjust=7\nPersonality=x86\n',
    ),
    [
      'lxc.init.cmd = /bin/run "a b" c',
      'lxc.init.cwd = /srv',
      'lxc.no_new_privs = 1',
      'lxc.proc.oom_score_adj = 7',
      'lxc.arch = i686',
    ],
  );
  assert.deepEqual(
    own('[Exec]\nKillSignal=RTMIN+3\nLimitNOFILE=1K\nLimitAS=1G:infinity\nLimitCPU=1min\nCPUAffinity=0-1 3\n'),
    [
      'lxc.signal.halt = SIGRTMIN+3',
      'lxc.prlimit.as = 1073741824:unlimited',
      'lxc.prlimit.cpu = 60',
      'lxc.cgroup2.cpuset.cpus = 0-1,3',
    ],
  );
  assert.deepEqual(own('[Exec]\nEnvironment=A=b "C=d  e" "F= g "\n'), [
    'lxc.environment = A=b',
    'lxc.environment = C=d  e',
    'lxc.environment = "F= g "',
  ]);
  assert.match(
    lost('[Exec]\nBoot=no\nParameters=/x "a b"\n', { ...context, lxcVersion: '5.0' }).join('\n'),
    /^3: Parameters: /u,
  );
});

test('a range of users is an id map, with who owns the files', () => {
  const users = (text: string): readonly string[] => linesOf(text).filter((line) => line.includes('idmap'));
  assert.deepEqual(users('[Exec]\nPrivateUsers=200000:65536\n'), [
    'lxc.idmap = u 0 200000 65536',
    'lxc.idmap = g 0 200000 65536',
  ]);
  assert.deepEqual(users('[Exec]\nBoot=yes\n').at(-1), 'lxc.rootfs.options = idmap=container');
  assert.deepEqual(users('[Exec]\nPrivateUsers=identity\n'), ['lxc.idmap = u 0 0 65536', 'lxc.idmap = g 0 0 65536']);
  assert.deepEqual(
    users('[Exec]\nPrivateUsers=200000:65536\n[Files]\nPrivateUsersOwnership=map\nReadOnly=yes\n').at(-1),
    'lxc.rootfs.options = idmap=container,ro',
  );
  assert.match(lost('[Exec]\nPrivateUsers=yes\n').join('\n'), /write it in place of 524288/u);
  const commands = toFiles('nspawn', '[Exec]\nPrivateUsers=200000:65536\n').commands.map(({ line }) => line);
  assert.deepEqual(commands.slice(2, 4), [
    'usermod --add-subuids 200000-265535 --add-subgids 200000-265535 root',
    'setfacl -m u:200000:x -- /var/lib/machines',
  ]);
});

test('mounts are lines of fstab, with blanks in octal', () => {
  const mounts = (text: string): readonly string[] =>
    own(`[Files]\n${text}`).map((line) => line.replace('lxc.mount.entry = ', ''));
  assert.deepEqual(mounts(String.raw`Bind=/a b/c\:d:/x y` + '\n'), [
    String.raw`/a\040b/c:d x\040y none rbind,create=dir 0 0`,
  ]);
  assert.deepEqual(mounts('BindReadOnly=/etc/a.conf\n'), ['/etc/a.conf etc/a.conf none bind,ro,create=file 0 0']);
  assert.deepEqual(mounts('Bind=+/in:/to:norbind\n'), ['in to none bind,relative,create=dir 0 0']);
  assert.deepEqual(mounts('TemporaryFileSystem=/run/x:size=1m\n'), ['tmpfs run/x tmpfs size=1m,create=dir 0 0']);
  assert.deepEqual(mounts('Overlay=/bottom:/top:/up:/mnt\n'), [
    'overlay mnt overlay lowerdir=/top:/bottom,upperdir=/up,workdir=/up.work,create=dir 0 0',
  ]);
  assert.deepEqual(mounts('OverlayReadOnly=/bottom:/top:/mnt\n'), [
    'overlay mnt overlay lowerdir=/top:/bottom,create=dir 0 0',
  ]);
  const named = { paths: new Map([['/a', 'other' as const]]), users: new Map(), runs: false };
  const known = linesOf('[Files]\nBind=/a:/b\n', { ...context, named });
  assert.ok(known.includes('lxc.mount.entry = /a b none rbind,create=file 0 0'));
});

test('interfaces keep their names inside', () => {
  assert.deepEqual(net('Private=yes\n'), ['lxc.net.0.type = empty']);
  assert.deepEqual(net('Private=no\n'), ['lxc.net.0.type = none']);
  assert.deepEqual(net(''), [
    'lxc.net.0.type = veth',
    'lxc.net.0.flags = up',
    'lxc.net.0.name = host0',
    'lxc.net.0.veth.pair = ve-web',
  ]);
  assert.deepEqual(net('MACVLAN=wan:lan\nInterface=usb0\nVirtualEthernetExtra=out:in\n'), [
    ...['type = veth', 'flags = up', 'name = in', 'veth.pair = out'].map((line) => `lxc.net.0.${line}`),
    ...['type = macvlan', 'macvlan.mode = bridge', 'link = wan', 'flags = up', 'name = lan'].map(
      (line) => `lxc.net.1.${line}`,
    ),
    ...['type = phys', 'link = usb0', 'flags = up', 'name = usb0'].map((line) => `lxc.net.2.${line}`),
  ]);
});

test('denied calls become a policy beside the configuration', () => {
  const result = toFiles('nspawn', '[Exec]\nSystemCallFilter=~mount reboot\n');
  assert.match(fileOf(result, '/config'), /^lxc\.seccomp\.profile = \/var\/lib\/lxc\/web\/seccomp$/mu);
  assert.match(
    fileOf(result, '/seccomp'),
    /^2\ndenylist\n\[all\]\nkexec_load errno 1\n[^]*\nmount errno 1\nreboot errno 1\n$/u,
  );
});

test('a file that systemd refuses is not converted', () => {
  const refused = across('nspawn', '[Exec]\nBoot=yes\n[Network]\nInterface=much-too-long-a-name-for-one\n');
  assert.ok(refused.kind === 'refused');
  assert.equal(refused.line, 4);
});

test('a container opens the devices of the unit, and no others', () => {
  assert.match(fileOf(toFiles('nspawn', ''), '/config'), /^lxc\.cgroup2\.devices\.deny = a$/mu);
  assert.match(lost('[Files]\nBind=/dev/kvm\n').join('\n'), /^2: Bind: Where the unit .* DeviceAllow=/mu);
  assert.doesNotMatch(lost('[Files]\nBind=/dev/fuse\n').join('\n'), /DeviceAllow/u);
});

test('what is mounted read-only has nothing below that is not', () => {
  assert.ok(own('[Files]\nBindReadOnly=/srv\n').includes('lxc.mount.entry = /srv srv none bind,ro,create=dir 0 0'));
  assert.match(lost('[Files]\nBindReadOnly=/srv\n').join('\n'), /^2: BindReadOnly: What is mounted below is left out/u);
  assert.doesNotMatch(lost('[Files]\nBindReadOnly=/srv:/srv:norbind\n').join('\n'), /left out/u);
});

test('what LXC would read otherwise is left out and said', () => {
  assert.deepEqual(own('[Files]\nBind=+/#x:/y\n'), []);
  assert.match(lost('[Files]\nBind=+/#x:/y\n').join(), /^2: Bind: A source that begins with #/u);
  assert.match(lost('[Files]\nBind=/a:/b\n').join(), /create=file is for/u);
  assert.equal(lost('[Exec]\nTimezone=bind\n').length, 1);
  assert.deepEqual(lost('[Exec]\nTimezone=off\nResolvConf=off\nLinkJournal=no\nNotifyReady=no\n'), []);
  assert.equal(lost('[Exec]\nLinkJournal=host\nNotifyReady=yes\n').length, 2);
});
