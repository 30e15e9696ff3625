import * as l10n from '@vscode/l10n';
import { type IdRange, readIdRange } from '../lxc/idMap.ts';
import type { Reading } from '../lxc/reading.ts';
import type { NspawnDraft } from './draft.ts';

const shiftOf = ({ inside, outside }: IdRange): bigint => outside - inside;

/** The numbers of users, of which systemd-nspawn maps one range. */
export const addUsers = (to: NspawnDraft, reading: Reading, isMappedByMount: boolean): void => {
  const lines = reading.entriesOf('lxc.idmap').map((entry) => ({ entry, range: readIdRange(entry.value) }));
  const [first] = lines;
  if (first === undefined) {
    to.set('Exec', 'PrivateUsers', 'no');
    return;
  }
  const root = lines.find(({ range }) => range?.of === 'u' && range.inside === 0n)?.range;
  const shift = root === undefined ? undefined : shiftOf(root);
  const isSame = (range: IdRange | undefined): range is IdRange => range !== undefined && shiftOf(range) === shift;
  const ranges = lines
    .flatMap(({ range }) => (isSame(range) ? [range] : []))
    .sort((a, b) => Number(a.inside - b.inside));
  /** Where what begins at 0 has its first hole. */
  const endOf = (of: 'u' | 'g'): bigint =>
    ranges.reduce((end, range) => {
      const last = range.of === of && range.inside <= end ? range.inside + range.count : 0n;
      return last > end ? last : end;
    }, 0n);
  const [users, groups] = [endOf('u'), endOf('g')];
  const end = users < groups ? users : groups;
  const isMapped = shift !== undefined && shift >= 0n && end > 0n;
  to.set('Exec', 'PrivateUsers', isMapped ? `${shift}:${end}` : 'pick', first.entry);
  // LXC has the files as they are, or has the mount shift them; nothing changes their owners.
  to.set('Files', 'PrivateUsersOwnership', isMapped && isMappedByMount ? 'map' : 'off', first.entry);
  for (const { entry, range } of lines)
    if (!isMapped)
      to.notes.lost(
        entry,
        l10n.t(
          'systemd-nspawn maps users and groups alike, from 0 on: map them so, give the files these owners, and convert again. Until then the machine does not see who owns its files.',
        ),
      );
    else if (!isSame(range) || range.inside + range.count > end)
      to.notes.lost(
        entry,
        l10n.t(
          'PrivateUsers= maps one range from 0 on, the same for users and groups, so these numbers become others.',
        ),
      );
};
