import * as vscode from 'vscode';
import { pickOne } from '../../questions.ts';
import type { ControlGroup } from '../../../machines/cgroups/controlGroup.ts';
import { type Knob, readKnobs } from '../../../machines/cgroups/knobs/readKnobs.ts';
import { readOwners, type Unit } from '../../../machines/cgroups/groupOwner.ts';
import { MachineError } from '../../../machines/errors.ts';
import type { ParameterMeaning } from '../../../protocol/parameterMeanings.ts';
import { plainText } from '../../plainText.ts';
import { answered } from '../answers.ts';
import type { CommandServices, Handler } from '../handler.ts';
import { changeKnob, type SetKnob } from './changeKnob.ts';
import { shownGroup } from './groupNames.ts';
import { pickGroups } from './pickGroup.ts';
import { setUnitProperty } from './unitProperty.ts';

const { l10n } = vscode;

interface KnobItem extends vscode.QuickPickItem {
  readonly knob: Knob;
  /** Stands for all that systemd sets and no file here. */
  readonly unit?: Unit;
}

const valueText = ({ value }: Knob): string => {
  if (value === undefined) return l10n.t('can only be written');
  const [first = '', ...rest] = value.split('\n');
  return rest.length === 0 ? plainText(first, 80) : l10n.t('{0} and {1} more lines', plainText(first, 50), rest.length);
};

const itemOf = (knob: Knob, meaning: ParameterMeaning | undefined): KnobItem => {
  const hint = meaning?.hint === undefined ? '' : ` (${meaning.hint.replace(/^[=→]\s*/u, '')})`;
  const summary = meaning?.summary ?? '';
  const detail = [summary, knob.writable ? (meaning?.form ?? '') : ''].filter((text) => text !== '').join(' — ');
  return {
    knob,
    label: plainText(knob.name, 80),
    description: `${valueText(knob)}${hint}`,
    ...(detail === '' ? {} : { detail }),
    iconPath: new vscode.ThemeIcon(knob.writable ? 'edit' : 'eye'),
  };
};

const separator = (label: string): KnobItem & { readonly kind: vscode.QuickPickItemKind } => ({
  label,
  kind: vscode.QuickPickItemKind.Separator,
  knob: { name: '', value: undefined, writable: false },
});

const propertyItems = (unit: Unit): readonly KnobItem[] => [
  separator(l10n.t('set by systemd')),
  {
    label: l10n.t('Property of the Unit…'),
    description: 'CPUQuota, CPUShares, MemoryLimit, BlockIOWeight, Startup…',
    detail: l10n.t('What only systemd sets, or no file of this host holds'),
    iconPath: new vscode.ThemeIcon('gear'),
    // Whoever types the name of a property that is none of the parameters above comes to it from here.
    alwaysShow: true,
    knob: { name: '', value: undefined, writable: false },
    unit,
  },
];

/** The parameters of a group with what they mean, those that can be set first. */
const itemsOf = async (
  { language }: CommandServices,
  group: ControlGroup,
  set: SetKnob | undefined,
): Promise<readonly KnobItem[]> => {
  const owner = (await readOwners())(group);
  const all = await readKnobs(group);
  const knobs = set === undefined ? all : all.filter(({ name, writable }) => !writable || set.isOffered(name));
  if (all.length === 0) throw new MachineError({ kind: 'noSuchGroup', path: group.path });
  const client = await language.running();
  const meanings = await client.parameterMeanings(
    group.hierarchy.version,
    knobs.map(({ name, value }) => ({ name, ...(value === undefined ? {} : { value }) })),
  );
  const items = knobs.map((knob, index) => itemOf(knob, meanings[index]));
  return [
    separator(l10n.t('can be set')),
    ...items.filter(({ knob }) => knob.writable),
    separator(l10n.t('can only be read')),
    ...items.filter(({ knob }) => !knob.writable),
    ...(owner.kind === 'unit' ? propertyItems(owner.unit) : []),
  ];
};

/**
 * Shows every parameter of a group; choosing one that can be set asks for its value, and the others are shown whole.
 * @param set in place of the kernel's file and of systemd
 */
export const chooseKnob = async (services: CommandServices, group: ControlGroup, set?: SetKnob): Promise<void> => {
  const picked = await pickOne(itemsOf(services, group, set), {
    title: l10n.t('Parameters of {0}', shownGroup(group)),
    placeHolder: l10n.t('A parameter to set or to read'),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  const { knob, unit } = answered(picked);
  if (unit !== undefined) await setUnitProperty(services, unit);
  else if (knob.writable) await changeKnob(services, group, knob.name, set);
  else await services.documents.showText(`${group.path} ${knob.name}`, `${knob.value ?? ''}\n`);
};

export const knobs: Handler = async (services, args) => {
  const [group] = await pickGroups(services, args, l10n.t('Parameters'));
  if (group !== undefined) await chooseKnob(services, group);
};
