import * as vscode from 'vscode';
import { pickOne } from '../../questions.ts';
import type { ControlGroup } from '../../../machines/cgroups/controlGroup.ts';
import { type GroupParameter, readGroupParameters } from '../../../machines/cgroups/parameters/readGroupParameters.ts';
import { readOwners, type Unit } from '../../../machines/cgroups/groupOwner.ts';
import { MachineError } from '../../../machines/errors.ts';
import type { ParameterMeaning } from '../../../protocol/parameterMeanings.ts';
import { plainText } from '../../plainText.ts';
import { answered } from '../answers.ts';
import type { CommandServices, Handler } from '../handler.ts';
import { changeGroupParameter, type SetGroupParameter } from './changeGroupParameter.ts';
import { shownGroup } from './groupNames.ts';
import { pickGroups } from './pickGroup.ts';
import { setUnitProperty } from './unitProperty.ts';

const { l10n } = vscode;

interface ParameterItem extends vscode.QuickPickItem {
  readonly parameter: GroupParameter;
  /** Stands for all that systemd sets and no file here. */
  readonly unit?: Unit;
}

const valueText = ({ value }: GroupParameter): string => {
  if (value === undefined) return l10n.t('can only be written');
  const [first = '', ...rest] = value.split('\n');
  return rest.length === 0 ? plainText(first, 80) : l10n.t('{0} and {1} more lines', plainText(first, 50), rest.length);
};

const itemOf = (parameter: GroupParameter, meaning: ParameterMeaning | undefined): ParameterItem => {
  const hint = meaning?.hint === undefined ? '' : ` (${meaning.hint.replace(/^[=→]\s*/u, '')})`;
  const summary = meaning?.summary ?? '';
  const detail = [summary, parameter.writable ? (meaning?.form ?? '') : ''].filter((text) => text !== '').join(' — ');
  return {
    parameter,
    label: plainText(parameter.name, 80),
    description: `${valueText(parameter)}${hint}`,
    ...(detail === '' ? {} : { detail }),
    iconPath: new vscode.ThemeIcon(parameter.writable ? 'edit' : 'eye'),
  };
};

const separator = (label: string): ParameterItem & { readonly kind: vscode.QuickPickItemKind } => ({
  label,
  kind: vscode.QuickPickItemKind.Separator,
  parameter: { name: '', value: undefined, writable: false },
});

const propertyItems = (unit: Unit): readonly ParameterItem[] => [
  separator(l10n.t('set by systemd')),
  {
    label: l10n.t('Property of the Unit…'),
    description: 'CPUQuota, CPUShares, MemoryLimit, BlockIOWeight, Startup…',
    detail: l10n.t('What only systemd sets, or no file of this host holds'),
    iconPath: new vscode.ThemeIcon('gear'),
    // Whoever types the name of a property that is none of the parameters above comes to it from here.
    alwaysShow: true,
    parameter: { name: '', value: undefined, writable: false },
    unit,
  },
];

/** The parameters of a group with what they mean, those that can be set first. */
const itemsOf = async (
  { language }: CommandServices,
  group: ControlGroup,
  set: SetGroupParameter | undefined,
): Promise<readonly ParameterItem[]> => {
  const owner = (await readOwners())(group);
  const all = await readGroupParameters(group);
  const parameters = set === undefined ? all : all.filter(({ name, writable }) => !writable || set.isOffered(name));
  if (all.length === 0) throw new MachineError({ kind: 'noSuchGroup', path: group.path });
  const client = await language.running();
  const meanings = await client.parameterMeanings(
    group.hierarchy.version,
    parameters.map(({ name, value }) => ({ name, ...(value === undefined ? {} : { value }) })),
  );
  const items = parameters.map((parameter, index) => itemOf(parameter, meanings[index]));
  return [
    separator(l10n.t('can be set')),
    ...items.filter(({ parameter }) => parameter.writable),
    separator(l10n.t('can only be read')),
    ...items.filter(({ parameter }) => !parameter.writable),
    ...(owner.kind === 'unit' ? propertyItems(owner.unit) : []),
  ];
};

/**
 * Shows every parameter of a group; choosing one that can be set asks for its value, and the others are shown whole.
 * @param set in place of the kernel's file and of systemd
 */
export const chooseGroupParameter = async (
  services: CommandServices,
  group: ControlGroup,
  set?: SetGroupParameter,
): Promise<void> => {
  const picked = await pickOne(itemsOf(services, group, set), {
    title: l10n.t('Parameters of {0}', shownGroup(group)),
    placeHolder: l10n.t('A parameter to set or to read'),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  const { parameter, unit } = answered(picked);
  if (unit !== undefined) await setUnitProperty(services, unit);
  else if (parameter.writable) await changeGroupParameter(services, group, parameter.name, set);
  else await services.documents.showText(`${group.path} ${parameter.name}`, `${parameter.value ?? ''}\n`);
};

export const groupParameters: Handler = async (services, args) => {
  const [group] = await pickGroups(services, args, l10n.t('Parameters'));
  if (group !== undefined) await chooseGroupParameter(services, group);
};
