import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from '../../command.ts';
import { codeOf, MachineError, type MachineFailure } from '../../errors.ts';
import type { Operation, OperationHost } from '../../operation.ts';
import { inDelegatedScope } from '../commands/delegatedScope.ts';
import { requireEntryName } from '../containerName.ts';
import { findRunning } from '../observe/placeOfGroups.ts';
import type { RunningContainer } from '../observe/runningContainers.ts';
import { type Files, plainFiles } from '../../host/files.ts';
import { asUser } from '../../host/asUser.ts';
import { type ContainerRef, filesOf, idOf, isDefined, type LxcPlaces, lxcPlaces, ownerOf, userOf } from '../places.ts';

/** What operations on containers need of the host. */
export interface LxcHost extends OperationHost {
  /** Elsewhere only in tests. */
  readonly lxc?: LxcPlaces;
}

export const placesOf = (host: LxcHost): LxcPlaces => host.lxc ?? lxcPlaces;

/** How this process reads the files of a container. */
export const filesFor = (host: LxcHost, { lxcpath }: ContainerRef): Files => filesOf(placesOf(host), lxcpath);

/** How it runs now, asked of the kernel; the inventory may be paused and old. @throws MachineError invalidName */
export const runningNow = (host: LxcHost, ref: ContainerRef): RunningContainer | undefined => {
  requireEntryName(ref.name);
  return findRunning(placesOf(host), ref);
};

/** @throws MachineError noSuchMachine, invalidName */
export const requireRunning = (host: LxcHost, ref: ContainerRef): RunningContainer => {
  const running = runningNow(host, ref);
  if (running === undefined) throw new MachineError({ kind: 'noSuchMachine', name: idOf(ref) });
  return running;
};

export type Obstacle = () => MachineFailure | undefined;

export const missing =
  (ref: ContainerRef): Obstacle =>
  () =>
    isDefined(ref) === false ? { kind: 'noSuchImage', name: idOf(ref) } : undefined;

export const taken =
  (ref: ContainerRef): Obstacle =>
  () =>
    isDefined(ref) === true ? { kind: 'nameTaken', name: idOf(ref) } : undefined;

export const running =
  (host: LxcHost, ref: ContainerRef): Obstacle =>
  () =>
    runningNow(host, ref) === undefined ? undefined : { kind: 'machineRunning', name: idOf(ref) };

export const stopped =
  (host: LxcHost, ref: ContainerRef): Obstacle =>
  () =>
    runningNow(host, ref) === undefined ? { kind: 'noSuchMachine', name: idOf(ref) } : undefined;

/**
 * Other containers that share its files, as a copy that is an overlay does: LXC keeps a list of two lines each, in which its own snapshots
 * stand, too. Undefined where this user may not look, and where root would look into a file of another user's.
 */
export const copiesOf = (host: LxcHost, ref: ContainerRef): readonly string[] | undefined => {
  const { lxcpath, name } = ref;
  if (filesFor(host, ref) !== plainFiles) return undefined;
  const list = join(lxcpath, name, 'lxc_snapshots');
  const snapshots = join(lxcpath, name, 'snaps');
  try {
    const lines = lstatSync(list).isFile() ? readFileSync(list, 'utf8').split('\n') : [];
    return lines.flatMap((one, index) => {
      const directory = lines[index - 1];
      if (index % 2 === 0 || one === '' || directory === undefined || directory === snapshots) return [];
      return [directory === lxcpath ? one : join(directory, one)];
    });
  } catch (error) {
    return codeOf(error) === 'EACCES' ? undefined : [];
  }
};

export const copied =
  (host: LxcHost, ref: ContainerRef): Obstacle =>
  () => {
    const copies = copiesOf(host, ref) ?? [];
    return copies.length === 0 ? undefined : { kind: 'hasCopies', name: idOf(ref), copies };
  };

export const firstOf = (obstacles: readonly Obstacle[]): MachineFailure | undefined => {
  for (const obstacle of obstacles) {
    const failure = obstacle();
    if (failure !== undefined) return failure;
  }
  return undefined;
};

export const isRoot = (): boolean => process.geteuid?.() === 0;

/** The containers of a directory belong to whoever that belongs to. */
const isOwn = ({ lxcpath }: ContainerRef): boolean => ownerOf(lxcpath) === process.geteuid?.();

/** Whether it takes no privileges, as a part of an operation or a terminal. */
export const ofThisUser = (ref: ContainerRef): { readonly asThisUser?: true } =>
  !isRoot() && isOwn(ref) ? { asThisUser: true } : {};

/** A call as the other user whose containers it is about. */
export const byItsUser = <Call extends { readonly file: string; readonly args: readonly string[] }>(
  places: LxcPlaces,
  { lxcpath }: Pick<ContainerRef, 'lxcpath'>,
  call: Call,
): Call => {
  const user = userOf(places, lxcpath);
  return user === undefined ? call : asUser(user, call);
};

/** The host for what is done to the containers of another user, where every tool runs as that user; undefined where they are not another user's. */
export const hostOfItsUser = (host: LxcHost, { lxcpath }: ContainerRef): LxcHost | undefined => {
  const places = placesOf(host);
  const user = userOf(places, lxcpath);
  if (user === undefined) return undefined;
  return {
    ...host,
    run: (command, options) => host.run(asUser(user, command), options),
    lxc: { ...places, runtime: () => places.runtimeOf(user.uid) },
  };
};

/** A call that makes control groups or enters those of a container: for a user's own, from where that is allowed. */
export const inOwnGroup = <Call extends { readonly file: string; readonly args: readonly string[] }>(
  host: LxcHost,
  ref: ContainerRef,
  call: Call,
): Call =>
  isOwn(ref) || userOf(placesOf(host), ref.lxcpath) !== undefined ? inDelegatedScope(call, placesOf(host)) : call;

type ToolFailure = Extract<MachineFailure, { kind: 'toolFailed' }>;

export interface ContainerOperation {
  readonly command: Command<void>;
  readonly first?: Command<void>;
  /** Looks at what is there before the tool runs. */
  readonly before?: () => Promise<void>;
  /** Looked for before the tool runs, and again when it has failed: another may have been quicker. */
  readonly obstacles: readonly Obstacle[];
  /** What else it may have been, once it has failed. */
  readonly reason?: (failed: ToolFailure | undefined) => Promise<MachineFailure | undefined>;
  /** After a cancel or a timeout, where this user could do it without more rights: takes back what has begun, or says what is left. */
  readonly abandon?: () => Promise<MachineFailure | undefined>;
  readonly settle: Operation['settle'];
}

/**
 * Something that is done to a container by a tool of LXC.
 * @throws MachineError what an obstacle says, invalidName
 */
export const containerOperation = (ref: ContainerRef, operation: ContainerOperation): Operation => {
  const { command, first, before, obstacles, reason, abandon, settle } = operation;
  requireEntryName(ref.name);
  const failure = firstOf(obstacles);
  if (failure !== undefined) throw new MachineError(failure);
  return {
    name: idOf(ref),
    command,
    ...(first === undefined ? {} : { first }),
    ...(before === undefined ? {} : { directly: () => before().then(() => false) }),
    polkitActions: [],
    ...ofThisUser(ref),
    explain: async (_signal, failed) => {
      const obstacle = firstOf(obstacles);
      // What is left of a start that failed may look for a moment as if it ran.
      const isCertain = obstacle !== undefined && obstacle.kind !== 'machineRunning';
      const found = isCertain ? obstacle : ((await reason?.(failed)) ?? obstacle);
      if (found !== undefined || isRoot() || isOwn(ref)) return found;
      // Through sudo and the like it was root who failed.
      return failed === undefined || failed.file === command.file
        ? { kind: 'notAuthorized', polkitAction: 'root' }
        : undefined;
    },
    ...(abandon === undefined
      ? {}
      : // A tool that runs with more rights cannot be ended from here.
        { abandon: () => (isRoot() || isOwn(ref) ? abandon() : Promise.resolve('unfinished')) }),
    settle,
  };
};

/** @throws MachineError noEffect */
export const expectState = (ref: ContainerRef, expected: string, found: string): void => {
  if (found !== expected) throw new MachineError({ kind: 'noEffect', name: idOf(ref), expected, found });
};
