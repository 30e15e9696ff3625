import * as l10n from '@vscode/l10n';
import type { Entry } from '../../document.ts';
import type { RuleInfo } from '../../finding.ts';
import { parseBoolean } from '../values/boolean.ts';
import { bindService } from './capabilitySets.ts';
import { mapsRootTwice, plainlyMapped } from './idmapOption.ts';
import { ownershipEntry, type StartUp } from './startUp.ts';
import { leftOutLines, leftOutMessage } from './volatileRoot.ts';

/** A line to add, as a way out. */
export interface Remedy {
  readonly section: 'Exec' | 'Files' | 'Network';
  readonly line: string;
}

/** A rule for which verify_arguments() or a later check of systemd-nspawn refuses to start the machine. */
export interface Refusal {
  readonly rule: RuleInfo;
  /** The first and last systemd that refuses; every one unless told. */
  readonly since?: number;
  readonly until?: number;
  /** The lines that it is about, the one to mark first; none when it is kept. */
  readonly breaking: (start: StartUp) => readonly (Entry | undefined)[];
  /** A sentence that says what cannot be; what comes of it is said behind it. */
  readonly message: (start: StartUp) => string;
  /** Whether the image or the host decides in the end: then it is no error but a warning. */
  readonly depends?: (start: StartUp) => boolean;
  /** Which option of the template unit can decide. */
  readonly templateOption?: string;
  readonly remedy?: (start: StartUp) => Remedy | undefined;
}

const refusalRule = (id: string, title: string): RuleInfo => ({
  id,
  severity: 'error',
  effect: 'start-refused',
  variants: [
    { severity: 'warning', effect: 'start-refused' },
    { severity: 'warning', effect: 'none' },
  ],
  title,
});

const keep: readonly never[] = [];

/** That the files are given away is the doing of PrivateUsers=pick alone. */
const isPicked = (start: StartUp): boolean =>
  ownershipEntry(start.settings) === undefined || (start.users === 'pick' && start.systemdVersion < 249);

/** Up to 256 no ID-mapped mount can be made below what Volatile=yes and Volatile=state mount (systemd#34254). */
const cannotMap = ({ settings, systemdVersion }: StartUp): boolean => {
  const entry = settings.last('Volatile');
  return entry !== undefined && systemdVersion < 257 && (entry.value === 'state' || parseBoolean(entry.value) === true);
};

/** The ownership that maps, where a machine with these settings starts with it. */
export const takeAuto = (start: StartUp): Remedy | undefined =>
  ownershipEntry(start.settings) === undefined && start.systemdVersion >= 249 && !cannotMap(start)
    ? { section: 'Files', line: 'PrivateUsersOwnership=auto' }
    : undefined;

const mapsUsers = ({ shift, ownership }: StartUp): boolean =>
  (shift === 'known' || shift === 'picked') && (ownership === 'map' || ownership === 'auto');

const chownLines = (start: StartUp, other: Entry | undefined): readonly (Entry | undefined)[] =>
  other === undefined
    ? [ownershipEntry(start.settings) ?? start.settings.last('PrivateUsers')]
    : [other, ownershipEntry(start.settings), start.settings.last('PrivateUsers')];

const addVirtualEthernet = ({ settings }: StartUp): Remedy | undefined =>
  settings.last('VirtualEthernet') === undefined && settings.last('Private') === undefined
    ? { section: 'Network', line: 'VirtualEthernet=yes' }
    : undefined;

const addUsers = ({ settings }: StartUp): Remedy | undefined =>
  settings.last('PrivateUsers') === undefined ? { section: 'Exec', line: 'PrivateUsers=pick' } : undefined;

const lacksBindService = ({ capabilities }: StartUp): boolean =>
  capabilities.losesBindService && capabilities.uncovered.includes(bindService);

const coverCapabilities = (start: StartUp): Remedy | undefined => {
  const { capabilities, settings } = start;
  if (lacksBindService(start)) return addVirtualEthernet(start);
  return settings.last('DropCapability') === undefined
    ? { section: 'Exec', line: `Capability=${capabilities.uncovered.join(' ')}` }
    : undefined;
};

const otherNetwork = ['Interface', 'MACVLAN', 'IPVLAN', 'VirtualEthernetExtra', 'Bridge', 'Zone'] as const;

const bridgeAndZone = ({ settings }: StartUp): readonly (Entry | undefined)[] => {
  const bridge = settings.last('Bridge');
  const zone = settings.last('Zone');
  return bridge === undefined || zone === undefined ? keep : [settings.later('Bridge', 'Zone'), bridge, zone];
};

const pathAndOthers = ({ settings }: StartUp): readonly (Entry | undefined)[] => {
  const path = settings.last('NamespacePath');
  if (path === undefined) return keep;
  const other = otherNetwork.map((name) => settings.last(name)).find((entry) => entry !== undefined);
  const veth = settings.last('VirtualEthernet');
  const vethOn = veth !== undefined && parseBoolean(veth.value) === true ? veth : undefined;
  const breaking = other ?? vethOn;
  return breaking === undefined ? keep : [path, breaking];
};

const shellAlone = ({ settings }: StartUp): readonly (Entry | undefined)[] => {
  const shell = settings.last('BindUserShell');
  return shell?.value.startsWith('/') === true && settings.last('BindUser') === undefined ? [shell] : keep;
};

export const refusals: readonly Refusal[] = [
  {
    rule: refusalRule('chown-volatile', l10n.t('A volatile machine cannot have its files given to other users')),
    breaking: (start) =>
      start.ownership === 'chown' && start.volatile ? chownLines(start, start.settings.last('Volatile')) : keep,
    message: (start) =>
      isPicked(start)
        ? l10n.t(
            'PrivateUsers=pick gives all files to the picked users (chown), which Volatile= other than “no” does not allow.',
          )
        : l10n.t(
            'The ownership “chown” gives all files to the users of the machine, which Volatile= other than “no” does not allow.',
          ),
    templateOption: '-U',
    remedy: takeAuto,
  },
  {
    rule: refusalRule('volatile-mapped', l10n.t('Up to systemd 256 the users of a volatile machine cannot be mapped')),
    since: 249,
    until: 256,
    breaking: (start) =>
      mapsUsers(start) && cannotMap(start)
        ? [start.settings.last('Volatile'), ownershipEntry(start.settings), start.settings.last('PrivateUsers')]
        : keep,
    message: () =>
      l10n.t(
        'Up to systemd 256 the files of a machine with Volatile=yes or Volatile=state cannot be mapped to its users, though they can with Volatile=overlay.',
      ),
    templateOption: '-U',
  },
  {
    rule: refusalRule('volatile-path-missing', l10n.t('A volatile machine lacks most paths of its image')),
    breaking: leftOutLines,
    message: leftOutMessage,
  },
  {
    rule: refusalRule('chown-readonly', l10n.t('A read-only machine cannot have its files given to other users')),
    breaking: (start) =>
      start.ownership === 'chown' && start.readOnly && !start.volatile
        ? chownLines(start, start.settings.last('ReadOnly') ?? start.rootMounts[0])
        : keep,
    message: (start) =>
      isPicked(start)
        ? l10n.t(
            'PrivateUsers=pick gives all files to the picked users (chown), which a read-only root does not allow.',
          )
        : l10n.t(
            'The ownership “chown” gives all files to the users of the machine, which a read-only root does not allow.',
          ),
    templateOption: '-U',
    remedy: takeAuto,
  },
  {
    rule: refusalRule('ephemeral-linkjournal', l10n.t('The journal of an ephemeral machine cannot be linked')),
    breaking: ({ systemdVersion, ephemeral, journal, settings }) =>
      ephemeral && (journal.mode === 'host' || journal.mode === 'guest') && (!journal.try || systemdVersion < 252)
        ? [settings.last('LinkJournal') ?? settings.last('Ephemeral'), settings.last('Ephemeral')]
        : keep,
    message: ({ systemdVersion }) =>
      systemdVersion < 252
        ? l10n.t('With Ephemeral=yes LinkJournal= can only be “no” or “auto”.')
        : l10n.t('With Ephemeral=yes LinkJournal= cannot be “host” or “guest”.'),
    templateOption: '--link-journal=try-guest',
  },
  {
    rule: refusalRule('bridge-zone', l10n.t('A machine joins a bridge or a zone, not both')),
    breaking: bridgeAndZone,
    message: () => l10n.t('Bridge= and Zone= exclude each other.'),
  },
  {
    rule: refusalRule('port-needs-private-network', l10n.t('Port= needs a network of the machine’s own')),
    breaking: ({ settings, privateNetwork }) =>
      privateNetwork ? keep : [settings.all('Port')[0], settings.last('Private')],
    message: () => l10n.t('Port= needs private networking, such as by VirtualEthernet=yes.'),
    templateOption: '--network-veth',
    remedy: addVirtualEthernet,
  },
  {
    rule: refusalRule('nspath-exclusive', l10n.t('NamespacePath= stands alone among the network settings')),
    since: 259,
    breaking: pathAndOthers,
    message: () => l10n.t('NamespacePath= excludes every other network setting but Private=.'),
  },
  {
    rule: refusalRule('managed-needs-private-network', l10n.t('PrivateUsers=managed needs private networking')),
    since: 258,
    breaking: ({ users, privateNetwork, settings }) =>
      users === 'managed' && !privateNetwork ? [settings.last('PrivateUsers'), settings.last('Private')] : keep,
    message: () => l10n.t('PrivateUsers=managed needs private networking, such as by VirtualEthernet=yes.'),
    templateOption: '--network-veth',
    remedy: addVirtualEthernet,
  },
  {
    rule: refusalRule('delegate-needs-managed', l10n.t('PrivateUsersDelegate= needs PrivateUsers=managed')),
    since: 260,
    breaking: ({ users, delegate, settings }) =>
      delegate > 0 && users !== 'managed'
        ? [settings.last('PrivateUsersDelegate'), settings.last('PrivateUsers')]
        : keep,
    message: () => l10n.t('PrivateUsersDelegate= above 0 needs PrivateUsers=managed.'),
    templateOption: '-U',
  },
  {
    rule: refusalRule('ambient-not-covered', l10n.t('AmbientCapability= names what the machine keeps')),
    breaking: ({ capabilities, settings }) =>
      capabilities.uncovered.length > 0 ? [settings.last('AmbientCapability')] : keep,
    message: (start) =>
      lacksBindService(start)
        ? l10n.t(
            'With user namespaces and the network of the host the machine does not have CAP_NET_BIND_SERVICE of AmbientCapability=, whatever Capability= says.',
          )
        : l10n.t`The machine does not have ${start.capabilities.uncovered.join(', ')} of AmbientCapability=, which Capability= can add.`,
    templateOption: '--network-veth',
    remedy: coverCapabilities,
  },
  {
    rule: refusalRule('ambient-boot', l10n.t('AmbientCapability= is for a command, not for an init')),
    breaking: ({ start, capabilities, settings }) =>
      start === 'boot' && capabilities.ambient.size > 0
        ? [settings.last('AmbientCapability'), settings.last('Boot')]
        : keep,
    message: () => l10n.t('AmbientCapability= cannot be combined with booting an init.'),
    templateOption: '--boot',
  },
  {
    rule: refusalRule('binduser-needs-userns', l10n.t('BindUser= needs user namespaces up to systemd 257')),
    since: 249,
    until: 257,
    breaking: ({ users, settings }) =>
      users === 'no' ? [settings.last('BindUser'), settings.last('PrivateUsers')] : keep,
    message: () => l10n.t('BindUser= needs PrivateUsers= up to systemd 257.'),
    templateOption: '-U',
    remedy: addUsers,
  },
  {
    rule: refusalRule('bindusershell-needs-binduser', l10n.t('BindUserShell= with a path needs BindUser=')),
    since: 258,
    breaking: shellAlone,
    message: () => l10n.t('BindUserShell= with a path needs BindUser=.'),
  },
  {
    rule: refusalRule(
      'custom-root-mount-userns',
      l10n.t('A mount over / needs a fixed first user and no change of ownership'),
    ),
    breaking: ({ rootMounts, users, shift, ownership, settings }) =>
      rootMounts.length > 0 && users !== 'no' && (ownership !== 'off' || (shift !== 'known' && shift !== 'identity'))
        ? [rootMounts[0], settings.last('PrivateUsers')]
        : keep,
    message: ({ ownership }) =>
      ownership === 'off'
        ? l10n.t('A mount over / needs PrivateUsers= with a number, so that the users are known.')
        : l10n.t`A mount over / cannot be combined with user namespaces whose ownership is “${ownership}”.`,
    templateOption: '-U',
  },
  {
    rule: refusalRule('idmap-needs-userns', l10n.t('The option idmap of bind mounts needs user namespaces')),
    since: 250,
    breaking: (start) => (start.users === 'no' ? [plainlyMapped(start), start.settings.last('PrivateUsers')] : keep),
    message: () => l10n.t('The option idmap needs user namespaces by PrivateUsers=.'),
    templateOption: '-U',
    remedy: addUsers,
  },
  {
    rule: refusalRule(
      'idmap-maps-root-twice',
      l10n.t('The option idmap needs users that do not begin with root of the host'),
    ),
    since: 250,
    breaking: mapsRootTwice,
    message: ({ shift }) =>
      shift === 'image'
        ? l10n.t(
            'Where the image belongs to root of the host, the users of PrivateUsers=yes begin with it, and the kernel does not take that the option idmap maps it a second time. Write rootidmap or noidmap instead.',
          )
        : l10n.t(
            'The users of the machine begin with root of the host, and the kernel does not take that the option idmap maps root of the host a second time. Write rootidmap or noidmap instead.',
          ),
    depends: ({ shift }) => shift === 'image',
  },
];

export const refusalRules: readonly RuleInfo[] = refusals.map(({ rule }) => rule);
