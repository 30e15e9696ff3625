import type { Random } from './random.ts';

const users = ['no', 'pick', 'yes', 'identity', '524288', '0:65536'].map((value) => `PrivateUsers=${value}`);
const ownerships = ['auto', 'map', 'chown', 'off'].map((value) => `PrivateUsersOwnership=${value}`);
const volatiles = ['yes', 'state', 'overlay', 'no'].map((value) => `Volatile=${value}`);
const capabilities = [
  'AmbientCapability=CAP_NET_BIND_SERVICE',
  'AmbientCapability=CAP_SYS_TIME',
  'Capability=CAP_SYS_TIME CAP_NET_BIND_SERVICE',
  'DropCapability=CAP_NET_BIND_SERVICE CAP_CHOWN',
  'DropCapability=all',
  'Capability=all',
];
const mounts = [
  ...['idmap', 'noidmap', 'rootidmap', 'idmap,noidmap', 'noidmap,idmap', 'idmap,rootidmap', 'norbind'].map(
    (options) => `Bind=/usr:/mnt:${options}`,
  ),
  ...['+/etc/passwd:/proc/uptime', '/dev/null:/proc/uptime', ':/proc/fs'].map((one) => `Bind=${one}`),
  ...['/proc/uptime', '/mnt', '/etc', '/dev', '/sys/fs', '/run/host'].map((path) => `Inaccessible=${path}`),
  ...['/usr/bin:+/etc:/mnt'].map((layers) => `OverlayReadOnly=${layers}`),
  ...[
    ...['uid=1000,gid=1000', 'uid=4294967294', 'uid=4294967295', 'uid=99999999999', 'uid=08', 'mode=40000000000'],
    ...['nr_inodes=16P', 'nr_inodes=15P', 'size=08', 'size=1.5G', 'nr_blocks=8E', 'mode=0700'],
  ].map((options) => `TemporaryFileSystem=/mnt:${options}`),
  ...['TemporaryFileSystem=/run', 'Bind=/mnt:/dev', 'Bind=/usr:/sys/fs/cgroup', 'OverlayReadOnly=/usr/bin:/etc:/run'],
  'ReadOnly=yes',
];
const networks = ['Private=yes', 'Private=no', 'VirtualEthernet=yes', 'Interface=eth0,eth1', 'Port=012', 'Port=10'];

/** A small file of lines that need nothing of the host, so that only what they say of one another decides the start. */
export const generateStart = (random: Random): string => {
  const some = (lines: readonly string[], most: number): readonly string[] =>
    random.several(0, most, () => random.pick(lines));
  const files = [...some(ownerships, 1), ...some(volatiles, 1), ...some(mounts, 2)];
  return [
    '[Exec]',
    ...some(users, 1),
    ...some(capabilities, 2),
    '[Files]',
    ...files,
    '[Network]',
    ...some(networks, 1),
    '',
  ].join('\n');
};
