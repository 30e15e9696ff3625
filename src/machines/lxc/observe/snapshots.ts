import { join } from 'node:path';
import type { Command } from '../../command.ts';
import { codeOf } from '../../errors.ts';
import { plainFiles } from '../../host/files.ts';
import { cleanText } from '../../host/readInside.ts';
import type { Snapshot } from '../../image.ts';
import { isEntryName } from '../containerName.ts';
import type { ContainerRef } from '../places.ts';

const directoryOf = ({ lxcpath, name }: ContainerRef): string => join(lxcpath, name, 'snaps');

/** Numbers in names as numbers: `snap2` stands before `snap10`. */
const inOrder = new Intl.Collator('en', { numeric: true });

/**
 * Names of a container's snapshots, `snap0` and so on: what has a configuration of its own is one. Undefined where this user may not look.
 * LXC's directory tells of none that is taken or deleted, so they are looked for whenever they are asked.
 */
export const snapshotNames = async (ref: ContainerRef, files = plainFiles): Promise<readonly string[] | undefined> => {
  const directory = directoryOf(ref);
  try {
    const names = await files.list(directory);
    const found = await Promise.all(
      names.filter(isEntryName).map(async (one) => {
        const there = await files.look(join(directory, one, 'config')).catch(() => undefined);
        return there?.isFile() === true ? [one] : [];
      }),
    );
    return found.flat().toSorted(inOrder.compare);
  } catch (error) {
    return codeOf(error) === 'EACCES' ? undefined : [];
  }
};

/** LXC writes the time of this host: `2026:11:30 09:05:00`. */
const momentOf = (text: string): number | undefined => {
  const [year, month, ...rest] =
    /^(\d{4}):(\d\d):(\d\d) (\d\d):(\d\d):(\d\d)\s*$/u.exec(text)?.slice(1).map(Number) ?? [];
  const [day, hours, minutes, seconds] = rest;
  if (year === undefined || month === undefined) return undefined;
  return new Date(year, month - 1, day, hours, minutes, seconds).getTime();
};

const snapshotOf = (name: string, ts: string, comment: string): Snapshot => {
  const line = cleanText(comment.replace(/\s+/gu, ' '), 200);
  return { name, taken: momentOf(ts), comment: line === '' ? undefined : line };
};

/** The snapshots of a container as its files tell of them; undefined where this user may not look. */
export const listSnapshots = async (
  ref: ContainerRef,
  files = plainFiles,
): Promise<readonly Snapshot[] | undefined> => {
  const names = await snapshotNames(ref, files);
  if (names === undefined) return undefined;
  const read = (name: string, file: string): Promise<string> =>
    files.read(join(directoryOf(ref), name, file)).catch(() => '');
  return Promise.all(names.map(async (name) => snapshotOf(name, await read(name, 'ts'), await read(name, 'comment'))));
};

/** lxc-snapshot lists them too, but a comment that looks like a line of its list cannot be told from one. */
const listScript = `cd -- "$1" || exit
[ -d snaps ] || exit 0
cd snaps || exit
for one in *; do
  [ -f "$one/config" ] || continue
  printf '%s\\0' "$one"
  for file in ts comment; do
    [ ! -f "$one/$file" ] || head -c 1000 -- "$one/$file"
    printf '\\0'
  done
done
`;

/** The same for whoever may look. */
export const listSnapshotsByTool = (ref: ContainerRef): Command<readonly Snapshot[]> => ({
  file: 'sh',
  args: ['-c', listScript, 'sh', join(ref.lxcpath, ref.name)],
  parse: ({ stdout }) => {
    const words = stdout.split('\0');
    const names = words.filter((_, index) => index % 3 === 0 && index + 2 < words.length);
    return names
      .map((name, index) => snapshotOf(name, words[index * 3 + 1] ?? '', words[index * 3 + 2] ?? ''))
      .filter(({ name }) => isEntryName(name))
      .toSorted((one, other) => inOrder.compare(one.name, other.name));
  },
});
