import type { Host } from '../host/host.ts';
import { imageNames } from '../host/installImages.ts';

/** A machine that shares one read-only tree with all others: a thousand of them take 2 GiB. */
const unit = `[Unit]
Description=Machine %i that shares a read-only tree
StartLimitIntervalSec=0
[Service]
Type=notify
Environment=SYSTEMD_NSPAWN_LOCK=0
ExecStart=systemd-nspawn --quiet --keep-unit --register=yes --boot --directory=/var/lib/machines/${imageNames.busybox} --read-only --resolv-conf=off --timezone=off --settings=no --link-journal=no --kill-signal=SIGKILL --machine=bench%i --console=pipe --private-users=no
KillMode=mixed
# Of a machine that is killed it says 1, which is how these end and no failure.
SuccessExitStatus=1
Slice=machine.slice
Delegate=yes
TimeoutStopSec=5
`;

/** Every systemd-nspawn of root holds a connection to the bus, which lets a user have 256. */
const busLimits = `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><limit name="max_connections_per_user">4096</limit><limit name="max_completed_connections">8192</limit></busconfig>
`;

const must = async (host: Host, script: string, args: readonly string[] = [], input = ''): Promise<void> => {
  const { exitCode, stderr } = await host.run('sh', ['-e', '-c', script, 'sh', ...args], { input, timeoutMs: 300_000 });
  if (exitCode !== 0) throw new Error(stderr);
};

export const prepareMachines = async (host: Host): Promise<void> => {
  await must(host, 'cat > /etc/dbus-1/system-local.conf; systemctl reload dbus', [], busLimits);
  await must(host, 'cat > /etc/systemd/system/bench@.service; systemctl daemon-reload', [], unit);
};

/** Starts machines `bench1` to `benchN` that do not run yet. */
export const startMachines = (host: Host, from: number, to: number): Promise<void> =>
  must(host, 'systemctl start $(seq -f "bench@%g.service" "$1" "$2")', [String(from), String(to)]);

/** Fills the pool with images `image1` to `imageN`. */
export const createImages = (host: Host, count: number): Promise<void> =>
  must(
    host,
    'for i in $(seq "$1"); do d=/var/lib/machines/image$i; btrfs -q subvolume create $d > /dev/null; mkdir -p $d/usr $d/etc; echo ID=bench > $d/etc/os-release; done',
    [String(count)],
  );
