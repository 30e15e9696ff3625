import { chmod, copyFile, mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureCached, removeTree } from '../../rig/cache.ts';
import type { Progress } from '../../rig/progress.ts';
import { ensureBaseImage } from './baseImage.ts';
import { debootstrap } from './debootstrap.ts';
import type { Suite } from './debootstrap.ts';
import { furnish, hostPackages } from './rootfs.ts';
import { runTool } from './runTool.ts';

const recipe = 2;

/** A kernel, and a way in. */
const packages = ['linux-image-cloud-amd64', 'initramfs-tools', 'zstd', 'udev', 'openssh-server'];

const masked = [
  ...['apt-daily.timer', 'apt-daily-upgrade.timer', 'dpkg-db-backup.timer', 'e2scrub_reap.service'],
  ...['e2scrub_all.timer', 'fstrim.timer', 'systemd-networkd-wait-online.service'],
];

const fstab = '/dev/vda / ext4 defaults 0 1\n/dev/vdb /var/lib/machines btrfs user_subvol_rm_allowed 0 0\n';

/** What a virtual machine is started from: `kernel`, `initrd`, `disk.img`, and the key `id` to log in with. */
const furnishForQemu = async (directory: string, root: string, baseImage: string): Promise<void> => {
  await furnish(root);
  await runTool('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(directory, 'id')]);
  await mkdir(join(root, 'root/.ssh'), { recursive: true, mode: 0o700 });
  await copyFile(join(directory, 'id.pub'), join(root, 'root/.ssh/authorized_keys'));
  await chmod(join(root, 'root/.ssh/authorized_keys'), 0o600);
  await writeFile(join(root, 'etc/systemd/network/80-dhcp.network'), '[Match]\nName=en* eth*\n[Network]\nDHCP=yes\n');
  await writeFile(join(root, 'etc/fstab'), fstab);
  await runTool('chroot', [root, 'systemctl', '--quiet', 'enable', 'systemd-networkd', 'ssh']);
  for (const unit of masked) await symlink('/dev/null', join(root, 'etc/systemd/system', unit));
  await runTool('cp', ['-a', baseImage, join(root, 'srv/base-image')]);
};

/** The newest of the files in /boot that begin so; there is one. */
const bootFile = async (root: string, beginning: string): Promise<string> => {
  const name = (await readdir(join(root, 'boot'))).sort().findLast((file) => file.startsWith(beginning));
  if (name === undefined) throw new Error(`the Debian for QEMU has no ${beginning} in /boot`);
  return join(root, 'boot', name);
};

/** The directory with kernel, initrd, disk image and key; built the first time (a minute, 700 MB). */
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
        await copyFile(await bootFile(root, 'initrd.img-'), join(directory, 'initrd'));
        detail('disk image');
        await runTool('mke2fs', ['-q', '-F', '-t', 'ext4', '-d', root, join(directory, 'disk.img'), '8G']);
        await removeTree(root);
      }),
    report,
  );
};
