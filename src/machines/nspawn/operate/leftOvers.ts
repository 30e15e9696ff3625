import { homedir } from 'node:os';
import { basename, dirname } from 'node:path';
import { directoriesIn, imageDirectories } from '../../../schema/imageDirectories.ts';
import type { Command, CommandOutput } from '../../command.ts';
import { MachineError } from '../../errors.ts';
import type { Inventory } from '../../inventory.ts';
import type { LeftOver, Removal } from '../../leftOver.ts';
import { listScript, removeScript } from './leftOverScripts.ts';

/**
 * What a name of systemd-nspawn's says it is a copy of: tempfn_random() of systemd's src/basic/tmpfile-util.c puts 16 hexadecimal digits behind
 * the image's name, and what it is for before it, `machine.` in 252 and 257, `snapshot.` in 262. The name is empty for a
 * copy of the host itself. Undefined for any other name.
 */
export const imageOfLeftOver = (name: string): string | undefined =>
  /^\.#(?:machine|snapshot)\.([^/]*)[0-9a-f]{16}$/u.exec(name)?.[1];

/** systemd-nspawn makes a copy beside its image: where images are looked for and found, and where a machine runs on a copy. */
export const leftOverDirectories = (
  { machines, images }: Pick<Inventory, 'machines' | 'images'>,
  setting: readonly string[],
): readonly string[] => {
  const copies = [...machines.values()].flatMap(({ rootDirectory = '' }) =>
    imageOfLeftOver(basename(rootDirectory)) === undefined ? [] : [dirname(rootDirectory)],
  );
  const beside = [...images.values()].map(({ path }) => dirname(path)).filter((path) => path !== '/');
  return [...new Set([...imageDirectories, ...directoriesIn(setting, homedir()), ...beside, ...copies])];
};

const longTimeoutMs = 1_800_000;

const unreadable = (detail: string): MachineError =>
  new MachineError({ kind: 'unexpectedOutput', source: '/bin/sh', detail });

/** The fields of each, which each end with a NUL. */
const recordsOf = ({ stdout }: CommandOutput, width: number): readonly (readonly string[])[] => {
  const fields = stdout.split('\0').slice(0, -1);
  if (fields.length % width !== 0) throw unreadable(String(fields.length));
  return Array.from({ length: fields.length / width }, (_, index) => fields.slice(index * width, (index + 1) * width));
};

const kinds: readonly LeftOver['kind'][] = ['directory', 'subvolume', 'file'];

const countOf = (text: string): number | undefined => (/^[1-9]\d{0,15}$/u.test(text) ? Number(text) : undefined);

const leftOverOf = ([state, word, directory, identity, name, made, bytes]: readonly string[]): LeftOver => {
  const kind = kinds.find((one) => one === word);
  if (kind === undefined || directory === undefined || identity === undefined || name === undefined)
    throw unreadable(String(word));
  const seconds = countOf(made ?? '');
  return {
    // Only what was found free is free.
    state: state === 'free' ? 'free' : 'used',
    kind,
    directory,
    identity,
    name,
    made: seconds === undefined ? undefined : seconds * 1_000,
    bytes: countOf(bytes ?? ''),
  };
};

export const parseLeftOvers = (output: CommandOutput): readonly LeftOver[] => {
  const found = recordsOf(output, 7).map(leftOverOf);
  // Two paths may lead to one directory.
  const keyOf = ({ identity, name }: LeftOver): string => `${identity}/${name}`;
  return [...new Map(found.toReversed().map((one) => [keyOf(one), one])).values()].reverse();
};

/** What is left over in directories of images; only root can tell what is in use. */
export const listLeftOvers = (directories: readonly string[]): Command<readonly LeftOver[]> => ({
  file: '/bin/sh',
  args: ['-c', listScript, 'sh', ...directories],
  parse: parseLeftOvers,
  timeoutMs: longTimeoutMs,
});

const outcomes: readonly Removal['outcome'][] = ['removed', 'used', 'gone', 'another', 'failed'];

/** Removes what is still free when it comes to it. @throws MachineError invalidName for what no systemd-nspawn has named */
export const removeLeftOvers = (leftOvers: readonly LeftOver[]): Command<readonly Removal[]> => {
  for (const { name } of leftOvers)
    if (imageOfLeftOver(name) === undefined)
      throw new MachineError({ kind: 'invalidName', name, problem: 'badCharacter' });
  return {
    file: '/bin/sh',
    args: [
      ...['-c', removeScript, 'sh'],
      ...leftOvers.flatMap(({ directory, identity, name }) => [directory, identity, name]),
    ],
    parse: (output) =>
      recordsOf(output, 2).map(([word, reason = '']) => ({
        outcome: outcomes.find((one) => one === word) ?? 'failed',
        reason,
      })),
    acts: true,
    timeoutMs: longTimeoutMs,
  };
};
