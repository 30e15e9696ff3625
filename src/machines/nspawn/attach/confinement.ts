import { capability, hasCapability } from './capabilities.ts';

/**
 * What systemd-nspawn lets every machine call. Versions differ in a few calls; those are left out here, so that a shell can
 * never call more than the machine: `cachestat`, which 257 added, and `@keyring`, which 262 added. `seccomp` belongs to
 * `@default` since 257.
 */
const always = [
  ...['@aio', '@basic-io', '@chown', '@default', '@file-system', '@io-event', '@ipc', '@mount', '@network-io'],
  ...['@process', '@resources', '@setuid', '@signal', '@sync', '@timer'],
  ...['arm_fadvise64_64', 'brk', 'capget', 'capset', 'copy_file_range', 'fadvise64', 'fadvise64_64', 'flock'],
  ...['get_mempolicy', 'getcpu', 'getpriority', 'getrandom', 'ioctl', 'ioprio_get', 'kcmp', 'madvise', 'mincore'],
  ...['mprotect', 'mremap', 'name_to_handle_at', 'oldolduname', 'olduname', 'personality', 'readahead', 'readdir'],
  ...['remap_file_pages', 'sched_get_priority_max', 'sched_get_priority_min', 'sched_getaffinity', 'sched_getattr'],
  ...['sched_getparam', 'sched_getscheduler', 'sched_rr_get_interval', 'sched_rr_get_interval_time64'],
  ...['sched_yield', 'seccomp', 'sendfile', 'sendfile64', 'setdomainname', 'setfsgid', 'setfsgid32', 'setfsuid'],
  ...['setfsuid32', 'sethostname', 'setpgid', 'setsid', 'splice', 'sysinfo', 'tee', 'umask', 'uname'],
  ...['userfaultfd', 'vmsplice'],
];

/** What it lets those machines call besides that have the capability. */
const withCapability: readonly (readonly [bit: number, calls: readonly string[]])[] = [
  [capability.sysTime, ['@clock']],
  [capability.sysModule, ['@module']],
  [capability.sysRawio, ['@raw-io']],
  [capability.ipcLock, ['@memlock']],
  [capability.sysPacct, ['acct']],
  [capability.sysPtrace, ['process_vm_readv', 'process_vm_writev', 'ptrace']],
  [capability.sysBoot, ['reboot']],
  [capability.syslog, ['syslog']],
  [capability.sysTtyConfig, ['vhangup']],
];

/**
 * In a user namespace a leader can have made another one, which gives it every capability there. Then its set says nothing
 * about what systemd-nspawn left the machine; these are those that it leaves every machine unless it is told to drop them.
 */
const usual = new Set<number>([capability.sysPtrace, capability.sysBoot, capability.sysTtyConfig]);

/** Settings of the machine that the kernel does not tell. */
export interface FilterSettings {
  /** Items of `SystemCallFilter=` that are allowed besides and that are forbidden. */
  readonly allowed: readonly string[];
  readonly forbidden: readonly string[];
  /** Values of `RestrictAddressFamilies=`. */
  readonly families: readonly string[];
}

interface FilteredMachine {
  readonly capabilities: bigint;
  readonly ownUserNamespace: boolean;
  readonly settings: FilterSettings;
}

/** What a unit would take for an action or an error number behind a name, systemd-nspawn does not know. */
const isItem = (item: string): boolean => /^@?[A-Za-z0-9_-]+$/u.test(item);

/**
 * The filter that systemd-nspawn has made for a machine, in the words of a unit of the same systemd. Both answer EPERM, and
 * ENOSYS for calls that they do not know.
 */
export const filterProperties = ({ capabilities, ownUserNamespace, settings }: FilteredMachine): readonly string[] => {
  const byCapability = withCapability.flatMap(([bit, calls]) =>
    hasCapability(capabilities, bit) && (!ownUserNamespace || usual.has(bit)) ? calls : [],
  );
  const forbidden = settings.forbidden.filter(isItem);
  return [
    `SystemCallFilter=${[...always, ...byCapability, ...settings.allowed.filter(isItem)].join(' ')}`,
    ...(forbidden.length === 0 ? [] : [`SystemCallFilter=~${forbidden.join(' ')}`]),
    'SystemCallErrorNumber=EPERM',
    ...settings.families.map((families) => `RestrictAddressFamilies=${families}`),
  ];
};

/** Lines of /proc/PID/limits and what a unit calls them. */
const limitNames: ReadonlyMap<string, string> = new Map([
  ['Max cpu time', 'LimitCPU'],
  ['Max file size', 'LimitFSIZE'],
  ['Max data size', 'LimitDATA'],
  ['Max stack size', 'LimitSTACK'],
  ['Max core file size', 'LimitCORE'],
  ['Max resident set', 'LimitRSS'],
  ['Max processes', 'LimitNPROC'],
  ['Max open files', 'LimitNOFILE'],
  ['Max locked memory', 'LimitMEMLOCK'],
  ['Max address space', 'LimitAS'],
  ['Max file locks', 'LimitLOCKS'],
  ['Max pending signals', 'LimitSIGPENDING'],
  ['Max msgqueue size', 'LimitMSGQUEUE'],
  ['Max nice priority', 'LimitNICE'],
  ['Max realtime priority', 'LimitRTPRIO'],
  ['Max realtime timeout', 'LimitRTTIME'],
]);

/** As a unit takes it. It knows no infinite nice level: 40 is the highest. */
const limitValue = (name: string, value: string): string => {
  if (name !== 'LimitNICE') return value === 'unlimited' ? 'infinity' : value;
  return value === 'unlimited' ? '40' : String(Math.min(Number(value), 40));
};

/** The limits in the text of /proc/PID/limits, each as `LimitNOFILE=1024:4096`. */
export const limitProperties = (limits: string): readonly string[] =>
  limits.split('\n').flatMap((line) => {
    const [, words = '', soft, hard] = /^(.+?) {2,}(unlimited|\d+) +(unlimited|\d+)/u.exec(line) ?? [];
    const name = limitNames.get(words);
    if (name === undefined || soft === undefined || hard === undefined) return [];
    return [`${name}=${limitValue(name, soft)}:${limitValue(name, hard)}`];
  });
