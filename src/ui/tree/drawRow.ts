import { type Backends, backendOf } from '../../machines/backend.ts';
import type { Inventory } from '../../machines/inventory.ts';
import type { MachineDetails, OsRelease } from '../../machines/machine.ts';
import { nameOf, readRef } from '../../machines/reference.ts';
import type { BusyRows } from '../busyRows.ts';
import { abilitiesOf, type Ability } from './abilities.ts';
import { detailLine, detailRow, problemRow } from './detailRow.ts';
import { fileDetails } from './details.ts';
import type { OwnFiles } from '../../machines/image.ts';
import { type FailedMachineFacts, failedMachineRow, failedMachineTooltip } from './failedMachineRow.ts';
import { failureOfImage, startUnitOf } from './failedUnit.ts';
import { rowGroupRow } from './groupRow.ts';
import { kindOfGroup } from './groups.ts';
import { type ImageFacts, imageRow, imageTooltip } from './imageRow.ts';
import type { Kinds } from './kinds.ts';
import type { LazyAnswers } from './lazyAnswers.ts';
import { type MachineFacts, machineRow, machineTooltip } from './machineRow.ts';
import type { MachineUse } from './machineUse.ts';
import { type ImageNode, type MachineNode, type Node, nodeId } from './node.ts';
import type { OpenedRows } from './openedRows.ts';
import { type L10n, labelled, present, type Row } from './row.ts';
import type { TreeModel } from './treeModel.ts';

/** Where a row's words come from. */
export interface Drawing {
  readonly backends: Backends;
  readonly inventory: Pick<Inventory, 'machines' | 'images' | 'enabled' | 'failed'>;
  readonly busy: BusyRows;
  readonly model: Pick<TreeModel, 'countOf' | 'machineOn'>;
  readonly answers: Pick<LazyAnswers<MachineDetails>, 'get'>;
  readonly use: Pick<MachineUse, 'of'>;
  /** Whether figures stand on the rows. */
  readonly figures: () => boolean;
  readonly opened: Pick<OpenedRows, 'detailOf'>;
  readonly kinds: Pick<Kinds, 'areSeveral' | 'haveOwners' | 'isShared'>;
  readonly language: string;
  readonly l10n: L10n;
}

/** Whose it is, where there are machines of its kind of several users. */
const ownerOf = ({ backends, kinds }: Drawing, id: string): string | undefined => {
  const ref = readRef(id);
  return kinds.haveOwners(ref.backend) ? backendOf(backends, id)?.ownerOf?.(ref) : undefined;
};

/** Those that only say whether it runs. */
const plainIcons = new Set(['vm-running', 'package', 'database']);

/** Where there are rows of several kinds, the icon says which it is, and its colour the state; what is under way or wrong has icons of its own. */
const kindIcon = ({ backends, kinds }: Drawing, id: string, icon: Row['icon']): Row['icon'] => {
  const own = kinds.areSeveral() ? backendOf(backends, id)?.icon : undefined;
  return own === undefined || icon === undefined || !plainIcons.has(icon.id) ? icon : { ...icon, id: own };
};

/** A row whose name one of another kind, or of another user, has, too, says first of which kind and whose it is. */
const withKind = (drawing: Drawing, id: string, row: Row): Row => {
  const { backends, kinds } = drawing;
  const icon = kindIcon(drawing, id, row.icon);
  if (!kinds.isShared(nameOf(id))) return { ...row, icon };
  const words = present([kinds.areSeveral() ? backendOf(backends, id)?.label : undefined, ownerOf(drawing, id)]);
  const { description, accessible } = row;
  return {
    ...row,
    icon,
    description: present([...words, description]).join(' · '),
    accessible: [accessible, ...words].join(', '),
  };
};

/** What is being done to a row, or has failed, by whichever of its names it was asked for. */
const doings = ({ busy, model }: Drawing, node: MachineNode | ImageNode): Pick<MachineFacts, 'busy' | 'failed'> => {
  const machine = model.machineOn(node);
  const ids = [nodeId(node), ...(machine === undefined ? [] : [nodeId({ kind: 'machine', id: machine })])];
  return {
    busy: ids.map((id) => busy.get(id)).find((what) => what !== undefined),
    failed: ids.map((id) => busy.failure(id)).find((what) => what !== undefined),
  };
};

const abilitiesOn = (drawing: Drawing, node: MachineNode | ImageNode): readonly Ability[] => {
  const { backends, inventory, model } = drawing;
  const id = model.machineOn(node);
  const runs = id === undefined ? undefined : inventory.machines.get(id);
  return abilitiesOf(backends, {
    machine: runs === undefined || runs.className === 'host' ? undefined : runs.id,
    image: node.kind === 'image' ? node.id : undefined,
    failed: inventory.failed.has(node.id) ? node.id : undefined,
  });
};

const machineFacts = (drawing: Drawing, node: MachineNode | ImageNode): MachineFacts | undefined => {
  const { inventory, model, answers } = drawing;
  const id = model.machineOn(node);
  const machine = id === undefined ? undefined : inventory.machines.get(id);
  if (machine === undefined) return undefined;
  return {
    machine,
    details: answers.get(machine.id),
    ...doings(drawing, node),
    abilities: abilitiesOn(drawing, node),
    use: drawing.use.of(machine.id),
    figures: drawing.figures(),
    now: Date.now(),
  };
};

const failedFacts = (drawing: Drawing, node: MachineNode): FailedMachineFacts | undefined => {
  const failure = drawing.inventory.failed.get(node.id);
  const { busy } = doings(drawing, node);
  return failure === undefined ? undefined : { failure, busy, abilities: abilitiesOn(drawing, node) };
};

const imageFacts = (drawing: Drawing, node: ImageNode): ImageFacts | undefined => {
  const image = drawing.inventory.images.get(node.id);
  if (image === undefined) return undefined;
  const enabled = drawing.inventory.enabled.has(node.id);
  const failedUnit = failureOfImage(drawing.inventory.failed, image);
  return {
    image,
    machine: machineFacts(drawing, node),
    ...doings(drawing, node),
    failedUnit,
    abilities: abilitiesOn(drawing, node),
    enabled,
    bootLink: backendOf(drawing.backends, node.id)?.bootLink?.(readRef(node.id)),
    startUnit: startUnitOf(drawing.backends, node.id),
  };
};

/** VS Code may still draw a row whose machine has gone a moment ago: it says so and offers nothing. */
const goneRow = (drawing: Drawing): Row => ({ ...problemRow(drawing.l10n.t('no longer there')), collapsible: 'none' });

export const drawRow = (drawing: Drawing, node: Node): Row => {
  const { l10n } = drawing;
  switch (node.kind) {
    case 'group': {
      const kind = kindOfGroup(node.group);
      const label = kind === undefined ? undefined : drawing.backends.find(({ id }) => id === kind)?.label;
      return rowGroupRow(node.group, drawing.model.countOf(node.group), l10n, label);
    }
    case 'machine': {
      const facts = machineFacts(drawing, node);
      if (facts !== undefined) return withKind(drawing, node.id, machineRow(facts, l10n));
      const failed = failedFacts(drawing, node);
      return failed === undefined ? goneRow(drawing) : failedMachineRow(failed, l10n);
    }
    case 'image': {
      const facts = imageFacts(drawing, node);
      return facts === undefined ? goneRow(drawing) : withKind(drawing, node.id, imageRow(facts, l10n));
    }
    case 'detail': {
      const detail = drawing.opened.detailOf(node);
      return detail === undefined ? goneRow(drawing) : detailRow(detail, l10n);
    }
    case 'problem':
      return problemRow(node.message);
  }
};

const tooltipOf = (
  drawing: Drawing,
  node: MachineNode | ImageNode,
  imageOs: OsRelease | undefined,
): string | undefined => {
  if (node.kind === 'machine') {
    const facts = machineFacts(drawing, node);
    if (facts !== undefined) return machineTooltip(facts, drawing.language, drawing.l10n);
    const failed = failedFacts(drawing, node);
    return failed === undefined ? undefined : failedMachineTooltip(failed, drawing.language, drawing.l10n);
  }
  const facts = imageFacts(drawing, node);
  return facts === undefined ? undefined : imageTooltip(facts, imageOs, drawing.language, drawing.l10n);
};

/** The tooltip of a machine or image; undefined for rows that have one from the start. */
export const drawTooltip = (
  drawing: Drawing,
  node: MachineNode | ImageNode,
  imageOs: OsRelease | undefined,
  files: OwnFiles | undefined,
): string | undefined => {
  const tooltip = tooltipOf(drawing, node, imageOs);
  if (tooltip === undefined) return tooltip;
  const { backends, kinds, l10n } = drawing;
  const kind = kinds.areSeveral() ? backendOf(backends, node.id)?.label : undefined;
  return present([
    tooltip,
    ...fileDetails(files, l10n).map((detail) => detailLine(detail, l10n)),
    labelled(l10n.t('Managed by'), kind),
    labelled(l10n.t('Owner'), ownerOf(drawing, node.id)),
  ]).join('\n');
};
