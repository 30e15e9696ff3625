import * as l10n from '@vscode/l10n';
import type { Entry, Section } from '../../document.ts';
import { controllerBlocksOf } from './convertGroup.ts';
import { info, warning } from './migrationNote.ts';
import type { Remark } from './migrationNote.ts';
import type { UnitSetting } from '../unitSettings.ts';
import type { MigrationNote } from '../../../protocol/migration.ts';

interface DeviceRule {
  readonly allows: boolean;
  readonly type: string;
  readonly major: string;
  readonly minor: string;
  readonly access: string;
}

const rulesIn = (entry: Entry): readonly (DeviceRule | undefined)[] =>
  entry.value
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const [, type = '', major = '*', minor = '*', access = 'rwm'] =
        /^([abc])(?:\s+(\d+|\*):(\d+|\*)(?:\s+([rwm]+))?)?$/u.exec(line) ?? [];
      // The kernel reads nothing behind an `a`: it is about all devices.
      if (type === 'a' || line.startsWith('a'))
        return { allows: entry.key === 'devices.allow', type: 'a', major: '*', minor: '*', access: 'rwm' };
      return type === '' ? undefined : { allows: entry.key === 'devices.allow', type, major, minor, access };
    });

const deviceWord = ({ type, major, minor }: DeviceRule): string | undefined => {
  const kind = type === 'b' ? 'block' : 'char';
  if (minor !== '*') return major === '*' ? undefined : `/dev/${kind}/${major}:${minor}`;
  return `${kind}-${major}`;
};

export interface DeviceSettings {
  readonly settings: readonly UnitSetting[];
  readonly notes: readonly MigrationNote[];
}

/**
 * A group of v1 may use all devices of its parent until it is denied some. systemd knows only what is allowed, so only a group
 * that was denied all has a counterpart.
 */
export const deviceSettingsOf = (group: Section): DeviceSettings => {
  const notes: MigrationNote[] = [];
  const allowed: UnitSetting[] = [];
  let isStrict = false;
  const note = ({ line }: Entry, remark: Remark): void => {
    notes.push({ line, ...remark });
  };
  for (const block of controllerBlocksOf(group).filter(({ name }) => name === 'devices'))
    for (const entry of block.entries)
      for (const rule of rulesIn(entry)) {
        if (rule === undefined) note(entry, warning(l10n.t`This is no rule for a device: ${entry.value}`));
        else if (rule.type === 'a') {
          isStrict = !rule.allows;
          allowed.length = 0;
        } else if (!rule.allows)
          note(entry, warning(l10n.t('systemd cannot deny a single device: DeviceAllow= lists what is allowed.')));
        else if (!isStrict)
          note(entry, info(l10n.t('Without a denial of all devices before it, this allows what was allowed anyway.')));
        else {
          const word = deviceWord(rule);
          if (word === undefined)
            note(entry, warning(l10n.t('systemd knows no rule for one minor number of all majors.')));
          else allowed.push({ key: 'DeviceAllow', value: `${word} ${rule.access}` });
        }
      }
  return { settings: isStrict ? [{ key: 'DevicePolicy', value: 'strict' }, ...allowed] : [], notes };
};
