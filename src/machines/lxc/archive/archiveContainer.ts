import { randomUUID } from 'node:crypto';
import { lstatSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Command, ignoreOutput } from '../../command.ts';
import { codeOf, MachineError, type MachineFailure } from '../../errors.ts';
import type { Operation } from '../../operation.ts';
import { waitUntil } from '../../waitUntil.ts';
import { isEntryName, requireEntryName, requireNewName } from '../containerName.ts';
import {
  containerOperation,
  expectState,
  firstOf,
  isRoot,
  type LxcHost,
  missing,
  type Obstacle,
  placesOf,
  running,
  taken,
} from '../operate/containerOperation.ts';
import { configFileOf, type ContainerRef, idOf, isDefined, systemPath } from '../places.ts';
import { readConfig } from '../readConfig.ts';
import { backUpScript, bringBackScript, movedConfigProgram, noContainerCode, takenCode } from './archiveScripts.ts';

/** Packing and unpacking take as long as the files do. */
const timeoutMs = 7_200_000;
/** What a tool that was ended gets for taking back what it has begun. */
const tidyingMs = 2_000;

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

/**
 * What a tool has begun, after a cancel: it takes that back itself, at once or when it is told that its terminal is closed, unless it runs with
 * more rights and nobody could tell it.
 */
const whatIsLeft = async (begun: string): Promise<string | undefined> => {
  const look = (): 'gone' | 'there' | 'unseen' => {
    try {
      return lstatSync(begun, { throwIfNoEntry: false }) === undefined ? 'gone' : 'there';
    } catch {
      return 'unseen';
    }
  };
  await waitUntil(() => Promise.resolve(look() !== 'there'), {
    signal: new AbortController().signal,
    limitMs: tidyingMs,
  });
  const left = { gone: undefined, there: 'unfinished', unseen: 'unseen' } as const;
  return left[look()];
};

/** What was the matter, in tar's words: that sh has run it is of no interest. */
const explained = (operation: Operation, failures: ReadonlyMap<number | undefined, MachineFailure>): Operation => ({
  ...operation,
  failureOf: (exitCode) => failures.get(exitCode),
  explain: async (signal, failed) => {
    const known = failures.get(failed?.exitCode);
    if (known !== undefined) return known;
    const found = await operation.explain(signal, failed);
    return found ?? (failed === undefined ? undefined : { ...failed, file: 'tar', args: [] });
  },
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

const treeElsewhere = (ref: ContainerRef): MachineFailure => ({
  kind: 'archiveProblem',
  name: idOf(ref),
  problem: 'treeElsewhere',
});

/** Whether its files are a directory that lies beside its configuration; undefined where this user may not look. */
const hasOwnTree = async (ref: ContainerRef): Promise<boolean | undefined> => {
  try {
    const { rootfs, backing } = await readConfig(configFileOf(ref));
    if (rootfs === undefined || !['dir', 'btrfs', undefined].includes(backing)) return false;
    const [named, own] = [statSync(rootfs), lstatSync(join(ref.lxcpath, ref.name, 'rootfs'))];
    return own.isDirectory() && named.dev === own.dev && named.ino === own.ino;
  } catch (error) {
    return codeOf(error) === 'EACCES' ? undefined : false;
  }
};

const obstaclesOf = (host: LxcHost, ref: ContainerRef): readonly Obstacle[] => [
  missing(ref),
  ofUser(host, ref),
  running(host, ref),
];

/**
 * Looks whether it can be packed, as far as this user may see.
 * @throws MachineError invalidName, noSuchImage, machineRunning, archiveProblem
 */
export const requirePackable = async (host: LxcHost, ref: ContainerRef): Promise<void> => {
  requireEntryName(ref.name);
  const failure = firstOf(obstaclesOf(host, ref));
  if (failure !== undefined) throw new MachineError(failure);
  if ((await hasOwnTree(ref)) === false) throw new MachineError(treeElsewhere(ref));
};

/**
 * Packs configuration and files of a container that does not run.
 * @throws MachineError invalidName, noSuchImage, machineRunning, archiveProblem
 */
export const backUpContainer = (host: LxcHost, ref: ContainerRef, file: string): Operation => {
  const owner = `${process.getuid?.() ?? 0}:${process.getgid?.() ?? 0}`;
  const begun = `${file}.${randomUUID()}`;
  const operation = containerOperation(ref, {
    command: script(backUpScript, ref.lxcpath, ref.name, file, owner, begun),
    obstacles: obstaclesOf(host, ref),
    settle: () => {
      expectState(ref, 'packed', sizeOf(file));
      return Promise.resolve();
    },
  });
  return {
    ...explained(operation, new Map([[noContainerCode, treeElsewhere(ref)]])),
    abandon: async () => {
      if (isRoot()) await rm(begun, { force: true }).catch(ignoreOutput);
      return whatIsLeft(begun);
    },
  };
};

/**
 * The one directory of an archive with a container in it; empty where the container lies on top, as `tar … ./*` packs it.
 * @throws MachineError archiveProblem
 */
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
  if (members.includes('config') && tops.has('rootfs')) return '';
  const [top = ''] = tops;
  if (tops.size > 1) throw problem('membersOutside');
  // tar writes what is strange in a name with a backslash.
  if (!isEntryName(top) || top.includes('\\') || !members.includes(`${top}/config`)) throw problem('noContainer');
  return top;
};

/** What lies deeper than a container's own files; whatever goes up there tar itself does not unpack. */
const deep = ['[!.]*/[!.]*/*', './[!.]*/[!.]*/*'].map((pattern) => `--exclude=${pattern}`);

/** Lists what is on top of an archive without unpacking anything. */
export const lookIntoArchive = (file: string): Command<string> => ({
  file: 'tar',
  args: [
    '--list',
    '--absolute-names',
    '--force-local',
    '--quoting-style=escape',
    '--anchored',
    '--wildcards',
    '--no-wildcards-match-slash',
    ...deep,
    `--file=${file}`,
  ],
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
  if (packed !== '' && !isEntryName(packed))
    throw new MachineError({ kind: 'archiveProblem', name: file, problem: 'noContainer' });
  const fresh = `.${randomUUID()}.unpacking`;
  const operation = containerOperation(ref, {
    command: script(bringBackScript, ref.lxcpath, ref.name, file, packed, fresh, movedConfigProgram),
    obstacles: [ofUser(host, ref), taken(ref)],
    settle: () => {
      expectState(ref, 'there', isDefined(ref) === false ? 'gone' : 'there');
      return Promise.resolve();
    },
  });
  const begun = join(ref.lxcpath, fresh);
  const failures = new Map<number, MachineFailure>([
    [noContainerCode, { kind: 'archiveProblem', name: file, problem: 'noContainer' }],
    [takenCode, { kind: 'nameTaken', name: idOf(ref) }],
  ]);
  return {
    ...explained(operation, failures),
    abandon: async () => {
      // The script removes it, too, but may have been given too little time for many files.
      const remove = { file: 'rm', args: ['-rf', '--one-file-system', '--', begun], parse: ignoreOutput, timeoutMs };
      if (isRoot()) await host.run(remove).catch(ignoreOutput);
      return whatIsLeft(begun);
    },
  };
};
