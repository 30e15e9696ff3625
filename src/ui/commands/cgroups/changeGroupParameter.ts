import * as vscode from 'vscode';
import { pickOne } from '../../questions.ts';
import { showInformation } from '../../notifications.ts';
import type { ControlGroup } from '../../../machines/cgroups/controlGroup.ts';
import { readGroupParameterValue } from '../../../machines/cgroups/parameters/readGroupParameters.ts';
import {
  type Lasting,
  setGroupParameter,
  setProperties,
} from '../../../machines/cgroups/parameters/setGroupParameter.ts';
import { lookAtGroup, type SeenGroup } from '../../../machines/cgroups/operate/seen.ts';
import { readOwners, type Unit, unitInTheWay } from '../../../machines/cgroups/groupOwner.ts';
import type { ParameterMeaning, ParameterQuestion, WriteOutcome } from '../../../protocol/parameterMeanings.ts';
import { plainText } from '../../plainText.ts';
import { answered } from '../answers.ts';
import type { CommandServices } from '../handler.ts';
import { shownUnit } from './aboutSystemd.ts';
import { askValue } from './askValue.ts';
import { changeGroups, type Changes, changes } from './changeGroups.ts';
import { shownGroup } from './groupNames.ts';

const { l10n } = vscode;

type Way = Lasting | 'kernel';

/** How long systemd is to keep what it sets. */
export const lastings = (
  settings: readonly string[],
): readonly (vscode.QuickPickItem & { readonly way: Lasting })[] => {
  const command = settings.join(' ');
  return [
    { way: 'untilReboot', label: l10n.t('Until Reboot'), description: `systemctl set-property --runtime ${command}` },
    { way: 'forGood', label: l10n.t('For Good'), description: `systemctl set-property ${command}` },
  ];
};

export const howLong = (unit: Unit): string =>
  l10n.t('{0} is a unit of systemd, so systemd sets the value. How long is it to last?', shownUnit(unit));

/** A unit gets its value from systemd, which would otherwise set it back. */
const askWay = async (unit: Unit, settings: readonly string[] | undefined, title: string): Promise<Way> => {
  const bySystemd = settings === undefined ? [] : lastings(settings);
  const byKernel = {
    way: 'kernel' as const,
    label: l10n.t("Only in the Kernel's File"),
    description: l10n.t('systemd does not know of it and may set it back'),
  };
  const placeHolder =
    settings === undefined
      ? l10n.t('{0} is a unit of systemd, which has no property for this value.', shownUnit(unit))
      : howLong(unit);
  return answered(await pickOne([...bySystemd, byKernel], { title, placeHolder })).way;
};

const meaningOf = async (
  { language }: CommandServices,
  { hierarchy }: ControlGroup,
  question: ParameterQuestion,
): Promise<ParameterMeaning | undefined> => {
  const [meaning] = await (await language.running()).parameterMeanings(hierarchy.version, [question]);
  return meaning;
};

/** Another way to set a parameter, and what to offer when it is set. */
export interface SetGroupParameter {
  /** Of what can be set. */
  readonly isOffered: (name: string) => boolean;
  readonly plan: (name: string, value: string) => Changes;
  /** The title of the offer; undefined where there is none. */
  readonly more: (name: string) => string | undefined;
  readonly doMore: (name: string, value: string) => Promise<void>;
}

const plan = async (services: CommandServices, group: SeenGroup, name: string, value: string): Promise<Changes> => {
  const byFile = changes(() => setGroupParameter(group, name, value));
  const ownerOf = await readOwners();
  const owner = ownerOf(group);
  const unit = owner.kind === 'unit' ? owner.unit : await unitInTheWay(services.run, owner);
  if (unit === undefined) return byFile;
  const settings = owner.kind === 'unit' ? (await meaningOf(services, group, { name, value }))?.settings : undefined;
  const way = await askWay(unit, settings, shownGroup(group));
  return way === 'kernel' || settings === undefined ? byFile : changes(() => setProperties(unit, settings, way));
};

/** What the kernel has made of it, as a sentence. */
const describe = (name: string, written: string, read: string, outcome: WriteOutcome): string => {
  const shown = plainText(read, 120);
  switch (outcome.kind) {
    case 'asWritten':
    case 'sameNumber':
      return l10n.t('{0} is now {1}.', name, shown);
    case 'roundedDown':
      return l10n.t('{0} is now {1}: rounded down to whole pages of {2} bytes.', name, shown, outcome.page);
    case 'other':
      return l10n.t('{0} is now {1}. Written was {2}.', name, shown, plainText(written, 60));
  }
};

/** Sets a parameter and says what the kernel has made of it. */
export const setValue = async (
  services: CommandServices,
  group: SeenGroup,
  name: string,
  value: string,
  set?: SetGroupParameter,
): Promise<void> => {
  const title = l10n.t('Setting {0} of {1}', plainText(name, 60), shownGroup(group));
  if (!(await changeGroups(services, title, set?.plan(name, value) ?? (await plan(services, group, name, value)))))
    return;
  const read = await readGroupParameterValue(group, name);
  const outcome = read === undefined ? undefined : (await meaningOf(services, group, { name, value, read }))?.outcome;
  const sentence =
    read === undefined || outcome === undefined
      ? l10n.t('{0} has been written.', plainText(name, 60))
      : describe(plainText(name, 60), value, read, outcome);
  services.log.info(sentence);
  const more = set?.more(name);
  if (more === undefined) void showInformation(sentence);
  else if ((await showInformation(sentence, more)) === more) await set?.doMore(name, value);
};

/** Asks for a new value of a parameter, and sets it. @throws MachineError cancelled */
export const changeGroupParameter = async (
  services: CommandServices,
  given: ControlGroup,
  name: string,
  set?: SetGroupParameter,
): Promise<void> => {
  const group = await lookAtGroup(given);
  const value = (await readGroupParameterValue(group, name)) ?? '';
  const { version } = group.hierarchy;
  const oneLine = value.includes('\n') ? {} : { value };
  await setValue(
    services,
    group,
    name,
    await askValue(services, { title: shownGroup(group), version, name, ...oneLine }),
    set,
  );
};
