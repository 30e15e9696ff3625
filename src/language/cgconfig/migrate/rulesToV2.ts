import * as l10n from '@vscode/l10n';
import { fieldsOf } from '../../cgrules/fields.ts';
import type { Fields } from '../../cgrules/fields.ts';
import type { LibcgroupVersion } from '../../context.ts';
import type { ConfigDocument, Entry } from '../../document.ts';
import type { TextChange } from '../../finding.ts';
import { info, warning } from './migrationNote.ts';
import type { Remark } from './migrationNote.ts';
import { addComments, commentOut } from './placeInLine.ts';
import { successorOf } from './successor.ts';
import type { V2Migration } from './toV2.ts';
import type { MigrationNote } from '../../../protocol/migration.ts';

/** The controllers of a rule under the names of v2, each once. */
const modernControllers = (field: string): readonly string[] => {
  const names = field
    .split(',')
    .filter((name) => name !== '')
    .flatMap((name) => {
      if (name === '*') return [name];
      const successor = successorOf(name);
      // A process is in one group of v2 anyway, so a rule needs no word for what every group has.
      return 'none' in successor ? [] : [successor.controller];
    });
  return [...new Set(names)];
};

const remarkOn = ({ key, destination }: Fields, last: Fields | undefined): Remark | undefined => {
  const goesOn = key?.text === '%' && last !== undefined && last.destination?.text !== destination?.text;
  return goesOn
    ? warning(
        l10n.t(
          'In cgroup v2 a process is in one group for all controllers, so this line moves it out of the one above.',
        ),
      )
    : undefined;
};

/** The same rules for cgroup v2, as changes of a cgrules.conf: controllers get their new names, and rules for none become comments. */
export const rulesToV2 = (document: ConfigDocument, text: string, version: LibcgroupVersion): V2Migration => {
  const changes: TextChange[] = [];
  const notes: MigrationNote[] = [];
  const note = ({ line }: Entry, remark: Remark): readonly string[] => {
    notes.push({ line, ...remark });
    return [remark.text];
  };
  let last: Fields | undefined;
  for (const entry of document.loose) {
    const fields = fieldsOf(text, entry, version);
    const { controllers } = fields;
    if (controllers === undefined || fields.destination === undefined) continue;
    const names = modernControllers(controllers.text);
    const end = entry.start + text.slice(entry.start, entry.end).trimEnd().length;
    if (names.length === 0) {
      const remark = info(l10n.t`cgroup v2 has no controller for ${controllers.text}.`);
      changes.push(commentOut(text, { start: entry.start, end }, note(entry, remark)));
      continue;
    }
    const remark = remarkOn(fields, last);
    if (remark !== undefined) changes.push(...addComments(text, entry, note(entry, remark)));
    const modern = names.join(',');
    if (modern !== controllers.text) changes.push({ start: controllers.start, end: controllers.end, text: modern });
    last = fields;
  }
  return { changes, notes };
};
