import type { Entry } from '../../document.ts';
import { parseBoolean } from '../values/boolean.ts';
import type { FileSettings } from '../fileSettings.ts';
import {
  capabilitySets,
  type CapabilitySets,
  namedCapabilities,
  type NamedCapabilities,
  type Shift,
} from './capabilitySets.ts';
import { rootMounts } from './mounts.ts';

/** How a file is put to use: by systemd-nspawn alone, or by systemd-nspawn@.service with the options of that unit. */
export type Caller = 'direct' | 'template';

type UsersMode = 'no' | 'fixed' | 'pick' | 'managed';
type Ownership = 'off' | 'chown' | 'map' | 'foreign' | 'auto';

/** What verify_arguments() of systemd-nspawn looks at, once a file was merged with the options of the caller. */
export interface StartUp {
  readonly systemdVersion: number;
  readonly settings: FileSettings;
  readonly start: 'boot' | 'pid1' | 'pid2';
  readonly users: UsersMode;
  readonly shift: Shift;
  readonly ownership: Ownership;
  readonly delegate: number;
  readonly readOnly: boolean;
  readonly volatile: boolean;
  readonly ephemeral: boolean;
  readonly journal: { readonly mode: string; readonly try: boolean };
  readonly privateNetwork: boolean;
  readonly capabilities: CapabilitySets;
  /** Mounts over the root directory of the machine. */
  readonly rootMounts: readonly Entry[];
}

const isYes = (entry: Entry | undefined): boolean => entry !== undefined && parseBoolean(entry.value) === true;

/** settings_private_network() of systemd. */
const privateSettings = ['Bridge', 'Zone', 'Interface', 'MACVLAN', 'IPVLAN', 'VirtualEthernetExtra'] as const;
const isPrivate = (settings: FileSettings): boolean =>
  isYes(settings.last('Private')) ||
  isYes(settings.last('VirtualEthernet')) ||
  privateSettings.some((name) => settings.last(name) !== undefined);

/** All that make systemd forget the network options of its caller: settings_network_configured(). */
export const networkSettings = ['Private', 'VirtualEthernet', ...privateSettings, 'NamespacePath'] as const;

export const isNetworkConfigured = (settings: FileSettings): boolean =>
  networkSettings.some((name) => settings.last(name) !== undefined);

export const hasVirtualEthernet = (settings: FileSettings): boolean =>
  isYes(settings.last('VirtualEthernet')) ||
  settings.last('Bridge') !== undefined ||
  settings.last('Zone') !== undefined;

/** The line that sets who owns the files; PrivateUsersChown= is an older name for two of the values. */
export const ownershipEntry = (settings: FileSettings): Entry | undefined =>
  settings.later('PrivateUsersOwnership', 'PrivateUsersChown');

const ownershipOf = (entry: Entry): Ownership => {
  const yes = parseBoolean(entry.value);
  if (entry.key === 'PrivateUsersChown') return yes === true ? 'chown' : 'off';
  if (yes !== undefined) return yes ? 'auto' : 'off';
  switch (entry.value) {
    case 'chown':
    case 'map':
    case 'foreign':
    case 'auto':
      return entry.value;
    default:
      return 'off';
  }
};

const usersOf = (entry: Entry): { readonly users: UsersMode; readonly shift: Shift } => {
  const yes = parseBoolean(entry.value);
  if (yes === false) return { users: 'no', shift: 'none' };
  if (yes === true) return { users: 'fixed', shift: 'image' };
  if (entry.value === 'pick' || entry.value === 'managed') return { users: entry.value, shift: 'picked' };
  return { users: 'fixed', shift: /^(?:identity|0(?::.*)?)$/u.test(entry.value) ? 'identity' : 'known' };
};

const userNamespace = (
  settings: FileSettings,
  systemdVersion: number,
  caller: Caller,
): Pick<StartUp, 'users' | 'shift' | 'ownership' | 'delegate'> => {
  const usersEntry = settings.last('PrivateUsers');
  const owner = ownershipEntry(settings);
  if (usersEntry === undefined && owner === undefined)
    return caller === 'direct'
      ? { users: 'no', shift: 'none', ownership: 'off', delegate: 0 }
      : { users: 'pick', shift: 'picked', ownership: systemdVersion < 249 ? 'chown' : 'auto', delegate: 0 };
  const { users, shift } =
    usersEntry === undefined ? { users: 'no' as const, shift: 'none' as const } : usersOf(usersEntry);
  // Before 249 a picked range always means that the files are given to it.
  const chosen = systemdVersion < 249 && users === 'pick' ? undefined : owner;
  const implied =
    users === 'pick'
      ? systemdVersion < 262
        ? 'chown'
        : 'auto'
      : users === 'managed' && systemdVersion >= 262
        ? 'auto'
        : 'off';
  const delegate = settings.last('PrivateUsersDelegate');
  return {
    users,
    shift,
    ownership: chosen === undefined ? implied : ownershipOf(chosen),
    delegate: delegate === undefined ? 0 : Number(delegate.value),
  };
};

const journalOf = (entry: Entry | undefined, caller: Caller): StartUp['journal'] => {
  if (entry === undefined) return caller === 'direct' ? { mode: 'auto', try: false } : { mode: 'guest', try: true };
  const yes = parseBoolean(entry.value);
  if (yes !== undefined) return { mode: yes ? 'auto' : 'no', try: false };
  return entry.value.startsWith('try-') ? { mode: entry.value.slice(4), try: true } : { mode: entry.value, try: false };
};

interface OfBoth {
  readonly capabilities: NamedCapabilities;
  readonly rootMounts: readonly Entry[];
}

const startUpOf = (
  settings: FileSettings,
  startMode: StartUp['start'] | undefined,
  systemdVersion: number,
  caller: Caller,
  { capabilities, rootMounts: mounts }: OfBoth,
): StartUp => {
  const configured = isNetworkConfigured(settings);
  const privateNetwork = configured ? isPrivate(settings) : caller === 'template';
  const users = userNamespace(settings, systemdVersion, caller);
  const volatileEntry = settings.last('Volatile');
  const isVolatile = volatileEntry !== undefined && parseBoolean(volatileEntry.value) !== false;
  return {
    systemdVersion,
    settings,
    start: startMode ?? (caller === 'template' ? 'boot' : 'pid1'),
    ...users,
    readOnly: isYes(settings.last('ReadOnly')) || isVolatile || mounts.length > 0,
    volatile: isVolatile,
    ephemeral: isYes(settings.last('Ephemeral')),
    journal: journalOf(settings.last('LinkJournal'), caller),
    privateNetwork,
    capabilities: capabilitySets(capabilities, { privateNetwork, shift: users.shift, systemdVersion }),
    rootMounts: mounts,
  };
};

/** Puts the lines that count together with what each caller passes, as settings_load() and merge_settings() do. */
export const startUps = (
  settings: FileSettings,
  startMode: StartUp['start'] | undefined,
  systemdVersion: number,
): Readonly<Record<Caller, StartUp>> => {
  const ofBoth = { capabilities: namedCapabilities(settings, systemdVersion), rootMounts: rootMounts(settings) };
  return {
    direct: startUpOf(settings, startMode, systemdVersion, 'direct', ofBoth),
    template: startUpOf(settings, startMode, systemdVersion, 'template', ofBoth),
  };
};

/** The same for one caller. */
export const startUp = (
  settings: FileSettings,
  startMode: StartUp['start'] | undefined,
  systemdVersion: number,
  caller: Caller,
): StartUp => startUps(settings, startMode, systemdVersion)[caller];
