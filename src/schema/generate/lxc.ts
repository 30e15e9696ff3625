// Writes src/schema/lxcKeys.json from the table of keys of LXC 5.0, 6.0 and 7.0 as it stands beside the repository.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LxcKey, LxcRelease, LxcSchema, LxcSeries, LxcValue } from '../lxcTypes.ts';

const root = join(import.meta.dirname, '../../..');
const facts = join(process.env['NSPAWN_SHARED'] ?? join(root, '../shared'), 'facts');

interface Fact {
  readonly key: string;
  readonly parser: string;
  readonly prefix?: boolean;
  readonly words?: readonly string[];
  readonly wordsSince?: Readonly<Record<string, LxcRelease>>;
  readonly default: string | null;
  readonly empty: string;
  readonly repeat: string;
  readonly in: Readonly<Record<string, boolean>>;
}

const whole = 4_294_967_295;

/** How each parser function of LXC reads its value; `words` are those of the key. */
const readers: Readonly<Record<string, (fact: Fact) => LxcValue>> = Object.fromEntries(
  (
    [
      [
        ['apparmor_profile', 'apparmor_raw', 'cgroup_controller', 'cgroup2_controller', 'execute_cmd', 'group'],
        () => ({ kind: 'text' }),
      ],
      [
        ['init_cmd', 'namespace_share', 'net_hwaddr', 'net_mtu', 'net_script_down', 'net_script_up', 'proc', 'sysctl'],
        () => ({ kind: 'text' }),
      ],
      [['seccomp_notify_cookie', 'selinux_context', 'selinux_context_keyring'], () => ({ kind: 'text' })],
      [['uts_name'], () => ({ kind: 'text', longest: 64 })],
      [['tty_dir'], () => ({ kind: 'text', longest: 255 })],
      [
        [
          'console_logfile',
          'console_path',
          'init_cwd',
          'mount_fstab',
          'rootfs_mount',
          'rootfs_path',
          'seccomp_profile',
        ],
        () => ({ kind: 'path' }),
      ],
      [
        ['apparmor_allow_incomplete', 'apparmor_allow_nesting', 'autodev', 'cgroup_relative', 'console_rotate'],
        () => ({ kind: 'unsigned', most: 1 }),
      ],
      [
        ['ephemeral', 'keyring_session', 'net_l2proxy', 'no_new_privs', 'rootfs_managed', 'sched_core'],
        () => ({ kind: 'unsigned', most: 1 }),
      ],
      [['seccomp_allow_nesting', 'hooks_version'], () => ({ kind: 'laxUnsigned', most: 1 })],
      [['init_uid', 'init_gid'], () => ({ kind: 'laxUnsigned', most: whole })],
      [['monitor', 'pty_max', 'tty_max'], () => ({ kind: 'unsigned', most: whole })],
      [['net_vlan_id'], () => ({ kind: 'unsigned', most: 65_535 })],
      [['net_veth_n_rxqueues', 'net_veth_n_txqueues'], () => ({ kind: 'signed', least: 1 })],
      [
        ['start'],
        ({ key }) =>
          key === 'lxc.start.order'
            ? { kind: 'signed', least: -2_147_483_648 }
            : { kind: 'unsigned', most: key === 'lxc.start.auto' ? 1 : whole },
      ],
      [['autodev_tmpfs_size'], () => ({ kind: 'laxBytes' })],
      [['console_buffer_size', 'console_size'], () => ({ kind: 'size' })],
      [['signal_halt', 'signal_reboot', 'signal_stop', 'monitor_signal_pdeath'], () => ({ kind: 'signal' })],
      [['log_level'], () => ({ kind: 'logLevel' })],
      [['log_syslog'], ({ words = [] }) => ({ kind: 'word', words, anyCase: true })],
      [['time_offset_boot', 'time_offset_monotonic'], () => ({ kind: 'time' })],
      [
        ['personality'],
        ({ words = [], wordsSince = {} }) => ({
          kind: 'word',
          words: [...words, ...Object.keys(wordsSince)].sort(),
          since: wordsSince,
        }),
      ],
      [
        ['net_type', 'net_macvlan_mode', 'net_ipvlan_mode', 'net_ipvlan_isolation', 'net_veth_mode'],
        ({ words = [] }) => ({ kind: 'word', words }),
      ],
      [['namespace_clone', 'namespace_keep'], ({ words = [] }) => ({ kind: 'words', words, anyCase: true })],
      [['cap_drop', 'cap_keep'], ({ words = [] }) => ({ kind: 'capabilities', words })],
      [
        ['mount_auto'],
        ({ words = [] }) => ({ kind: 'autoMounts', words: words.filter((word) => !word.startsWith('shmounts')) }),
      ],
      [['net'], () => ({ kind: 'clearOnly' })],
      [['hooks'], ({ key }) => ({ kind: key === 'lxc.hook' ? 'clearOnly' : 'text' })],
      [['environment', 'environment_hooks', 'environment_runtime'], () => ({ kind: 'assignment' })],
      [['idmaps'], () => ({ kind: 'idmap' })],
      [['init_groups'], () => ({ kind: 'groupNumbers' })],
      [['includefiles'], () => ({ kind: 'include' })],
      [['log_file'], () => ({ kind: 'logFile' })],
      [['mount'], () => ({ kind: 'mountEntry' })],
      [['rootfs_options'], () => ({ kind: 'mountOptions' })],
      [['seccomp_notify_proxy'], () => ({ kind: 'notifyProxy' })],
      [
        ['cgroup_dir', 'cgroup_container_dir', 'cgroup_monitor_dir', 'cgroup_monitor_pivot_dir'],
        () => ({ kind: 'cgroupPath' }),
      ],
      [['cgroup_container_inner_dir'], () => ({ kind: 'cgroupPath', single: true })],
      [['prlimit'], ({ words = [] }) => ({ kind: 'limit', words })],
      [['net_flags'], () => ({ kind: 'flags' })],
      [['net_link', 'net_name', 'net_veth_pair'], () => ({ kind: 'interfaceName' })],
      [['net_ipv4_address'], () => ({ kind: 'address', family: 4, form: 'address' })],
      [['net_ipv4_gateway'], () => ({ kind: 'address', family: 4, form: 'gateway' })],
      [['net_veth_ipv4_route'], () => ({ kind: 'address', family: 4, form: 'route' })],
      [['net_ipv6_address'], () => ({ kind: 'address', family: 6, form: 'address' })],
      [['net_ipv6_gateway'], () => ({ kind: 'address', family: 6, form: 'gateway' })],
      [['net_veth_ipv6_route'], () => ({ kind: 'address', family: 6, form: 'route' })],
      [['net_veth_vlan_id'], () => ({ kind: 'vlan', none: true })],
      [['net_veth_vlan_tagged_id'], () => ({ kind: 'vlan', none: false })],
    ] as readonly (readonly [readonly string[], (fact: Fact) => LxcValue])[]
  ).flatMap(([names, reader]) => names.map((name) => [`set_config_${name}`, reader] as const)),
);

const releases = ['5.0', '6.0', '7.0'] as const;

const { keys: dated } = JSON.parse(readFileSync(join(facts, 'lxc-keys.json'), 'utf8')) as {
  readonly keys: readonly { readonly name: string; readonly first: LxcSeries }[];
};
const firstOf = new Map(dated.map(({ name, first }) => [name, first]));

/** LXC 1.0 found these by their beginning, so no table of its has their names. */
const foundByBeginning: readonly string[] = ['lxc.hook', 'lxc.mount.auto', 'lxc.mount.entry'];

/** The first series that had a key, be it without a number of its device. */
const firstSeries = (name: string): LxcSeries => {
  if (foundByBeginning.includes(name)) return '1.0';
  const names = [name, name.replace('.N.', '.'), name.replace(/\.$/u, '')];
  const [first] = names.flatMap((one) => firstOf.get(one) ?? []).sort();
  if (first === undefined) throw new Error(`Nothing says since when there is ${name}.`);
  return first;
};

const keyOf = (fact: Fact): LxcKey => {
  const reader = readers[fact.parser];
  if (reader === undefined) throw new Error(`${fact.key} is read by ${fact.parser}, which readers does not know.`);
  const known = releases.filter((release) =>
    Object.entries(fact.in).some(([version, isIn]) => isIn && version.startsWith(`${release}.`)),
  );
  const [since] = known;
  const until = known.at(-1);
  const needs = /^lxc\.net\.N\.(veth|macvlan|ipvlan|vlan)\./u.exec(fact.key)?.[1];
  return {
    name: fact.key,
    parser: fact.parser,
    value: reader(fact),
    first: firstSeries(fact.key),
    ...(since === undefined || since === '5.0' ? {} : { since }),
    ...(until === undefined || until === '7.0' ? {} : { until }),
    ...(fact.default !== null && /^\S+$/u.test(fact.default) ? { default: fact.default } : {}),
    repeat: fact.repeat.startsWith('adds up')
      ? 'append'
      : fact.repeat.startsWith('replaces the same name')
        ? 'sameName'
        : 'last',
    empty: fact.empty.startsWith('error') ? 'refused' : 'clears',
    ...(needs === undefined ? {} : { needs }),
  };
};

const { keys, removedNames } = JSON.parse(readFileSync(join(facts, 'lxc-values.json'), 'utf8')) as {
  readonly keys: readonly Fact[];
  readonly removedNames: Readonly<Record<string, string>>;
};

const schema: LxcSchema = {
  project: 'LXC',
  versions: ['5.0.2', '6.0.4', '7.0.0'],
  keys: keys.map(keyOf),
  renamed: Object.fromEntries(
    Object.entries(removedNames)
      .filter(([name]) => !name.endsWith('*'))
      .map(([name, now]) => [name, /^lxc\.[a-zN.0-9_]+/u.exec(now)?.[0] ?? null]),
  ),
};

writeFileSync(join(root, 'src/schema/lxcKeys.json'), `${JSON.stringify(schema, undefined, 2)}\n`);
