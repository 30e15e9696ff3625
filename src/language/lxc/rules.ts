import * as l10n from '@vscode/l10n';
import type { RuleInfo } from '../finding.ts';

const refused = (id: string, title: string): RuleInfo => ({ id, severity: 'error', effect: 'file-refused', title });
const notStarted = (id: string, title: string): RuleInfo => ({
  id,
  severity: 'warning',
  effect: 'start-refused',
  title,
});
const ignored = (id: string, title: string): RuleInfo => ({ id, severity: 'warning', effect: 'ignored', title });
const surprise = (id: string, title: string): RuleInfo => ({ id, severity: 'warning', effect: 'none', title });

export const missingEquals = refused('lxc-missing-equals', l10n.t('A setting of LXC is a key, “=” and a value'));
export const unknownKey = refused('lxc-unknown-key', l10n.t('A line that begins with lxc. has a key that LXC knows'));
export const renamedKey = refused('lxc-renamed-key', l10n.t('A key has the name that it has since LXC 3.0'));
export const keyOfOtherVersion = refused(
  'lxc-key-of-other-version',
  l10n.t('A key is one that this version of LXC knows'),
);
export const invalidNumber = refused('lxc-invalid-number', l10n.t('A number is one that LXC takes'));
export const unknownWord = refused('lxc-unknown-word', l10n.t('A word is one of those that the key takes'));
export const invalidValue = refused('lxc-invalid-value', l10n.t('A value has the form that the key takes'));
export const valueRequired = refused('lxc-value-required', l10n.t('Some keys of LXC cannot be cleared'));
export const familyValue = refused(
  'lxc-family-takes-no-value',
  l10n.t('A key that stands for several others only takes an empty value'),
);
export const excludingKeys = refused(
  'lxc-excluding-keys',
  l10n.t('lxc.cap.drop and lxc.cap.keep exclude each other, as lxc.namespace.clone and lxc.namespace.keep do'),
);
export const networkTypeFirst = refused(
  'lxc-network-type-first',
  l10n.t('The type of a network device stands before what only that type has'),
);
export const includeMissing = refused('lxc-include-missing', l10n.t('What a configuration includes is there'));
export const includesItself = refused('lxc-includes-itself', l10n.t('A configuration does not include itself'));
export const inIncludedFile: RuleInfo = {
  ...refused('lxc-in-included-file', l10n.t('What a configuration includes does not stop the container')),
  variants: [
    { severity: 'warning', effect: 'start-refused' },
    { severity: 'warning', effect: 'ignored' },
  ],
};
export const valueTooLong = refused('lxc-value-too-long', l10n.t('A value is not longer than LXC takes'));
export const notLookedAt = ignored('lxc-not-looked-at', l10n.t('LXC reads only lines that begin with lxc.'));
export const afterNul = ignored('lxc-text-after-nul', l10n.t('LXC reads up to the first NUL'));
export const withoutEffect = ignored(
  'lxc-value-without-effect',
  l10n.t('Some keys of LXC take any text, and only a number counts'),
);
export const settingsWiped = ignored(
  'lxc-network-settings-wiped',
  l10n.t('The type of a network device wipes what stands before it'),
);
export const flagsMeanUp = surprise('lxc-flags-mean-up', l10n.t('Any value of the flags means up'));
export const nameCut = surprise('lxc-name-cut', l10n.t('The name of a network interface has at most 15 bytes'));
export const sizeLetter = surprise('lxc-size-letter', l10n.t('A unit of a size has two letters'));
export const keyringUpsideDown = surprise(
  'lxc-keyring-upside-down',
  l10n.t('lxc.keyring.session = 1 makes no session keyring'),
);
export const addressWithoutPrefix = surprise(
  'lxc-address-without-prefix',
  l10n.t('An IPv4 address has the length of its prefix'),
);
export const commentInValue = surprise('lxc-comment-in-value', l10n.t('A comment stands on a line of its own'));
export const networkWithoutType = notStarted('lxc-network-without-type', l10n.t('A network device has a type'));
export const unknownLimit = notStarted('lxc-unknown-limit', l10n.t('A resource limit is one of the kernel'));
export const limitOrder = notStarted(
  'lxc-soft-limit-above-hard',
  l10n.t('A soft limit of a container is at most its hard limit'),
);
export const mountFields = notStarted('lxc-mount-incomplete', l10n.t('A mount has a source, a target and a type'));
export const mountTarget = ignored(
  'lxc-mount-target-outside',
  l10n.t('The target of a mount lies in the root file system'),
);
export const idmapIncomplete = notStarted(
  'lxc-idmap-impossible',
  l10n.t('An id map covers root, and its ranges do not overlap'),
);
export const cgroupDirAlone = notStarted(
  'lxc-cgroup-dir-alone',
  l10n.t('lxc.cgroup.dir.container and lxc.cgroup.dir.monitor need each other'),
);
export const environmentName = notStarted(
  'lxc-environment-without-name',
  l10n.t('A variable of a container has a name'),
);

export const networkIncomplete = notStarted(
  'lxc-network-incomplete',
  l10n.t('What is set of a network device goes together'),
);
export const networkValue = notStarted(
  'lxc-network-value',
  l10n.t('Addresses, names and MTUs of network devices are ones that Linux takes'),
);
export const mountFails = notStarted('lxc-mount-fails', l10n.t('The options of a mount fit its type'));
export const mountOptionDropped = ignored(
  'lxc-mount-option-dropped',
  l10n.t('An option of a mount is one that LXC or the file system reads'),
);
export const mountOptionOther = surprise('lxc-mount-option-other', l10n.t('An option of a mount does what it says'));
export const namespaceCombination = notStarted(
  'lxc-namespace-combination',
  l10n.t('A namespace of users comes with an id map, and is not shared'),
);
export const startHookArguments = notStarted(
  'lxc-start-hook-arguments',
  l10n.t('A start hook is the path of a program and nothing more'),
);
export const ttyDirectory = notStarted('lxc-tty-directory', l10n.t('The directory of the terminals lies below /dev'));
export const deviceRule = ignored('lxc-device-rule', l10n.t('A rule for devices is one that LXC can read'));
export const hostRenamed = surprise('lxc-host-renamed', l10n.t('The name of a container is not given to the host'));

export const devNotMade = surprise('lxc-dev-not-made', l10n.t('A container has a /dev with devices in it'));
export const hookNotRun = ignored('lxc-hook-not-run', l10n.t('A hook is one that LXC runs'));
export const networkNotMade = ignored(
  'lxc-network-not-made',
  l10n.t('Network devices are for a container with a network of its own'),
);
export const allDevicesDenied = surprise('lxc-all-devices-denied', l10n.t('Who denies some devices allows the others'));
export const optionalLeftOut: RuleInfo = {
  ...ignored('lxc-optional-mount-left-out', l10n.t('The source of an optional mount is there')),
  severity: 'info',
};

export const kernelRefuses = notStarted(
  'lxc-kernel-refuses',
  l10n.t('A limit, an offset, a signal or a file of the kernel is one that Linux takes'),
);
export const initCommand = notStarted('lxc-init-command', l10n.t('The command of init is a program and its arguments'));
export const linkMissing = notStarted(
  'lxc-link-not-on-host',
  l10n.t('A network device is linked to an interface that this host has'),
);
export const pathMissing = notStarted(
  'lxc-path-not-on-host',
  l10n.t('The paths that a container needs of the host are there'),
);
export const insideMissing = notStarted(
  'lxc-not-in-root',
  l10n.t('The root file system has what a container mounts on and runs'),
);
export const policyRefused = notStarted(
  'lxc-seccomp-profile',
  l10n.t('A profile of seccomp is a file that LXC can read, and lets init run'),
);
export const idmapNotAllowed = notStarted(
  'lxc-idmap-not-allowed',
  l10n.t('An id map uses numbers that /etc/subuid and /etc/subgid give'),
);
export const shareNotRunning = notStarted(
  'lxc-container-not-running',
  l10n.t('A container whose namespace is shared is another one, and runs'),
);
export const hookFails = notStarted('lxc-hook-fails', l10n.t('A hook ends without a mistake'));
export const storageKind = notStarted(
  'lxc-storage-kind',
  l10n.t('The path of the root file system fits its kind of storage'),
);
export const cgroupLayout: RuleInfo = {
  ...ignored('lxc-cgroup-version', l10n.t('Limits are for the version of cgroups that the host has')),
  variants: [{ severity: 'warning', effect: 'start-refused' }],
};

export const lxcRules: readonly RuleInfo[] = [
  addressWithoutPrefix,
  afterNul,
  allDevicesDenied,
  cgroupDirAlone,
  cgroupLayout,
  commentInValue,
  devNotMade,
  deviceRule,
  environmentName,
  excludingKeys,
  familyValue,
  flagsMeanUp,
  hookFails,
  hookNotRun,
  hostRenamed,
  idmapIncomplete,
  idmapNotAllowed,
  inIncludedFile,
  includeMissing,
  includesItself,
  initCommand,
  insideMissing,
  invalidNumber,
  invalidValue,
  kernelRefuses,
  keyOfOtherVersion,
  keyringUpsideDown,
  linkMissing,
  limitOrder,
  missingEquals,
  mountFails,
  mountFields,
  mountOptionDropped,
  mountOptionOther,
  mountTarget,
  namespaceCombination,
  nameCut,
  networkIncomplete,
  networkNotMade,
  networkTypeFirst,
  networkValue,
  networkWithoutType,
  notLookedAt,
  optionalLeftOut,
  pathMissing,
  policyRefused,
  renamedKey,
  settingsWiped,
  shareNotRunning,
  sizeLetter,
  startHookArguments,
  storageKind,
  ttyDirectory,
  unknownKey,
  unknownLimit,
  unknownWord,
  valueRequired,
  valueTooLong,
  withoutEffect,
];
