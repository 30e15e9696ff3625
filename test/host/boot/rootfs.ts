import { appendFile, chmod, mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureCached } from '../../rig/cache.ts';
import type { Progress } from '../../rig/progress.ts';
import { debootstrap } from './debootstrap.ts';
import type { Suite } from './debootstrap.ts';
import { runTool } from './runTool.ts';

/** Counts up with every change below that the list of packages does not show. */
const recipe = 2;

const packages = [
  // systemd, and what machinectl and systemd-nspawn want
  'systemd,systemd-sysv,dbus,systemd-container,libpam-systemd,libnss-mymachines,libnss-systemd,polkitd',
  // image formats and the pool
  'btrfs-progs,e2fsprogs,squashfs-tools,busybox-static,xz-utils,zstd',
  // what tests look with; forky no longer pulls in mount, passwd and bsdutils
  'iproute2,nftables,procps,util-linux,mount,passwd,bsdutils,kmod,less,inotify-tools,strace,socat,jq',
  // users
  'bash,sudo,uidmap,acl',
  // libcgroup: 2.0.2 in bookworm, 3.1.0 in trixie, 3.2.0 in forky
  'cgroup-tools',
  // what the VS Code server and its built-in Git extension need
  'libstdc++6,ca-certificates,git',
].flatMap((line) => line.split(','));

/**
 * LXC, 5.0.2 in bookworm, 6.0.4 in trixie, 7.0.0 in forky, with its template of BusyBox; lxc-copy and lxc-snapshot want rsync. In
 * hosts of their own: those of all other tests show that nothing is seen of LXC where it is not installed.
 */
const lxcPackages = ['lxc', 'rsync'];

/** Since trixie these are packages of their own. */
const sinceTrixie = ['systemd-userdbd', 'systemd-resolved'];

/** What would write to the kernel of this machine, or only fails or wastes time in a disposable host. */
const masked = [
  ...['systemd-sysctl.service', 'systemd-binfmt.service', 'systemd-modules-load.service', 'dev-hugepages.mount'],
  ...['sys-kernel-debug.mount', 'sys-kernel-tracing.mount', 'sys-kernel-config.mount', 'e2scrub_reap.service'],
  ...['e2scrub_all.timer', 'fstrim.timer', 'apt-daily.timer', 'apt-daily-upgrade.timer', 'dpkg-db-backup.timer'],
];

/** There is no network to bridge to, and no container that has to start with the host. */
const maskedOfLxc = ['lxc.service', 'lxc-net.service', 'lxc-monitord.service'];

/** nspawn gives a host few device nodes; machines from disk images want loop devices. */
const deviceNodes = [
  ...Array.from({ length: 64 }, (_, index) => `b! /dev/loop${index} 0660 root disk - 7:${index}`),
  'c! /dev/loop-control 0660 root disk - 10:237',
  'c! /dev/btrfs-control 0660 root disk - 10:234',
  'c! /dev/fuse 0666 root root - 10:229',
  '',
].join('\n');

/** Makes an unpacked Debian the disposable host that the tests know: users, no writing to this machine's kernel. */
export const furnish = async (directory: string): Promise<void> => {
  const file = (path: string): string => join(directory, path);
  await writeFile(file('etc/hostname'), 'nshost\n');
  // mmdebstrap makes none, and sudo complains of a name that it cannot resolve.
  await writeFile(file('etc/hosts'), '127.0.0.1 localhost\n127.0.1.1 nshost\n::1 localhost\n');
  await writeFile(file('etc/machine-id'), '');
  await runTool('chroot', [directory, 'useradd', '--create-home', '--uid', '1000', '--shell', '/bin/bash', 'tester']);
  await runTool('chroot', [directory, 'useradd', '--create-home', '--uid', '1001', '--shell', '/bin/bash', 'admin']);
  await writeFile(file('etc/sudoers.d/admin'), 'admin ALL=(ALL:ALL) NOPASSWD: ALL\n');
  await chmod(file('etc/sudoers.d/admin'), 0o440);
};

const furnishForNamespaces = async (directory: string, units: readonly string[]): Promise<void> => {
  const place = join(directory, 'etc/systemd/system');
  for (const unit of units) await symlink('/dev/null', join(place, unit));
  await writeFile(join(directory, 'etc/tmpfiles.d/rig-devices.conf'), deviceNodes);
  // systemd 252 runs images without systemd on a v1 hierarchy, and that one would be this machine's.
  await mkdir(join(place, 'systemd-nspawn@.service.d'), { recursive: true });
  await writeFile(
    join(place, 'systemd-nspawn@.service.d/50-rig.conf'),
    '[Service]\nEnvironment=SYSTEMD_NSPAWN_UNIFIED_HIERARCHY=1\n',
  );
  await appendFile(join(directory, 'etc/environment'), 'SYSTEMD_NSPAWN_UNIFIED_HIERARCHY=1\n');
};

/** The packages of every host of that suite. */
export const hostPackages = (suite: Suite): readonly string[] =>
  suite === 'bookworm' ? packages : [...packages, ...sinceTrixie];

/** The directory of the host's file system, built by mmdebstrap the first time (half a minute, 250 MB). */
export const ensureRootfs = (suite: Suite, report: Progress, lxc = false): Promise<string> => {
  const wanted = [...hostPackages(suite), ...(lxc ? lxcPackages : [])];
  return ensureCached(
    lxc ? `rootfs-lxc-${suite}` : `rootfs-${suite}`,
    `${recipe} ${wanted.join(',')}`,
    (directory) =>
      report.step(`building the file system of the ${suite} host${lxc ? ' with LXC' : ''}`, async (detail) => {
        await debootstrap(suite, 'apt', wanted, directory, detail);
        await furnish(directory);
        await furnishForNamespaces(directory, lxc ? [...masked, ...maskedOfLxc] : masked);
      }),
    report,
  );
};
