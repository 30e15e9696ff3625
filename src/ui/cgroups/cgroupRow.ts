import type { ControlGroup, Hierarchy } from '../../machines/cgroups/controlGroup.ts';
import type { GroupOwner, Unit } from '../../machines/cgroups/groupOwner.ts';
import { groupDirectory } from '../../machines/cgroups/groupDirectory.ts';
import { kindOfName, lastName, readableName } from '../../machines/cgroups/observe/groupName.ts';
import type { ProcessInGroup } from '../../machines/cgroups/observe/processFacts.ts';
import type { Usage } from '../../machines/cgroups/observe/usage.ts';
import { plainText } from '../plainText.ts';
import { type L10n, labelled, present, type Row } from '../tree/row.ts';
import { visibleName } from '../tree/visibleName.ts';
import { cgroupContextValue, type CgroupItemFlag } from './cgroupContextValue.ts';
import { usageLines, usageText } from './groupWords.ts';

/** What is known of a group when its row is drawn. */
export interface GroupFacts {
  readonly group: ControlGroup;
  readonly usage: Usage | undefined;
  readonly owner: GroupOwner;
  readonly frozen: boolean;
  readonly expanded: boolean;
}

const versionFlag = ({ version }: Hierarchy): 'v1' | 'v2' => (version === 2 ? 'v2' : 'v1');

/** `memory (v1)`, or what v1 calls its own by a name only. */
export const hierarchyName = ({ version, controllers, name }: Hierarchy, l10n: L10n): string => {
  if (version === 2) return l10n.t('Unified hierarchy (v2)');
  const words = controllers.length > 0 ? controllers.join(', ') : (name ?? '');
  return l10n.t('{0} (v1)', visibleName(words));
};

export const hierarchyRow = ({ group, usage, expanded }: GroupFacts, l10n: L10n): Row => {
  const label = hierarchyName(group.hierarchy, l10n);
  const text = usageText(usage, l10n);
  return {
    label,
    description: text,
    icon: { id: 'list-tree', color: undefined },
    accessible: present([label, text]).join(', '),
    contextValue: cgroupContextValue('hierarchy', [versionFlag(group.hierarchy)]),
    collapsible: expanded ? 'expanded' : 'collapsed',
    command: undefined,
    tooltip: undefined,
  };
};

const isMachine = (name: string): boolean =>
  /^systemd-(?:nspawn|vmspawn)@.*\.service$/u.test(name) || /^machine-.*\.scope$/u.test(name);

const iconOf = ({ group, frozen }: GroupFacts): string => {
  if (frozen) return 'debug-pause';
  const name = lastName(group.path);
  if (isMachine(name)) return 'vm-running';
  switch (kindOfName(name)) {
    case 'slice':
      return 'layers';
    case 'scope':
      return 'group-by-ref-type';
    case 'service':
      return 'gear';
    case 'unit':
      return 'plug';
    case 'plain':
      return 'folder';
  }
};

const kindWords = (group: ControlGroup, l10n: L10n): string => {
  const name = lastName(group.path);
  if (isMachine(name)) return l10n.t('machine');
  switch (kindOfName(name)) {
    case 'slice':
      return l10n.t('slice');
    case 'scope':
      return l10n.t('scope');
    case 'service':
      return l10n.t('service');
    case 'unit':
      return l10n.t('unit');
    case 'plain':
      return l10n.t('group');
  }
};

export const groupLabel = (group: ControlGroup): string => visibleName(readableName(lastName(group.path)));

export const cgroupRow = (facts: GroupFacts, l10n: L10n): Row => {
  const { group, usage, owner, frozen, expanded } = facts;
  const label = groupLabel(group);
  const words = present([frozen ? l10n.t('frozen') : undefined, usageText(usage, l10n)]);
  const flags: CgroupItemFlag<'controlGroup'>[] = [versionFlag(group.hierarchy)];
  if (owner.kind === 'unit') flags.push('unit');
  if (owner.kind === 'inside') flags.push('inside');
  if (owner.kind === 'unit' && owner.slice) flags.push('slice');
  if (usage?.tasks === 0) flags.push('empty');
  if (frozen) flags.push('frozen');
  return {
    label,
    description: words.join(' · '),
    icon: { id: iconOf(facts), color: frozen ? 'charts.blue' : usage?.tasks === 0 ? 'disabledForeground' : undefined },
    accessible: [`${kindWords(group, l10n)} ${label}`, ...words].join(', '),
    contextValue: cgroupContextValue('controlGroup', flags),
    collapsible: expanded ? 'expanded' : 'collapsed',
    command: undefined,
    tooltip: undefined,
  };
};

/** A unit in a sentence, and whose systemd runs it. */
export const shownUnit = ({ name, uid }: Unit, l10n: L10n): string =>
  uid === undefined ? plainText(name, 80) : l10n.t('{0} of user {1}', plainText(name, 80), uid);

/** Everything known of a group, as plain lines. */
export const groupTooltip = ({ group, usage, owner, frozen }: GroupFacts, l10n: L10n): string =>
  present([
    visibleName(groupDirectory(group), 300),
    frozen ? l10n.t('frozen') : undefined,
    group.path === '/' ? labelled(l10n.t('Controllers'), group.hierarchy.controllers.join(', ')) : undefined,
    owner.kind === 'unit' ? labelled(l10n.t('Unit'), shownUnit(owner.unit, l10n)) : undefined,
    owner.kind === 'inside' ? l10n.t('Looked after by what runs in {0}', shownUnit(owner.unit, l10n)) : undefined,
    ...usageLines(usage, l10n),
  ]).join('\n');

const stateWords = ({ zombie, kernel }: ProcessInGroup, l10n: L10n): string | undefined => {
  if (zombie) return l10n.t('has ended, and its parent has not taken notice');
  return kernel ? l10n.t('thread of the kernel') : undefined;
};

export const processRow = (process: ProcessInGroup, l10n: L10n): Row => {
  const label = visibleName(process.name, 64);
  const words = present([stateWords(process, l10n), plainText(process.commandLine, 120)]);
  return {
    label,
    description: [String(process.pid), ...words].join(' · '),
    icon: {
      id: process.zombie ? 'circle-slash' : process.kernel ? 'chip' : 'circle-small-filled',
      color: undefined,
    },
    accessible: [l10n.t('process {0} {1}', process.pid, label), ...words].join(', '),
    contextValue: cgroupContextValue('process', process.kernel ? ['kernel'] : []),
    collapsible: 'none',
    command: undefined,
    tooltip: undefined,
  };
};

/** Everything known of a process, as plain lines: what it says of itself is never rendered. */
export const processTooltip = (process: ProcessInGroup, groups: readonly ControlGroup[], l10n: L10n): string =>
  present([
    `${visibleName(process.name, 64)} (${process.pid})`,
    stateWords(process, l10n),
    labelled(l10n.t('Command line'), process.commandLine),
    labelled(l10n.t('User'), process.user),
    labelled(l10n.t('Threads'), process.threads),
    // It is in one of each hierarchy; in the root of most.
    ...groups
      .filter(({ path }) => path !== '/')
      .map(({ hierarchy, path }) => labelled(hierarchyName(hierarchy, l10n), path)),
  ]).join('\n');

export const noteRow = (message: string): Row => ({
  label: message,
  description: '',
  icon: { id: 'info', color: undefined },
  accessible: message,
  contextValue: cgroupContextValue('cgroupNote', []),
  collapsible: 'none',
  command: undefined,
  tooltip: message,
});
