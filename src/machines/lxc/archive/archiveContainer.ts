import { randomUUID } from 'node:crypto';
import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { type Command, ignoreOutput } from '../../command.ts';
import { codeOf, MachineError, type MachineFailure } from '../../errors.ts';
import type { Operation } from '../../operation.ts';
import { isEntryName, requireNewName } from '../containerName.ts';
import {
  containerOperation,
  expectState,
  isDefined,
  isRoot,
  type LxcHost,
  missing,
  placesOf,
  running,
  taken,
} from '../operate/containerOperation.ts';
import { type ContainerRef, idOf, systemPath } from '../places.ts';
import { backUpScript, bringBackScript, movedConfigProgram, noContainerCode } from './archiveScripts.ts';

/** Packing and unpacking take as long as the files do. */
const timeoutMs = 7_200_000;

/** What tar says first is what is the matter; what comes later is that it goes on. */
const firstWords = (stderr: string): string =>
  stderr
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(0, 3)
    .join(' · ');

const script = (text: string, ...parameters: readonly string[]): Command<void> => ({
  file: 'sh',
  args: ['-c', text, 'sh', ...parameters],
  parse: ignoreOutput,
  reason: firstWords,
  timeoutMs,
  acts: true,
});

/** What was the matter, in tar's words: that sh has run it is of no interest. */
const explained = (operation: Operation, problem: MachineFailure): Operation => ({
  ...operation,
  failureOf: (exitCode) => (exitCode === noContainerCode ? problem : undefined),
  explain: async (signal, failed) => {
    if (failed?.exitCode === noContainerCode) return problem;
    const found = await operation.explain(signal, failed);
    return found ?? (failed === undefined ? undefined : { ...failed, file: 'tar', args: [] });
  },
  // A tool that runs with more rights cannot be ended from here; one that can takes back what it has begun.
  abandon: () => Promise.resolve(isRoot() ? undefined : 'unfinished'),
});

/** The files of a user's own containers belong to subordinate ids, for which tar would need a user namespace. */
const ofUser = (host: LxcHost, ref: ContainerRef) => (): MachineFailure | undefined =>
  ref.lxcpath === systemPath(placesOf(host))
    ? undefined
    : { kind: 'archiveProblem', name: idOf(ref), problem: 'ofUser' };

const sizeOf = (file: string): string => {
  try {
    return lstatSync(file).size > 0 ? 'packed' : 'empty';
  } catch (error) {
    return codeOf(error) === 'EACCES' ? 'packed' : 'missing';
  }
};

/**
 * Packs configuration and files of a container that does not run.
 * @throws MachineError invalidName, noSuchImage, machineRunning, archiveProblem
 */
export const backUpContainer = (host: LxcHost, ref: ContainerRef, file: string): Operation => {
  const owner = `${process.getuid?.() ?? 0}:${process.getgid?.() ?? 0}`;
  const operation = containerOperation(ref, {
    command: script(backUpScript, ref.lxcpath, ref.name, file, owner),
    obstacles: [missing(ref), ofUser(host, ref), running(host, ref)],
    settle: () => {
      expectState(ref, 'packed', sizeOf(file));
      return Promise.resolve();
    },
  });
  return explained(operation, { kind: 'archiveProblem', name: idOf(ref), problem: 'treeElsewhere' });
};

/** The one directory of an archive with a container in it. @throws MachineError archiveProblem */
export const packedName = (file: string, listing: string): string => {
  const problem = (what: 'membersOutside' | 'noContainer'): MachineError =>
    new MachineError({ kind: 'archiveProblem', name: file, problem: what });
  const members = listing
    .split('\n')
    .map((line) => line.replace(/^(?:\.\/)+/u, ''))
    .filter((line) => line !== '' && line !== '.');
  if (members.some((member) => member.startsWith('/') || member.split('/').includes('..')))
    throw problem('membersOutside');
  const tops = new Set(members.map((member) => member.split('/')[0] ?? ''));
  const [top = ''] = tops;
  if (tops.size > 1) throw problem('membersOutside');
  // tar writes what is strange in a name with a backslash.
  if (!isEntryName(top) || top.includes('\\') || !members.includes(`${top}/config`)) throw problem('noContainer');
  return top;
};

/** Lists an archive without unpacking anything. */
export const lookIntoArchive = (file: string): Command<string> => ({
  file: 'tar',
  args: ['--list', '--absolute-names', '--force-local', '--quoting-style=escape', `--file=${file}`],
  parse: ({ stdout }) => packedName(file, stdout),
  reason: firstWords,
  timeoutMs,
});

/**
 * Makes a container of an archive, under the name in there or another one.
 * @throws MachineError invalidName, nameTaken, archiveProblem
 */
export const bringBackContainer = (host: LxcHost, ref: ContainerRef, file: string, packed: string): Operation => {
  if (ref.name !== packed) requireNewName(ref.name);
  if (!isEntryName(packed)) throw new MachineError({ kind: 'archiveProblem', name: file, problem: 'noContainer' });
  const fresh = `.${randomUUID()}.unpacking`;
  const operation = containerOperation(ref, {
    command: script(bringBackScript, ref.lxcpath, ref.name, file, packed, fresh, movedConfigProgram),
    obstacles: [ofUser(host, ref), taken(ref)],
    settle: () => {
      expectState(ref, 'there', isDefined(ref) ? 'there' : 'gone');
      return Promise.resolve();
    },
  });
  const left = join(ref.lxcpath, fresh);
  return {
    ...explained(operation, { kind: 'archiveProblem', name: file, problem: 'noContainer' }),
    abandon: async () => {
      if (!isRoot()) return 'unfinished';
      // The script removes it, too, but may have been given too little time for many files.
      const remove = { file: 'rm', args: ['-rf', '--one-file-system', '--', left], parse: ignoreOutput, timeoutMs };
      return host.run(remove).then(
        () => undefined,
        () => 'unfinished',
      );
    },
  };
};
