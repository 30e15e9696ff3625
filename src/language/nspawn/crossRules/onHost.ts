import * as l10n from '@vscode/l10n';
import type { Context } from '../../context.ts';
import { offsetInText } from '../../document.ts';
import type { ConfigDocument, Entry, Span } from '../../document.ts';
import type { Finding, RuleInfo } from '../../finding.ts';
import { found } from '../../found.ts';
import type { HostNames, NamedOnHost } from '../../namedOnHost.ts';
import { semicolonAt } from '../values/bind.ts';
import { extractWords } from '../values/extractWord.ts';
import type { Word } from '../values/extractWord.ts';
import { inSeries, shown } from '../../shown.ts';
import { valueTypeOf } from '../values/valueKinds.ts';
import { countingEntry } from '../countingEntry.ts';
import { directiveNamed } from '../directives.ts';
import type { FileSettings } from '../fileSettings.ts';

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

export const onHostRules: readonly RuleInfo[] = [
  interfaceMissing,
  parentMissing,
  bridgeMissing,
  sourceMissing,
  layerMissing,
  namespaceMissing,
];

/** Without one of these the machine does not start. */
interface Need extends Span {
  readonly kind: 'interface' | 'parent' | 'bridge' | 'source' | 'layer' | 'namespace';
  readonly name: string;
}

const fields = (value: string): readonly Word[] => extractWords(value, { separators: ':', emptyWords: true }).words;

/** A relative one counts from where systemd-nspawn is started, and one that begins with `+` lies in the image. */
const isOfHost = ({ text }: Word): boolean => text.startsWith('/') && !text.includes('\0');

const interfacesIn = (value: string, arePairs: boolean): readonly Word[] =>
  extractWords(value, {}).words.flatMap((word) => {
    // The interface stands in front of the colon, the name that it gets inside behind it.
    const length = arePairs ? word.text.search(/:|$/u) : word.text.length;
    const text = word.text.slice(0, length);
    // A comma is told where it stands.
    if (text === '' || text.includes(',')) return [];
    return [{ text, start: word.start, end: Math.min(word.end, word.start + length) }];
  });

const needsOf = (key: string, value: string, { systemdVersion }: Context): readonly Need[] => {
  const as = (kind: Need['kind'], words: readonly Word[]): readonly Need[] =>
    words.map(({ text, start, end }) => ({ kind, name: text, start, end }));
  const whole = { text: value, start: 0, end: value.length };
  const directive = directiveNamed.get(key);
  const arePairs = directive !== undefined && valueTypeOf(directive, systemdVersion)?.kind === 'interfacePairs';
  switch (key) {
    case 'Interface':
      return as('interface', interfacesIn(value, arePairs));
    case 'MACVLAN':
    case 'IPVLAN':
      return as('parent', interfacesIn(value, arePairs));
    case 'Bridge':
      return as('bridge', [whole]);
    case 'NamespacePath':
      return as('namespace', [whole].filter(isOfHost));
    case 'Bind':
    case 'BindReadOnly': {
      const [source, ...more] = fields(value);
      if (source === undefined || !isOfHost(source)) return [];
      // What a semicolon does is told where it stands.
      return more.length === 0 && semicolonAt(source) !== undefined ? [] : as('source', [source]);
    }
    case 'Overlay':
    case 'OverlayReadOnly': {
      const all = fields(value);
      return as('layer', (all.length > 2 ? all.slice(0, -1) : all).filter(isOfHost));
    }
    default:
      return [];
  }
};

const naming = [
  ...['Interface', 'MACVLAN', 'IPVLAN', 'Bridge', 'NamespacePath'],
  ...['Bind', 'BindReadOnly', 'Overlay', 'OverlayReadOnly'],
] as const;

/** What a file needs of its host. It may be more than counts at the end: a later line may take it back. */
export const namesOnHost = (document: ConfigDocument, context: Context): HostNames => {
  const needs = document.sections.flatMap((section) =>
    section.entries.flatMap((entry) => {
      const counting = countingEntry(section, entry, context);
      return counting === undefined ? [] : needsOf(entry.key, counting.entry.value, context);
    }),
  );
  const isPath = ({ kind }: Need): boolean => kind === 'source' || kind === 'layer' || kind === 'namespace';
  return {
    interfaces: needs.some((need) => !isPath(need)),
    paths: [...new Set(needs.filter(isPath).map(({ name }) => name))],
  };
};

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
): { readonly rule: RuleInfo; readonly message: string } | undefined => {
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

const missingPath = (
  { kind, name }: Need,
  { paths }: NamedOnHost,
): { readonly rule: RuleInfo; readonly message: string } | undefined => {
  const is = paths.get(name);
  const named = shown(name);
  if (kind === 'layer') {
    if (is === 'other')
      return {
        rule: layerMissing,
        message: l10n.t`${named} of this host is no directory, and only directories can be laid over one another, so the machine does not start.`,
      };
    if (is === 'absent')
      return {
        rule: layerMissing,
        message: l10n.t`This host has no directory ${named}, so the machine does not start. Make it first, or put a + in front of it where that of the image is meant.`,
      };
    return undefined;
  }
  if (is !== 'absent') return undefined;
  return kind === 'source'
    ? {
        rule: sourceMissing,
        message: l10n.t`This host has no ${named} that could be bound, so the machine does not start. Make it first, or put a + in front of it where that of the image is meant.`,
      }
    : {
        rule: namespaceMissing,
        message: l10n.t`This host has no network namespace ${named}, so the machine does not start. Make it first, such as with ip netns add.`,
      };
};

const missing = (
  key: string,
  need: Need,
  named: NamedOnHost,
  interfaces: Interfaces | undefined,
): ReturnType<typeof missingPath> => {
  if (need.kind === 'source' || need.kind === 'layer' || need.kind === 'namespace') return missingPath(need, named);
  // A machine that runs has the interface that it was given.
  if (interfaces === undefined || (named.runs && need.kind === 'interface')) return undefined;
  return missingInterface(key, need, interfaces);
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
