/**
 * What happened between the versions that are read, and before the oldest of them. Looked up in the tags v226 to v256 of
 * systemd's repository and, after that, in its NEWS; the generator stops when a version that it reads disagrees.
 */
import type { WordHistory } from './datedWords.ts';

/** Since when there is a directive, where the manual does not say it or is wrong. */
export const since: Readonly<Record<string, number>> = {
  // In the first table of directives; the manual has it, and dates it, since 230.
  'Exec.KillSignal': 226,
  // No longer in the manual; the table has it since 230.
  'Files.PrivateUsersChown': 230,
  // The manual says 226, but the table has it since 227.
  'Network.Bridge': 227,
};

/** The functions that have read a directive, oldest first; directives that never changed are left out. */
export const parsers: Readonly<Record<string, readonly { readonly from: number; readonly parser: string }[]>> = {
  'Exec.Boot': [
    { from: 226, parser: 'config_parse_tristate' },
    { from: 229, parser: 'config_parse_boot' },
  ],
  'Exec.CPUAffinity': [
    { from: 239, parser: 'config_parse_cpu_affinity' },
    { from: 258, parser: 'config_parse_cpu_set' },
  ],
  'Exec.Ephemeral': [
    { from: 240, parser: 'config_parse_bool' },
    { from: 250, parser: 'config_parse_tristate' },
  ],
  'Exec.NotifyReady': [
    { from: 231, parser: 'config_parse_bool' },
    { from: 250, parser: 'config_parse_tristate' },
  ],
  'Exec.Timezone': [
    { from: 239, parser: 'config_parse_timezone' },
    { from: 256, parser: 'config_parse_timezone_mode' },
  ],
  'Files.PrivateUsersChown': [
    { from: 230, parser: 'config_parse_tristate' },
    { from: 249, parser: 'config_parse_userns_chown' },
  ],
  'Network.Bridge': [
    { from: 227, parser: 'config_parse_string' },
    { from: 230, parser: 'config_parse_ifname' },
  ],
  'Network.IPVLAN': [
    { from: 226, parser: 'config_parse_strv' },
    { from: 254, parser: 'config_parse_ipvlan_iface_pair' },
  ],
  'Network.Interface': [
    { from: 226, parser: 'config_parse_strv' },
    { from: 254, parser: 'config_parse_network_iface_pair' },
  ],
  'Network.MACVLAN': [
    { from: 226, parser: 'config_parse_strv' },
    { from: 254, parser: 'config_parse_macvlan_iface_pair' },
  ],
};

/** Directives that no longer exist, with the last version that had them. */
export const until: Readonly<Record<string, number>> = {};

/** Since when a directive does not count in a file next to the image, where it once did. */
export const ignoredSince: Readonly<Record<string, number>> = {
  // CVE-2026-40226: both are fixed in 260, and in what distributions still ship of older ones; Debian's 252 and 257 have it.
  'Exec.Ephemeral': 252,
  'Files.BindUser': 252,
  // https://github.com/systemd/systemd/pull/42312
  'Files.BindUserShell': 261,
};

/** Words of enumerations, by enumeration. */
export const words: Readonly<Record<string, WordHistory>> = {
  resolv_conf_mode: {
    'bind-stub': { since: 246 },
    'bind-uplink': { since: 246 },
    'copy-stub': { since: 246 },
    'copy-uplink': { since: 246 },
    'replace-host': { since: 246 },
    'replace-static': { since: 246 },
    'replace-stub': { since: 246 },
    'replace-uplink': { since: 246 },
  },
  user_namespace_ownership: { foreign: { since: 258 } },
  volatile_mode: { overlay: { since: 242 } },
};

/** Options of Bind=. */
export const bindOptions: WordHistory = {
  idmap: { since: 250 },
  noidmap: { since: 250 },
  owneridmap: { since: 256 },
  rootidmap: { since: 252 },
};

/** What systemd-nspawn allows when nothing is set. Where nobody looked closer, the first version read that has it. */
export const defaultSyscalls: WordHistory = {
  // systemd#36346, merged after 257.
  '@keyring': { since: 258 },
  arm_fadvise64_64: { since: 252 },
  bpf: { since: 257 },
  cachestat: { since: 257 },
  sched_rr_get_interval_time64: { since: 252 },
  // It is in @default now, by way of @sandbox.
  seccomp: { until: 256 },
};

/** Groups of system calls. */
export const syscallGroups: WordHistory = {
  '@known': { since: 247 },
  '@pkey': { since: 244 },
  '@sandbox': { since: 254 },
  '@system-service': { since: 239 },
};
