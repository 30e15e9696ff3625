import * as l10n from '@vscode/l10n';
import type { Section } from '../../document.ts';
import { controllerBlocksOf, convertGroup } from './convertGroup.ts';
import { deviceSettingsOf } from './deviceSettings.ts';
import { successorOf } from './successor.ts';
import type { UnitPart } from './unitDraft.ts';
import { unitSettingsOf } from '../unitSettings.ts';
import type { UnitSettings } from '../unitSettings.ts';
import type { MigrationNote } from '../../../protocol/migration.ts';

export interface GroupSettings {
  readonly parts: readonly UnitPart[];
  readonly notes: readonly MigrationNote[];
  /** The group begins frozen. */
  readonly isFrozen: boolean;
}

interface PlacedPart extends UnitPart {
  readonly at: number;
}

/** Blocks whose controller v2 does not have, and that set nothing. */
const namedHierarchies = (group: Section): readonly MigrationNote[] =>
  controllerBlocksOf(group)
    .filter(({ name }) => name.startsWith('name='))
    .map(({ line }) => ({
      line,
      level: 'info',
      text: l10n.t('A hierarchy with a name only sorts processes, and so does the unit.'),
    }));

/** systemd counts reading and writing only where it is asked to, and everything else by itself. */
const accounting = (group: Section): readonly PlacedPart[] =>
  controllerBlocksOf(group)
    .filter(({ name, entries }) => ['blkio', 'io'].includes(name) && entries.length === 0)
    .map(({ start }) => ({ at: start, comments: [], settings: [{ key: 'IOAccounting', value: 'yes' }] }));

/**
 * What a group is as settings of a unit. `wanted` tells which controllers count; a rule of cgrules.conf may be for some only.
 * Without it the group is one of its own, which also counts what it does not limit.
 */
export const groupSettings = (
  group: Section,
  systemdVersion: number,
  wanted?: (controller: string) => boolean,
): GroupSettings => {
  const isWanted = wanted ?? (() => true);
  const { settings, lost } = convertGroup(group);
  const notes: MigrationNote[] = [...namedHierarchies(group)];
  const parts: PlacedPart[] = wanted === undefined ? [...accounting(group)] : [];
  const chosen = settings.filter(({ controller }) => isWanted(controller));
  const hasIoWeight = chosen.some(({ key }) => key === 'io.weight');
  for (const setting of chosen) {
    const [{ line, start, key: written }] = setting.from;
    const unit: UnitSettings =
      setting.key === 'io.bfq.weight' && hasIoWeight
        ? {
            settings: [],
            remarks: [{ level: 'warning', text: l10n.t('IOWeight= sets io.weight and io.bfq.weight together.') }],
          }
        : unitSettingsOf(setting, { systemdVersion, isNew: true });
    const remarks = unit.settings.length === 0 ? unit.remarks : [...setting.remarks, ...unit.remarks];
    notes.push(...remarks.map((remark) => ({ line, ...remark })));
    const comments = remarks.map(({ text }) => (unit.settings.length === 0 ? `${written}: ${text}` : text));
    parts.push({ at: start, comments, settings: unit.settings });
  }
  const blockOf = new Map(
    controllerBlocksOf(group).flatMap((block) => block.entries.map((entry) => [entry, block] as const)),
  );
  for (const { entry, remark } of lost) {
    const block = blockOf.get(entry);
    const successor = successorOf(block?.name ?? '');
    // Devices have settings of their own below.
    // A frozen group has a command of its own.
    if (
      block?.name === 'devices' ||
      entry.key === 'freezer.state' ||
      !isWanted('none' in successor ? (block?.name ?? '') : successor.controller)
    )
      continue;
    notes.push({ line: entry.line, ...remark });
    parts.push({ at: entry.start, comments: [`${entry.key}: ${remark.text}`], settings: [] });
  }
  if (isWanted('devices')) {
    const devices = deviceSettingsOf(group);
    const at = group.sections.find(({ name }) => name === 'devices')?.start ?? 0;
    for (const note of devices.notes) notes.push(note);
    parts.push({
      at,
      comments: [...new Set(devices.notes.map(({ text }) => `devices: ${text}`))],
      settings: devices.settings,
    });
  }
  return {
    parts: parts.sort((a, b) => a.at - b.at),
    notes: notes.sort((a, b) => a.line - b.line),
    isFrozen: controllerBlocksOf(group)
      .flatMap(({ entries }) => entries)
      .some(({ key, value }) => key === 'freezer.state' && value.trim() === 'FROZEN'),
  };
};
