import { plainText } from '../plainText.ts';
import { contextValue, type ViewItemFlag } from './contextValue.ts';
import type { DetailKind } from './node.ts';
import type { L10n, Row } from './row.ts';
import { visibleName } from './visibleName.ts';

/** A line below a machine or image: what it is, and its value. */
export interface Detail {
  readonly kind: DetailKind;
  /** Tells several addresses of one machine apart. */
  readonly index: number;
  readonly value: string;
  /** A further line of its tooltip. */
  readonly more?: string | undefined;
}

const flagOf = (kind: DetailKind): ViewItemFlag<'detail'> => {
  switch (kind) {
    case 'rootDirectory':
      return 'root';
    case 'nspawnFile':
      return 'nspawn';
    default:
      return kind;
  }
};

const labelOf = (kind: DetailKind, l10n: L10n): string => {
  switch (kind) {
    case 'address':
      return l10n.t('Address');
    case 'withheld':
      return l10n.t('Operating system');
    case 'unit':
      return l10n.t('Unit');
    case 'leader':
      return l10n.t('Leader');
    case 'cgroup':
      return l10n.t('Control group');
    case 'rootDirectory':
      return l10n.t('Root directory');
    case 'nspawnFile':
      return l10n.t('.nspawn file');
    case 'journal':
      return l10n.t('Journal');
    case 'path':
      return l10n.t('Path');
    case 'limit':
      return l10n.t('Limit');
    case 'created':
      return l10n.t('Created');
    case 'modified':
      return l10n.t('Modified');
    case 'boot':
      return l10n.t('At boot');
    case 'groups':
      return l10n.t('Groups at boot');
    case 'backing':
      return l10n.t('Backing store');
    case 'snapshots':
      return l10n.t('Snapshots');
    case 'unprivileged':
      return l10n.t('Privileges');
    case 'configuration':
      return l10n.t('Configuration');
    case 'log':
      return l10n.t('Log');
    case 'failure':
      return l10n.t('Last run');
  }
};

const iconOf = (kind: DetailKind): string => {
  switch (kind) {
    case 'address':
      return 'globe';
    case 'withheld':
      return 'shield';
    case 'unit':
      return 'gear';
    case 'leader':
      return 'symbol-numeric';
    case 'cgroup':
      return 'server-process';
    case 'rootDirectory':
    case 'path':
      return 'folder';
    case 'nspawnFile':
      return 'file-code';
    case 'journal':
      return 'output';
    case 'limit':
      return 'dashboard';
    case 'created':
    case 'modified':
      return 'calendar';
    case 'boot':
      return 'rocket';
    case 'groups':
      return 'list-tree';
    case 'backing':
      return 'database';
    case 'snapshots':
      return 'history';
    case 'unprivileged':
      return 'shield';
    case 'configuration':
      return 'file-code';
    case 'log':
      return 'output';
    case 'failure':
      return 'error';
  }
};

/** What a click on the line does; nothing where there is nothing to open. */
const commandOf = (kind: DetailKind, l10n: L10n): Row['command'] => {
  switch (kind) {
    case 'address':
      return { id: 'nspawn.copyAddress', title: l10n.t('Copy the address') };
    case 'withheld':
      return { id: 'nspawn.readDetails', title: l10n.t('Read operating system and addresses') };
    case 'unit':
      return { id: 'nspawn.openUnit', title: l10n.t('Open the unit') };
    case 'leader':
      return { id: 'nspawn.copyLeader', title: l10n.t('Copy the PID of the leader') };
    case 'cgroup':
      return { id: 'nspawn.cgroups.revealMachine', title: l10n.t('Show the control group') };
    case 'groups':
      return { id: 'nspawn.setBootPlace', title: l10n.t('Set order, delay and groups') };
    case 'snapshots':
      return { id: 'nspawn.restoreSnapshot', title: l10n.t('Restore one of them') };
    case 'configuration':
      return { id: 'nspawn.openConfiguration', title: l10n.t('Open the configuration') };
    case 'log':
      return { id: 'nspawn.openLog', title: l10n.t('Open the log') };
    case 'rootDirectory':
    case 'path':
      return { id: 'nspawn.openRootDirectory', title: l10n.t('Open the directory') };
    case 'nspawnFile':
      return { id: 'nspawn.openNspawnFile', title: l10n.t('Open the .nspawn file') };
    case 'journal':
    case 'failure':
      return { id: 'nspawn.followJournal', title: l10n.t('Follow the journal') };
    case 'limit':
    case 'created':
    case 'modified':
    case 'boot':
    case 'backing':
    case 'unprivileged':
      return undefined;
  }
};

/** The same as a line of a tooltip. */
export const detailLine = ({ kind, value }: Detail, l10n: L10n): string =>
  `${labelOf(kind, l10n)}: ${plainText(value, 200)}`;

export const detailRow = ({ kind, value, more }: Detail, l10n: L10n): Row => {
  const label = labelOf(kind, l10n);
  const shown = plainText(value, 200);
  const command = commandOf(kind, l10n);
  return {
    label,
    description: shown,
    icon: { id: iconOf(kind), color: undefined },
    accessible: [label, shown, command?.title].filter((part) => part !== undefined && part !== '').join(', '),
    contextValue: contextValue('detail', [flagOf(kind)]),
    collapsible: 'none',
    command,
    tooltip: [shown === '' ? label : `${label}: ${shown}`, more, command?.title]
      .filter((part) => part !== undefined)
      .join('\n'),
  };
};

/** A list that failed is a row that says so. */
export const problemRow = (message: string): Row => ({
  label: visibleName(message, 300),
  description: '',
  icon: { id: 'warning', color: 'list.warningForeground' },
  accessible: visibleName(message, 300),
  contextValue: contextValue('problem', []),
  collapsible: 'none',
  command: undefined,
  tooltip: visibleName(message, 1000),
});
