import type { CommandHost } from './host.ts';
import { installScript } from './images/installScript.ts';
import { nastyName, nastyOsRelease } from './images/nasty.ts';

/**
 * The images of the host's pool, each with something that the extension has to deal with.
 *
 * - `busybox`: static BusyBox with an init, as in "Infinite BusyBox with systemd". Its `.nspawn` has no KillSignal, so it
 *   ignores `machinectl poweroff`; without systemd and D-Bus inside `machinectl shell` fails.
 * - `debian`: systemd and D-Bus inside, a user alice with bash.
 * - `raw-disk`: the BusyBox tree as a disk image.
 * - `frozen`: BusyBox, read-only.
 * - `noinit`: nothing to boot; starting it succeeds, and its unit fails afterwards.
 * - `linked`: its os-release is a symbolic link to an absolute path, which must be read inside the image.
 * - `nasty`: its os-release tries everything (images/nasty.ts). It can be started.
 * - the one named `nastyName`: the same, and the name has a blank, markdown, HTML and `$(…)`. It is listed, and cannot be
 *   started, because a machine's name has to be a host name.
 */
export const imageNames = {
  busybox: 'busybox',
  debian: 'debian',
  rawDisk: 'raw-disk',
  frozen: 'frozen',
  noInit: 'noinit',
  linked: 'linked',
  nasty: 'nasty',
  nastyName,
} as const;

export type ImageName = (typeof imageNames)[keyof typeof imageNames];

/**
 * Puts images into the host's pool, all of them in a second or two when none are named; those that are there already are
 * left as they are. In a virtual machine it takes much longer: name what you need.
 * @throws Error with what the host said when it cannot be done
 */
export const installImages = async (host: CommandHost, names: readonly ImageName[] = []): Promise<void> => {
  const { exitCode, stdout, stderr } = await host.run('bash', ['-s', '--', nastyName, nastyOsRelease, ...names], {
    input: installScript,
    timeoutMs: 300_000,
  });
  if (exitCode !== 0) throw new Error(`installing the images ended with ${exitCode}: ${stderr}${stdout}`);
};

const resetScript = String.raw`
machinectl --no-legend list | while read -r name rest; do
  machinectl kill --signal=KILL "$name"
  while [ -e "/run/systemd/machines/$name" ]; do sleep 0.1; done
  umount --quiet "/run/systemd/nspawn/unix-export/$name"
done
cd /var/lib/machines
for path in *; do
  name=$(basename -s .raw -- "$path")
  for kept; do [ "$name" != "$kept" ] || continue 2; done
  machinectl remove "$name"
done
systemctl reset-failed
for name; do systemctl --quiet disable "systemd-nspawn@$(systemd-escape "$name").service"; done
`;

/** Ends all machines of the host and leaves the images of its pool, none of them enabled at boot. */
export const resetImages = async (host: CommandHost): Promise<void> => {
  await host.run('bash', ['-s', '--', ...Object.values(imageNames)], { input: resetScript, timeoutMs: 120_000 });
};
