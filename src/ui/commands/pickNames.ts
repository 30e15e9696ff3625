import * as vscode from 'vscode';
import { pickOne, pickSeveral } from '../questions.ts';
import { showInformation } from '../notifications.ts';
import { MachineError } from '../../machines/errors.ts';
import { canBeNamed, notOffered } from '../../machines/backend.ts';
import { shownName } from '../plainText.ts';
import type { Services } from '../services.ts';
import { imageTypeText } from '../tree/imageRow.ts';
import { tellApart } from '../tree/kinds.ts';
import { answered, cancelled } from './answers.ts';
import {
  areMachines,
  fits,
  hostImage,
  machineOfImage,
  machineOfTarget,
  idsOf,
  idsThatFit,
  isWanted,
  type Target,
  targetsOf,
  type Wanted,
} from './targets.ts';

const knownTo = ({
  backends,
  inventory: { machines, images, enabled, failed },
}: Services): Parameters<typeof fits>[0] => ({
  ...{ backends, machines, images, enabled, failed },
});

/** Why a name that was clicked does not fit, in words. Undefined where it is simply not there any more. */
const doesNotFit = (services: Services, name: string, { fits: wanted }: Wanted): string | undefined => {
  const shown = shownName(name, 80);
  const image = services.inventory.images.get(name);
  const running = machineOfImage(services.inventory, name) !== undefined;
  const mustNotRun = wanted === 'stoppedImage' || wanted === 'startable' || wanted === 'renamable';
  if (mustNotRun && running) return vscode.l10n.t('{0} is running.', shown);
  if (mustNotRun && wanted !== 'renamable' && image !== undefined && services.inventory.machines.has(name))
    return vscode.l10n.t('Another image runs as {0}. Stop it first.', shown);
  if (running && wanted === 'frozenMachine') return vscode.l10n.t('{0} is not frozen.', shown);
  if (running && wanted === 'unfrozenMachine') return vscode.l10n.t('{0} is frozen already.', shown);
  if (image === undefined) return undefined;
  if (areMachines(wanted)) return vscode.l10n.t('{0} is not running.', shown);
  if (name === hostImage) return vscode.l10n.t('{0} is this system itself.', shown);
  if (!image.managed)
    return vscode.l10n.t(
      '{0} lies in a directory that machinectl does not know. Boot it in a terminal instead.',
      shown,
    );
  const named = canBeNamed(services.backends, name);
  if (!named && (wanted === 'startable' || wanted === 'machineImage' || wanted === 'enabled' || wanted === 'disabled'))
    return vscode.l10n.t('{0} is no name that a machine can have. Rename the image first.', shown);
  if (wanted === 'enabled') return vscode.l10n.t('{0} does not start at boot anyway.', shown);
  if (wanted === 'disabled') return vscode.l10n.t('{0} starts at boot already.', shown);
  if (wanted === 'writableImage') return vscode.l10n.t('{0} is read-only already.', shown);
  if (wanted === 'readOnlyImage') return vscode.l10n.t('{0} is not read-only.', shown);
  return undefined;
};

const describe = (services: Services, name: string): string => {
  const { machines, images } = services.inventory;
  const image = images.get(name);
  const words = [
    ...tellApart(services, name),
    machines.has(name) ? vscode.l10n.t('running') : undefined,
    image === undefined ? undefined : imageTypeText(image.type, vscode.l10n),
    image?.readOnly === true ? vscode.l10n.t('read-only') : undefined,
  ];
  return words.filter((word) => word !== undefined).join(', ');
};

interface NameItem extends vscode.QuickPickItem {
  readonly machineName: string;
}

const itemsFor = (services: Services, wanted: Wanted): readonly NameItem[] => {
  const found = idsThatFit(knownTo(services), wanted);
  return found.map((name) => ({
    machineName: name,
    label: shownName(name, 200),
    description: describe(services, name),
    iconPath: new vscode.ThemeIcon(services.inventory.machines.has(name) ? 'vm-running' : 'vm-outline'),
  }));
};

/** What is meant by rows: the row of an image that runs under another name is as good as the row of its machine. */
const namesMeant = ({ inventory }: Services, targets: readonly Target[], wanted: Wanted): readonly string[] =>
  areMachines(wanted.fits) ? targets.flatMap((target) => machineOfTarget(inventory, target) ?? []) : idsOf(targets);

/** From the palette: the names of the row that the keyboard is on, and of those selected with it. */
const namesInFocus = async (services: Services, wanted: Wanted): Promise<readonly string[]> =>
  namesMeant(services, targetsOf(await services.focusedRows.argumentsOf('nspawn.machines')) ?? [], wanted);

/** First those in the focus, chosen already, so that Enter is enough. */
const items = async (services: Services, wanted: Wanted): Promise<readonly NameItem[]> => {
  const focused = await namesInFocus(services, wanted);
  // The view may be hidden, and then nothing is kept current.
  await services.inventory.refresh();
  const found = itemsFor(services, wanted);
  const isFocused = ({ machineName }: NameItem): boolean => focused.includes(machineName);
  const first = found.filter(isFocused).map((item) => ({ ...item, picked: true }));
  if (found.length > 0) return [...first, ...found.filter((item) => !isFocused(item))];
  void showInformation(vscode.l10n.t('None of the machines and images here offers this.'));
  throw cancelled();
};

/** Where there is only one, Enter is enough. */
const preselected = async (found: Promise<readonly NameItem[]>): Promise<readonly NameItem[]> => {
  const [only, ...others] = await found;
  return only === undefined || others.length > 0 ? found : [{ ...only, picked: true }];
};

/** The names among those clicked that fit. @throws MachineError where none does, notOffered */
const check = (services: Services, targets: readonly Target[], wanted: Wanted): readonly string[] => {
  const known = knownTo(services);
  const meant = [...new Set(namesMeant(services, targets, wanted))];
  const fitting = meant.filter((name) => isWanted(known, name, wanted));
  if (fitting.length > 0) return fitting;
  const unable = meant.find((name) => fits(known, name, wanted.fits));
  if (unable !== undefined) throw notOffered(services.backends, unable);
  const [name = ''] = idsOf(targets);
  const why = doesNotFit(services, name, wanted);
  if (why === undefined)
    throw new MachineError({ kind: areMachines(wanted.fits) ? 'noSuchMachine' : 'noSuchImage', name });
  void showInformation(why);
  throw cancelled();
};

/**
 * What the command acts on: the rows clicked or selected, or from the palette what the user picks among all that fit.
 * @throws MachineError cancelled, noSuchMachine, noSuchImage
 */
export const pickNames = async (
  services: Services,
  args: readonly unknown[],
  wanted: Wanted,
  title: string,
): Promise<readonly string[]> => {
  const targets = targetsOf(args);
  if (targets !== undefined) return check(services, targets, wanted);
  const picked = answered(
    await pickSeveral(preselected(items(services, wanted)), {
      title,
      placeHolder: vscode.l10n.t('Choose one or several'),
    }),
  );
  if (picked.length === 0) throw cancelled();
  return picked.map((item) => item.machineName);
};

/** The same for a command that acts on one thing only: of several selected, the one that was clicked. */
export const pickName = async (
  services: Services,
  args: readonly unknown[],
  wanted: Wanted,
  title: string,
): Promise<string> => {
  const targets = targetsOf(args.slice(0, 1));
  if (targets !== undefined) return answered(check(services, targets, wanted)[0]);
  return answered(await pickOne(items(services, wanted), { title })).machineName;
};
