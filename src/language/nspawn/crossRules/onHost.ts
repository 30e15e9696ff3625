import * as l10n from '@vscode/l10n';
import type { Context } from '../../context.ts';
import { offsetInText } from '../../document.ts';
import type { Entry, Span } from '../../document.ts';
import type { Finding, RuleInfo } from '../../finding.ts';
import { found } from '../../found.ts';
import type { NamedOnHost } from '../../namedOnHost.ts';
import { inSeries, shown } from '../../shown.ts';
import type { FileSettings } from '../fileSettings.ts';
import { type Need, needsOf } from './hostNeeds.ts';

/** What is missing may come before the machine is started, so each of them is a warning. */
const stops = { severity: 'warning', effect: 'start-refused' } as const;
const interfaceMissing: RuleInfo = {
  id: 'interface-not-on-host',
  ...stops,
  title: l10n.t('Interface= names a network interface that this host has'),
};
const parentMissing: RuleInfo = {
  id: 'parent-interface-not-on-host',
  ...stops,
  title: l10n.t('MACVLAN= and IPVLAN= name a network interface that this host has'),
};
const bridgeMissing: RuleInfo = {
  id: 'bridge-not-on-host',
  ...stops,
  title: l10n.t('Bridge= names a bridge that this host has'),
};
const sourceMissing: RuleInfo = {
  id: 'bind-source-not-on-host',
  ...stops,
  title: l10n.t('Bind= and BindReadOnly= name a source that this host has'),
};
const layerMissing: RuleInfo = {
  id: 'overlay-not-on-host',
  ...stops,
  title: l10n.t('Overlay= and OverlayReadOnly= name directories that this host has'),
};
const namespaceMissing: RuleInfo = {
  id: 'namespace-not-on-host',
  ...stops,
  title: l10n.t('NamespacePath= names a network namespace that this host has'),
};

const upperRefused: RuleInfo = {
  id: 'overlay-upper-not-possible',
  ...stops,
  title: l10n.t('The upper directory of Overlay= lies where the kernel takes one'),
};
const userMissing: RuleInfo = {
  id: 'user-not-on-host',
  ...stops,
  title: l10n.t('BindUser= names users that this host has and that systemd-nspawn can bind'),
};

export const onHostRules: readonly RuleInfo[] = [
  interfaceMissing,
  parentMissing,
  bridgeMissing,
  sourceMissing,
  layerMissing,
  upperRefused,
  namespaceMissing,
  userMissing,
];

const naming = [
  ...['Interface', 'MACVLAN', 'IPVLAN', 'Bridge', 'NamespacePath'],
  ...['Bind', 'BindReadOnly', 'Overlay', 'OverlayReadOnly', 'BindUser'],
] as const;

const mostListed = 6;

/** Which ones there are, where they are few. */
const thereAre = (names: readonly string[], sentence: (names: string) => string): readonly string[] =>
  names.length === 0 || names.length > mostListed ? [] : [sentence(inSeries([...names].sort().map(shown)))];

interface Interfaces {
  readonly kinds: NonNullable<NamedOnHost['interfaces']>;
  readonly bridges: readonly string[];
  /** Those included. */
  readonly all: readonly string[];
}

/** In lists that are made once, for there may be thousands, and as many lines that miss one. */
const interfacesOf = ({ interfaces: kinds }: NamedOnHost): Interfaces | undefined => {
  if (kinds === undefined) return undefined;
  const ofKind = (wanted: 'bridge' | 'other'): readonly string[] =>
    [...kinds].filter(([one, is]) => is === wanted && one !== 'lo').map(([one]) => one);
  const bridges = ofKind('bridge');
  return { kinds, bridges, all: [...ofKind('other'), ...bridges] };
};

const missingInterface = (
  key: string,
  { kind, name }: Need,
  { kinds, bridges, all }: Interfaces,
): Missing | undefined => {
  const known = kinds.get(name);
  const named = shown(name);
  if (kind !== 'bridge') {
    if (known !== undefined) return undefined;
    const message =
      kind === 'interface'
        ? l10n.t`This host has no network interface ${named} that it could give away, so the machine does not start.`
        : l10n.t`This host has no network interface ${named} that ${key}= could use, so the machine does not start.`;
    const there = thereAre(all, (names) => l10n.t`It has ${names}.`);
    return { rule: kind === 'interface' ? interfaceMissing : parentMissing, message: [message, ...there].join(' ') };
  }
  if (known === 'bridge' || known === 'unknown') return undefined;
  const message =
    known === 'other'
      ? l10n.t`The network interface ${named} of this host is no bridge, so the machine does not start.`
      : l10n.t`This host has no bridge ${named}, so the machine does not start. Make it first, or write Zone=, which makes a bridge by itself.`;
  return {
    rule: bridgeMissing,
    message: [message, ...thereAre(bridges, (names) => l10n.t`It has the bridge ${names}.`)].join(' '),
  };
};

interface Missing {
  readonly rule: RuleInfo;
  readonly message: string;
}

/** What a relative path counts from is nothing that the line shows. */
const counted = ({ written }: Need): string =>
  written === 'relative'
    ? ` ${l10n.t('A relative source counts from / under machinectl start; write the whole path where another one is meant.')}`
    : '';

const missingDirectory = (need: Need, { paths }: NamedOnHost): Missing | undefined => {
  const named = shown(need.name);
  switch (paths.get(need.name)) {
    case 'other':
      return {
        rule: layerMissing,
        message: `${l10n.t`${named} of this host is no directory, and only directories can be laid over one another, so the machine does not start.`}${counted(need)}`,
      };
    case 'absent':
      if (need.kind === 'upper')
        return {
          rule: layerMissing,
          message: `${l10n.t`This host has no directory ${named} that could take the changes, so the machine does not start. Make it first.`}${counted(need)}`,
        };
      return {
        rule: layerMissing,
        message: `${l10n.t`This host has no directory ${named}, so the machine does not start. Make it first, or put a + in front of it where that of the image is meant.`}${counted(need)}`,
      };
    case 'onOverlay':
      if (need.kind !== 'upper') return undefined;
      return {
        rule: upperRefused,
        message:
          need.written === 'leftOut'
            ? l10n.t`The machine does not start: the upper directory that is left out is made in ${named}, which lies on an overlay file system of this host, and there the kernel takes none. Name a directory on another file system.`
            : l10n.t`${named} lies on an overlay file system of this host, and there the kernel takes no upper directory, so the machine does not start. Name a directory on another file system.`,
      };
    case 'mountPoint':
      if (need.kind !== 'upper' || need.written === 'leftOut') return undefined;
      return {
        rule: upperRefused,
        message: l10n.t`Something is mounted at ${named} of this host, and the work directory that systemd-nspawn makes beside the upper directory has to be on the same mount, so the machine does not start. Name a directory below it.`,
      };
    default:
      return undefined;
  }
};

const missingPath = (need: Need, named: NamedOnHost): Missing | undefined => {
  if (need.kind === 'layer' || need.kind === 'upper') return missingDirectory(need, named);
  if (named.paths.get(need.name) !== 'absent') return undefined;
  const path = shown(need.name);
  return need.kind === 'source'
    ? {
        rule: sourceMissing,
        message: `${l10n.t`This host has no ${path} that could be bound, so the machine does not start. Make it first, or put a + in front of it where that of the image is meant.`}${counted(need)}`,
      }
    : {
        rule: namespaceMissing,
        message: l10n.t`This host has no network namespace ${path}, so the machine does not start. Make it first, such as with ip netns add.`,
      };
};

const missingUser = ({ name }: Need, { users }: NamedOnHost): Missing | undefined => {
  const user = shown(name);
  switch (users.get(name)) {
    case 'absent':
      return {
        rule: userMissing,
        message: l10n.t`This host has no user ${user} that could be bound, so the machine does not start.`,
      };
    case 'otherGroup':
      return {
        rule: userMissing,
        message: l10n.t`The main group of the user ${user} has another number than the user, and systemd-nspawn binds no such user, so the machine does not start.`,
      };
    case 'homeless':
      return {
        rule: userMissing,
        message: l10n.t`The home directory of the user ${user} is not there on this host, and systemd-nspawn cannot bind it, so the machine does not start. Make it first.`,
      };
    default:
      return undefined;
  }
};

const missing = (
  key: string,
  need: Need,
  named: NamedOnHost,
  interfaces: Interfaces | undefined,
): Missing | undefined => {
  switch (need.kind) {
    case 'user':
      return missingUser(need, named);
    case 'source':
    case 'layer':
    case 'upper':
    case 'namespace':
      return missingPath(need, named);
    default:
      // A machine that runs has the interface that it was given.
      if (interfaces === undefined || (named.runs && need.kind === 'interface')) return undefined;
      return missingInterface(key, need, interfaces);
  }
};

const spanIn = (entry: Entry, { start, end }: Span): Span => {
  const from = offsetInText(entry, start);
  return { start: from, end: end > start ? offsetInText(entry, end - 1) + 1 : from };
};

/** What the lines that count name of the host and the host does not have, where somebody has looked. */
export const onHostFindings = (settings: FileSettings, context: Context): readonly Finding[] => {
  const { named } = context;
  if (named === undefined) return [];
  const interfaces = interfacesOf(named);
  return naming.flatMap((key) =>
    settings.all(key).flatMap((entry) =>
      needsOf(key, entry.value, context).flatMap((need) => {
        const is = missing(key, need, named, interfaces);
        return is === undefined ? [] : [found(is.rule, spanIn(entry, need), entry.line, is.message)];
      }),
    ),
  );
};
