import * as l10n from '@vscode/l10n';

/**
 * What a word in a configuration of LXC means, keyed `key.word`. Made when they are asked for: whoever judges a file shows none of
 * them.
 */
export const lxcWordTexts = (): Readonly<Record<string, string>> => ({
  'lxc.apparmor.profile.generated': l10n.t(
    'A profile that LXC writes for this container; the host needs apparmor_parser.',
  ),
  'lxc.apparmor.profile.unconfined': l10n.t('No profile: AppArmor forbids the container nothing.'),
  'lxc.apparmor.profile.unchanged': l10n.t('The profile of whoever starts the container.'),
  'lxc.cap.keep.none': l10n.t('Keeps none of what stands before it; alone it keeps nothing at all.'),
  'lxc.mount.auto.proc:mixed': l10n.t('/proc, with /proc/sysrq-trigger and /proc/sys but for its net read-only.'),
  'lxc.mount.auto.proc': l10n.t('The same as proc:mixed.'),
  'lxc.mount.auto.proc:rw': l10n.t('/proc, all of it writable.'),
  'lxc.mount.auto.sys:mixed': l10n.t('/sys read-only, but for /sys/devices/virtual/net.'),
  'lxc.mount.auto.sys': l10n.t('The same as sys:mixed.'),
  'lxc.mount.auto.sys:ro': l10n.t('/sys, all of it read-only.'),
  'lxc.mount.auto.sys:rw': l10n.t('/sys, all of it writable.'),
  'lxc.namespace.user': l10n.t('Users and groups with numbers of their own.'),
  'lxc.namespace.mnt': l10n.t('Mounts.'),
  'lxc.namespace.pid': l10n.t('Process numbers.'),
  'lxc.namespace.uts': l10n.t('The host name.'),
  'lxc.namespace.ipc': l10n.t('Shared memory, semaphores and message queues.'),
  'lxc.namespace.net': l10n.t('Network devices, addresses, routes and ports.'),
  'lxc.namespace.cgroup': l10n.t('The root of the control groups that are seen.'),
  'lxc.namespace.time': l10n.t('The clocks that count since the boot.'),
  'lxc.net.N.type.none': l10n.t('The network of the host, as if there were no container; no other device may be set.'),
  'lxc.net.N.type.empty': l10n.t('A network of its own with nothing but the loopback device.'),
  'lxc.net.N.type.veth': l10n.t(
    'A pair of devices, one in the container and one on the host, mostly attached to a bridge.',
  ),
  'lxc.net.N.type.vlan': l10n.t('A device for one VLAN of the device of the host that lxc.net.N.link names.'),
  'lxc.net.N.type.macvlan': l10n.t(
    'A device with a hardware address of its own on the device of the host; the host itself is not reached over it.',
  ),
  'lxc.net.N.type.ipvlan': l10n.t(
    'A device that shares the hardware address of the device of the host and has addresses of its own.',
  ),
  'lxc.net.N.type.phys': l10n.t(
    'The device of the host itself, which the host does not have until the container ends.',
  ),
  'lxc.net.N.macvlan.mode.private': l10n.t('Reaches no other device of the link.'),
  'lxc.net.N.macvlan.mode.vepa': l10n.t('Reaches the others over a switch that sends packets back.'),
  'lxc.net.N.macvlan.mode.bridge': l10n.t('Reaches the others of this mode directly.'),
  'lxc.net.N.macvlan.mode.passthru': l10n.t('Has the link for itself alone.'),
  'lxc.net.N.ipvlan.mode.l3': l10n.t('The host routes the packets, without those that are sent to all.'),
  'lxc.net.N.ipvlan.mode.l3s': l10n.t('Like l3, but the firewall of the host sees the packets.'),
  'lxc.net.N.ipvlan.mode.l2': l10n.t('The container sends packets as on a switch.'),
  'lxc.net.N.ipvlan.isolation.bridge': l10n.t('The containers of a link reach each other.'),
  'lxc.net.N.ipvlan.isolation.private': l10n.t('The containers of a link do not reach each other.'),
  'lxc.net.N.ipvlan.isolation.vepa': l10n.t(
    'The containers of a link reach each other over a switch that sends packets back.',
  ),
  'lxc.net.N.veth.mode.bridge': l10n.t('The end on the host is attached to the bridge of lxc.net.N.link.'),
  'lxc.net.N.veth.mode.router': l10n.t('The end on the host gets routes to the addresses of the container.'),
  'lxc.net.N.gateway.auto': l10n.t('The address of the device of lxc.net.N.link.'),
  'lxc.net.N.gateway.dev': l10n.t('A route to the device itself, without an address.'),
  'lxc.mount.entry.create=dir': l10n.t('Makes the target as a directory where it is missing.'),
  'lxc.mount.entry.create=file': l10n.t('Makes the target as an empty file where it is missing.'),
  'lxc.mount.entry.optional': l10n.t('The container also starts when this mount fails.'),
  'lxc.mount.entry.relative': l10n.t('The source begins at the root of the container, too.'),
  'lxc.mount.entry.idmap=container': l10n.t(
    'Maps the owners of the files as lxc.idmap does, so that they are the same inside.',
  ),
  'lxc.mount.entry.bind': l10n.t('Shows a directory or file of the host.'),
  'lxc.mount.entry.rbind': l10n.t('Like bind, with all that is mounted below it.'),
  'lxc.mount.entry.ro': l10n.t('Read-only; with rbind this covers the topmost mount alone.'),
  'lxc.idmap.u': l10n.t('A range of users.'),
  'lxc.idmap.g': l10n.t('A range of groups.'),
  'lxc.rootfs.path.dir': l10n.t('A directory.'),
  'lxc.rootfs.path.overlay': l10n.t('Two directories, one on top of the other: LOWER:UPPER.'),
  'lxc.rootfs.path.btrfs': l10n.t('A subvolume of btrfs.'),
  'lxc.rootfs.path.zfs': l10n.t('A file system of ZFS.'),
  'lxc.rootfs.path.lvm': l10n.t('A logical volume.'),
  'lxc.rootfs.path.loop': l10n.t('A file with a file system in it.'),
  'lxc.rootfs.path.nbd': l10n.t('An image that is shown as a network block device.'),
  'lxc.rootfs.path.rbd': l10n.t('A device of Ceph.'),
  'lxc.mount.auto.cgroup': l10n.t(
    'The control groups below /sys/fs/cgroup, where the container may only write to its own; needs a mounted /sys.',
  ),
  'lxc.mount.auto.cgroup-full': l10n.t('All control groups of the host below /sys/fs/cgroup; needs a mounted /sys.'),
  'lxc.mount.auto.cgroup2': l10n.t('The hierarchy of cgroup v2 at /sys/fs/cgroup; needs a mounted /sys.'),
  'lxc.mount.auto.shmounts:': l10n.t(
    'A directory of the host through which it can mount more into the running container.',
  ),
});
