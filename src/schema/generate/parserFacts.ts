/**
 * What each parser function of systemd makes of a value: a reviewed table, read from its C. The generator stops on a
 * function that has no row here.
 */
import type { DirectiveSchema, ValueType } from '../types.ts';

/** How a function reads from a version on; `enum` and `rlimit` are completed from the tables of the sources. */
export interface Reading {
  /** Left out: as long as there is the function. */
  readonly from?: number;
  readonly value:
    Exclude<ValueType, { readonly kind: 'enum' | 'rlimit' }> | { readonly kind: 'enum' } | { readonly kind: 'rlimit' };
  /** Only where no version is read any more that would say it: an enumeration that takes no boolean. */
  readonly booleans?: false;
}

export interface ParserFacts {
  readonly readings: readonly Reading[];
  readonly repeat: DirectiveSchema['repeat'];
  /** The member of Settings that is written, where the table of directives does not say it. */
  readonly field?: string;
}

type Value = Reading['value'];
const last = (value: Value, field?: string): ParserFacts => ({
  readings: [{ value }],
  repeat: 'last',
  ...(field === undefined ? {} : { field }),
});
const append = (value: Value, field?: string): ParserFacts => ({ ...last(value, field), repeat: 'append' });
const startMode: ParserFacts = { ...last({ kind: 'startMode' }, 'start_mode'), repeat: 'first' };
const enumeration = last({ kind: 'enum' });

export const parserFacts: Readonly<Record<string, ParserFacts>> = {
  config_parse_bind: append({ kind: 'bind' }, 'custom_mounts'),
  config_parse_bind_user: append({ kind: 'userNames' }),
  config_parse_bind_user_shell: last({ kind: 'shell' }, 'bind_user_shell'),
  config_parse_bool: last({ kind: 'boolean', empty: 'error' }),
  config_parse_boot: startMode,
  config_parse_capability: append({ kind: 'capabilities' }),
  // A bad range makes the function, and with it the whole file, fail.
  config_parse_cpu_affinity: append({ kind: 'cpuSet', refusesFile: true }),
  config_parse_cpu_set: append({ kind: 'cpuSet', refusesFile: false }),
  config_parse_expose_port: append({ kind: 'port' }, 'expose_ports'),
  config_parse_hostname: last({ kind: 'hostname' }),
  config_parse_id128: last({ kind: 'id128' }),
  config_parse_ifname: last({ kind: 'interfaceName' }),
  config_parse_inaccessible: append({ kind: 'inaccessible' }, 'custom_mounts'),
  config_parse_ipvlan_iface_pair: append({ kind: 'interfacePairs' }),
  config_parse_link_journal: {
    // parse_link_journal() of 246 and older compares words only.
    readings: [
      { value: { kind: 'enum' }, booleans: false },
      { from: 247, value: { kind: 'enum' } },
    ],
    repeat: 'last',
    field: 'link_journal',
  },
  config_parse_macvlan_iface_pair: append({ kind: 'interfacePairs' }),
  config_parse_network_iface_pair: append({ kind: 'interfacePairs' }),
  config_parse_network_zone: last({ kind: 'zone' }, 'network_zone'),
  config_parse_oom_score_adjust: last({ kind: 'integer', min: -1000, max: 1000, empty: 'reset' }, 'oom_score_adjust'),
  config_parse_overlay: append({ kind: 'overlay' }, 'custom_mounts'),
  config_parse_path: last({ kind: 'absolutePath', empty: 'reset' }),
  config_parse_personality: last({ kind: 'architecture' }),
  config_parse_pid2: startMode,
  config_parse_pivot_root: last({ kind: 'pivotRoot' }, 'pivot_root_new'),
  config_parse_private_users: last({ kind: 'privateUsers' }, 'userns_mode'),
  config_parse_resolv_conf: enumeration,
  config_parse_restrict_address_families: append({ kind: 'addressFamilies' }, 'restrict_address_families'),
  config_parse_rlimit: last({ kind: 'rlimit' }),
  config_parse_signal: last({ kind: 'signal' }),
  config_parse_string: last({ kind: 'text' }),
  config_parse_strv: append({ kind: 'words' }),
  config_parse_syscall_filter: append({ kind: 'syscallFilter' }, 'syscall_allow_list'),
  config_parse_timezone: enumeration,
  config_parse_timezone_mode: enumeration,
  config_parse_tmpfs: append({ kind: 'tmpfs' }, 'custom_mounts'),
  config_parse_tristate: {
    // Up to 248 an empty value was none of the booleans; since 249 it is looked at first.
    readings: [
      { value: { kind: 'boolean', empty: 'error' } },
      { from: 249, value: { kind: 'boolean', empty: 'reset' } },
    ],
    repeat: 'last',
  },
  config_parse_unsigned: last({ kind: 'unsigned' }),
  config_parse_userns_chown: last({ kind: 'boolean', empty: 'error' }),
  config_parse_userns_ownership: enumeration,
  config_parse_veth_extra: append({ kind: 'vethPair' }, 'network_veth_extra'),
  config_parse_volatile_mode: enumeration,
};

/** Directives that share a function with others and still mean something of their own. */
export const valueOf: Readonly<Record<string, ValueType>> = {
  'Exec.Environment': { kind: 'environment' },
};
