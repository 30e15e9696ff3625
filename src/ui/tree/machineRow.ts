import { basename } from 'node:path';
import type { Machine, MachineDetails } from '../../machines/machine.ts';
import { plainText } from '../plainText.ts';
import { usageLines } from '../cgroups/groupWords.ts';
import type { Ability } from './abilities.ts';
import { contextValue, type ViewItemFlag } from './contextValue.ts';
import { type Use, useText } from './machineUse.ts';
import { longOsText, shortOsText } from './osText.ts';
import { type L10n, labelled, present, type Row } from './row.ts';
import { momentText, runningText, runningWords } from './amountText.ts';
import { visibleName } from './visibleName.ts';

/** What is known of a machine when its row is drawn. */
export interface MachineFacts {
  readonly machine: Machine;
  /** Undefined while nobody has asked, or where asking failed. */
  readonly details: MachineDetails | undefined;
  readonly busy: string | undefined;
  readonly failed: string | undefined;
  /** What the kinds of what stands on the row can do. */
  readonly abilities?: readonly Ability[];
  readonly use?: Use | undefined;
  /** Whether its figures stand on the row. */
  readonly figures?: boolean;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

type Phase = 'running' | 'changing' | 'busy';

const phaseOf = ({ busy, details }: MachineFacts): Phase => {
  if (busy !== undefined) return 'busy';
  return details?.state === 'opening' || details?.state === 'closing' ? 'changing' : 'running';
};

/** Where its inventory does not tell, its control group does. */
const isFrozen = ({ machine, use }: MachineFacts): boolean => machine.frozen ?? use?.frozen === true;

const iconOf = (phase: Phase, facts: MachineFacts): Row['icon'] => {
  if (phase !== 'running') return { id: 'loading~spin', color: undefined };
  if (facts.failed !== undefined) return { id: 'error', color: 'testing.iconFailed' };
  if (isFrozen(facts)) return { id: 'debug-pause', color: 'charts.blue' };
  const id = facts.machine.className === 'host' ? 'server' : 'vm-running';
  return { id, color: 'testing.iconPassed' };
};

const stateWords = (facts: MachineFacts, l10n: L10n): string | undefined => {
  if (facts.busy !== undefined) return facts.busy;
  if (isFrozen(facts)) return l10n.t('frozen');
  if (facts.details?.state === 'opening') return l10n.t('starting');
  if (facts.details?.state === 'closing') return l10n.t('stopping');
  return facts.failed;
};

/** Its class as the menus know it. */
const classFlag = (className: string): ViewItemFlag<'machine'> & ViewItemFlag<'image'> =>
  className === 'vm' ? 'vm' : className === 'host' ? 'host' : 'container';

/** What a menu may ask of a machine that runs. */
export const machineFlags = (facts: MachineFacts): readonly (ViewItemFlag<'machine'> & ViewItemFlag<'image'>)[] => [
  phaseOf(facts),
  ...(isFrozen(facts) ? (['frozen'] as const) : []),
  classFlag(facts.machine.className),
];

/** @param imageName that of the image on whose row the machine is seen; its own where it has none */
export const machineRow = (facts: MachineFacts, l10n: L10n, imageName = facts.machine.name): Row => {
  const { machine, details, now } = facts;
  const phase = phaseOf(facts);
  const name = visibleName(basename(imageName));
  const as = machine.name === imageName ? undefined : l10n.t('running as {0}', visibleName(machine.name));
  const os = details?.os === undefined ? undefined : shortOsText(details.os);
  const state = stateWords(facts, l10n);
  const address = details?.addresses[0];
  const since = machine.since;
  const figures = facts.figures === true ? useText(facts.use, l10n) : undefined;
  return {
    label: name,
    description: present([
      state,
      as,
      // Whoever wants them on the row wants to see them where the view is narrow, too.
      figures,
      os,
      address === undefined ? undefined : plainText(address, 45),
      since === undefined || since === 0 ? undefined : runningText(since, now, l10n),
    ]).join(' · '),
    icon: iconOf(phase, facts),
    accessible: present([
      l10n.t('machine {0}', name),
      state ?? as ?? l10n.t('running'),
      ...(state === undefined ? [] : [as]),
      os,
      address === undefined ? undefined : l10n.t('address {0}', plainText(address, 45)),
      since === undefined || since === 0 ? undefined : runningWords(since, now, l10n),
      figures,
    ]).join(', '),
    contextValue: contextValue('machine', [...machineFlags(facts), ...(facts.abilities ?? [])]),
    collapsible: 'collapsed',
    command: undefined,
    tooltip: undefined,
  };
};

export const withheldWords = (l10n: L10n): string =>
  l10n.t(
    'This systemd shows operating system and addresses of a running machine to administrators only. Open its row to read them.',
  );

/** Everything known of a machine, as plain lines: what a container says is never rendered. */
export const machineTooltip = (facts: MachineFacts, language: string, l10n: L10n): string => {
  const { machine, details } = facts;
  return present([
    visibleName(machine.name, 200),
    stateWords(facts, l10n) ?? l10n.t('running'),
    labelled(l10n.t('Operating system'), details?.os === undefined ? undefined : longOsText(details.os)),
    labelled(l10n.t('Addresses'), details?.addresses.slice(0, 8).join(', ')),
    details?.withheld === true ? withheldWords(l10n) : undefined,
    labelled(l10n.t('Since'), machine.since === undefined ? undefined : momentText(machine.since, language)),
    ...usageLines(facts.use?.usage, l10n),
    labelled(l10n.t('Class'), machine.className),
    labelled(l10n.t('Service'), machine.service),
    labelled(l10n.t('Unit'), machine.unit),
    labelled(l10n.t('Leader'), machine.leader),
    labelled(l10n.t('Control group'), machine.group),
    labelled(l10n.t('Root directory'), machine.rootDirectory),
  ]).join('\n');
};
