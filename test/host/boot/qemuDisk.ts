import { chmod, copyFile, mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ensureCached, removeTree } from '../../rig/cache.ts';
import type { Progress } from '../../rig/progress.ts';
import { ensureBaseImage } from './baseImage.ts';
import { debootstrap } from './debootstrap.ts';
import type { Suite } from './debootstrap.ts';
import { furnish, hostPackages } from './rootfs.ts';
import { runTool } from './runTool.ts';

const recipe = 3;

/** A kernel, the lighter of the two tools of which it wants one, a way in, and a bus for each user who has a systemd. */
const packages = ['linux-image-cloud-amd64', 'initramfs-tools', 'udev', 'openssh-server', 'dbus-user-session'];

/** What no test asks for. In the emulation each of these takes a second or more of a processor. */
const masked = [
  ...['apt-daily.timer', 'apt-daily-upgrade.timer', 'dpkg-db-backup.timer', 'e2scrub_reap.service'],
  ...['e2scrub_all.timer', 'fstrim.timer', 'systemd-networkd-wait-online.service', 'systemd-network-generator.service'],
  ...['getty@tty1.service', 'serial-getty@ttyS0.service', 'modprobe@drm.service', 'modprobe@efi_pstore.service'],
  ...['systemd-journal-flush.service', 'systemd-random-seed.service', 'systemd-udev-load-credentials.service'],
  ...['sys-kernel-debug.mount', 'sys-kernel-tracing.mount'],
];

/** Files of the virtual machine. */
const files: Readonly<Record<string, string>> = {
  'etc/fstab': '/dev/vda /var/lib/machines btrfs user_subvol_rm_allowed 0 0\n',
  'etc/systemd/network/80-qemu.network': '[Match]\nName=en* eth*\n[Network]\nAddress=10.0.2.15/24\nGateway=10.0.2.2\n',
  // All that has to be found is a disk and the network, so no other device is looked at.
  'etc/modules-load.d/qemu.conf': 'virtio_blk\nvirtio_net\nvirtio_rng\n',
  'etc/systemd/system/systemd-udev-trigger.service.d/few.conf':
    '[Service]\nExecStart=\nExecStart=udevadm trigger --action=add --subsystem-match=block --subsystem-match=net\n',
  // A login of PAM would start a systemd for root.
  'etc/ssh/sshd_config.d/qemu.conf': 'UsePAM no\n',
};

/** What a virtual machine is started from: `kernel`, `disk.img`, and the key `id` to log in with. */
const furnishForQemu = async (directory: string, root: string, baseImage: string): Promise<void> => {
  await furnish(root);
  await runTool('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(directory, 'id')]);
  await mkdir(join(root, 'root/.ssh'), { recursive: true, mode: 0o700 });
  await copyFile(join(directory, 'id.pub'), join(root, 'root/.ssh/authorized_keys'));
  await chmod(join(root, 'root/.ssh/authorized_keys'), 0o600);
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  await runTool('chroot', [root, 'systemctl', '--quiet', 'enable', 'systemd-networkd', 'ssh']);
  for (const unit of masked) await symlink('/dev/null', join(root, 'etc/systemd/system', unit));
  await runTool('cp', ['-a', baseImage, join(root, 'srv/base-image')]);
  // Else each boot makes once more of /usr what the packages have made already.
  for (const directory of ['etc', 'var']) await writeFile(join(root, directory, '.updated'), '');
};

/** The newest of the files in /boot that begin so; there is one. */
const bootFile = async (root: string, beginning: string): Promise<string> => {
  const name = (await readdir(join(root, 'boot'))).sort().findLast((file) => file.startsWith(beginning));
  if (name === undefined) throw new Error(`the Debian for QEMU has no ${beginning} in /boot`);
  return join(root, 'boot', name);
};

/** The directory with kernel, disk image and key; built the first time (a minute, 700 MB). */
export const ensureQemuDisk = async (suite: Suite, report: Progress): Promise<string> => {
  const baseImage = await ensureBaseImage(suite, report);
  const wanted = [...hostPackages(suite), ...packages];
  return ensureCached(
    `qemu-${suite}`,
    `${recipe} ${wanted.join(',')}`,
    (directory) =>
      report.step(`building the ${suite} host for QEMU`, async (detail) => {
        const root = join(directory, 'root');
        await mkdir(root);
        await debootstrap(suite, 'apt', wanted, root, detail);
        await furnishForQemu(directory, root, baseImage);
        await copyFile(await bootFile(root, 'vmlinuz-'), join(directory, 'kernel'));
        detail('disk image');
        await runTool('mke2fs', ['-q', '-F', '-t', 'ext4', '-d', root, join(directory, 'disk.img'), '8G']);
        await removeTree(root);
      }),
    report,
  );
};
