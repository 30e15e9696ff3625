import type { Inventory } from '../../machines/inventory.ts';
import type { MachineDetails, OsRelease } from '../../machines/machine.ts';
import type { BusyRows } from '../busyRows.ts';
import { detailRow, problemRow } from './detailRow.ts';
import { groupRow } from './groupRow.ts';
import { type ImageFacts, imageRow, imageTooltip } from './imageRow.ts';
import type { LazyAnswers } from './lazyAnswers.ts';
import { type MachineFacts, machineRow, machineTooltip } from './machineRow.ts';
import { type ImageNode, type MachineNode, type Node, nodeId } from './node.ts';
import type { OpenedRows } from './openedRows.ts';
import type { L10n, Row } from './row.ts';
import type { TreeModel } from './treeModel.ts';

/** Where a row's words come from. */
export interface Drawing {
  readonly inventory: Pick<Inventory, 'machines' | 'images'>;
  readonly busy: BusyRows;
  readonly model: Pick<TreeModel, 'countOf' | 'machineOf'>;
  readonly answers: Pick<LazyAnswers<MachineDetails>, 'get'>;
  readonly opened: Pick<OpenedRows, 'detailOf'>;
  readonly language: string;
  readonly l10n: L10n;
}

const machineFacts = ({ inventory, busy, answers }: Drawing, node: MachineNode): MachineFacts | undefined => {
  const machine = inventory.machines.get(node.name);
  if (machine === undefined) return undefined;
  const id = nodeId(node);
  return {
    machine,
    details: answers.get(node.name),
    busy: busy.get(id),
    failed: busy.failure(id),
    now: Date.now(),
  };
};

const imageFacts = ({ inventory, busy, model }: Drawing, node: ImageNode): ImageFacts | undefined => {
  const image = inventory.images.get(node.name);
  if (image === undefined) return undefined;
  const id = nodeId(node);
  return { image, machine: model.machineOf(image), busy: busy.get(id), failed: busy.failure(id) };
};

/** VS Code may still draw a row whose machine has gone a moment ago: it says so and offers nothing. */
const goneRow = (drawing: Drawing): Row => ({ ...problemRow(drawing.l10n.t('no longer there')), collapsible: 'none' });

export const drawRow = (drawing: Drawing, node: Node): Row => {
  const { l10n } = drawing;
  switch (node.kind) {
    case 'group':
      return groupRow(node.group, drawing.model.countOf(node.group), l10n);
    case 'machine': {
      const facts = machineFacts(drawing, node);
      return facts === undefined ? goneRow(drawing) : machineRow(facts, l10n);
    }
    case 'image': {
      const facts = imageFacts(drawing, node);
      return facts === undefined ? goneRow(drawing) : imageRow(facts, l10n);
    }
    case 'detail': {
      const detail = drawing.opened.detailOf(node);
      return detail === undefined ? goneRow(drawing) : detailRow(detail, l10n);
    }
    case 'problem':
      return problemRow(node.message);
  }
};

/** The tooltip of a machine or image; undefined for rows that have one from the start. */
export const drawTooltip = (
  drawing: Drawing,
  node: MachineNode | ImageNode,
  imageOs: OsRelease | undefined,
): string | undefined => {
  if (node.kind === 'machine') {
    const facts = machineFacts(drawing, node);
    return facts === undefined ? undefined : machineTooltip(facts, drawing.language, drawing.l10n);
  }
  const facts = imageFacts(drawing, node);
  return facts === undefined ? undefined : imageTooltip(facts, imageOs, drawing.language, drawing.l10n);
};
