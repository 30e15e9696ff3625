import type { Archives } from './archives.ts';
import type { Command, Run, TerminalCommand } from './command.ts';
import type { Creation } from './creation.ts';
import type { ConfigFiles, LxcFiles, NspawnFiles } from './configFile.ts';
import type { GuardWords, JournalSource, RunImageOptions, ShellPlan, ShellRequest, TerminalPlan } from './entry.ts';
import { MachineError, type NameProblem } from './errors.ts';
import type { MachineUser } from './host/passwd.ts';
import type { Image, OwnFiles, Snapshot } from './image.ts';
import type { Inventory, InventoryOptions } from './inventory.ts';
import type { KillRequest } from './killSignals.ts';
import type { LeftOvers } from './leftOver.ts';
import type { AwaitedState, MachineDetails } from './machine.ts';
import type { Operation, OperationHost } from './operation.ts';
import { type MachineRef, readRef } from './reference.ts';
import type { AtBootAct, AtBootGroup, BootPlace, LogLevel, StartsAtBoot, StartSettings } from './startSettings.ts';
import type { UnprivilegedSetup } from './unprivilegedSetup.ts';

/** Something that is done to a machine or an image. @throws MachineError where it cannot even be tried */
export type Act<Arguments extends readonly unknown[] = []> = (
  host: OperationHost,
  ref: MachineRef,
  ...args: Arguments
) => Operation | Promise<Operation>;

/** Whoever has a device added or removed. */
export interface DeviceAsker {
  /** Runs what reads a file that only root may read. @throws MachineError */
  readonly asRoot: <Result>(command: Command<Result>) => Promise<Result>;
  /** Called where it was done, and this user may not look inside whether it is so. */
  readonly unseen: () => void;
}

export interface Operations {
  readonly start?: Act;
  readonly powerOff?: Act;
  readonly reboot?: Act;
  readonly terminate?: Act;
  readonly kill?: Act<[request: KillRequest]>;
  readonly freeze?: Act;
  readonly unfreeze?: Act;
  readonly enable?: Act;
  readonly disable?: Act;
  /** Only what is given changes. */
  readonly setBootPlace?: Act<[place: Partial<BootPlace>]>;
  readonly setLogLevel?: Act<[level: LogLevel]>;
  /** Of its control group, until it stops. */
  readonly setParameter?: Act<[parameter: string, value: string]>;
  /** From its next start on, for that version of control groups. */
  readonly keepParameter?: Act<[version: 1 | 2, parameter: string, value: string]>;
  /** Of the host, under the same path, until it stops. */
  readonly addDevice?: Act<[device: string, asker: DeviceAsker]>;
  readonly removeDevice?: Act<[device: string, asker: DeviceAsker]>;
  readonly clone?: Act<[to: string]>;
  readonly rename?: Act<[to: string]>;
  readonly remove?: Act;
  readonly setReadOnly?: Act<[readOnly: boolean]>;
  /** Starts a copy that is gone when it stops. */
  readonly startCopy?: Act<[to: string]>;
  readonly takeSnapshot?: Act<[comment: string]>;
  /** As an image of another name, or in the place of what is there. */
  readonly restoreSnapshot?: Act<[snapshot: string, to: string | undefined]>;
  readonly removeSnapshot?: Act<[snapshot: string]>;
}

interface Snapshots {
  /** Undefined where this user may not look. */
  readonly list: (ref: MachineRef) => Promise<readonly Snapshot[] | undefined>;
  /** The same for whoever may look. */
  readonly listByTool: (ref: MachineRef) => Promise<Command<readonly Snapshot[]>>;
}

interface StartSettingsOf {
  /** Undefined where this user may not look. */
  readonly read: (ref: MachineRef) => Promise<StartSettings | undefined>;
  /** The same for whoever may look. */
  readonly readByTool: (ref: MachineRef) => Promise<Command<StartSettings>>;
}

/** All that start at boot, together. */
interface AtBoot {
  /** Where there may be some, in the words of references. */
  readonly scopes: () => readonly string[];
  /** Those that this would be done to, in its order. */
  readonly list: (scope: string, group: AtBootGroup, act: AtBootAct) => Promise<Command<readonly StartsAtBoot[]>>;
  /** Whether that takes no privileges. */
  readonly isOwn: (scope: string) => boolean;
}

/** Paths of the texts that a machine has on the host. */
interface Texts {
  /**
   * A command that goes where paths of that machine lead, as the user who may have them lead anywhere; undefined where they may be opened as
   * they are.
   */
  readonly byItsUser: <Result>(ref: MachineRef, command: Command<Result>) => Promise<Command<Result> | undefined>;
  readonly configuration: (ref: MachineRef) => string;
  readonly log: (host: OperationHost, ref: MachineRef) => Promise<string>;
}

interface Terminals {
  /** @param words what the terminal says where the machine is not entered after all. @throws MachineError */
  readonly shell?: (
    host: OperationHost,
    ref: MachineRef,
    request: ShellRequest,
    words: GuardWords,
  ) => Promise<ShellPlan>;
  /** The login prompt. @throws MachineError noBusInside, noSuchMachine, cannotEnter */
  readonly logIn?: (host: OperationHost, ref: MachineRef) => Promise<TerminalPlan>;
  /** Runs a line by the shell of an image that is stopped, in place of its init. @throws MachineError noSuchImage, machineRunning */
  readonly execute?: (host: OperationHost, ref: MachineRef, line: string) => Promise<TerminalPlan>;
  /** A command of the host as the root that the files of a machine belong to; undefined where that is the host's. */
  readonly inTree?: (
    host: OperationHost,
    ref: MachineRef,
    command: TerminalCommand,
  ) => Promise<TerminalPlan | undefined>;
  readonly runImage?: (image: Image, options: RunImageOptions) => TerminalCommand;
  readonly followJournal?: (ref: MachineRef, source: JournalSource) => TerminalCommand;
  /** Whether this user can read a journal of the machine's own from the host. */
  readonly hasOwnJournal?: (ref: MachineRef) => Command<boolean>;
}

/** What a tool says, for a person to read: of what runs, or of what lies on the disk. */
type Page = (ref: MachineRef, of: 'machine' | 'image') => Command<string> | Promise<Command<string>>;

interface Documents {
  readonly status?: Page;
  readonly properties?: Page;
}

/**
 * One kind of machines, and what can be done with them. A member that is absent is something that this kind cannot do, and then nothing of
 * `ui` offers it.
 */
export interface Backend {
  /** `nspawn`, `lxc`: lower-case letters and digits. */
  readonly id: string;
  /** The only scope that it is about, where the scopes of its kind can do different things and have a row each. */
  readonly scope?: string;
  /** For people: `systemd-nspawn`, `LXC`. */
  readonly label: string;
  /** The theme icon of its rows where rows of other kinds stand beside them; they have the usual ones where it is absent. */
  readonly icon?: string;
  /** Its keys are references as `writeRef` writes them. Where its tools are missing there is nothing, and no process is started. */
  readonly createInventory: (options: InventoryOptions) => Inventory;
  readonly operations: Operations;
  readonly terminals: Terminals;
  readonly documents: Documents;
  readonly configFiles?: ConfigFiles;
  readonly texts?: Texts;
  /** Read when somebody looks, without a process. Never rejects. */
  readonly ownFiles?: (ref: MachineRef) => Promise<OwnFiles>;
  readonly snapshots?: Snapshots;
  readonly startSettings?: StartSettingsOf;
  readonly atBoot?: AtBoot;
  /** Making new ones from templates. */
  readonly creation?: Creation;
  readonly archives?: Archives;
  /** What its inventory withholds of a machine from this user, for whoever may see it. */
  readonly detailsByTool?: (ref: MachineRef) => Command<MachineDetails>;
  /** What a machine cannot be named. */
  readonly checkName: (name: string) => NameProblem | undefined;
  /** The same for an image, where that may have names that no machine can have. */
  readonly checkImageName?: (name: string) => NameProblem | undefined;
  /** Its users, from its own passwd; undefined where that cannot be read. @throws MachineError */
  readonly users?: (host: OperationHost, ref: MachineRef) => Promise<readonly MachineUser[] | undefined>;
  /** Whether it is in that state now, without a process. @throws MachineError noSuchImage where that cannot come any more */
  readonly isInState?: (host: OperationHost, ref: MachineRef, state: AwaitedState) => Promise<boolean>;
  /** The user whose it is, where its kind keeps those of several users apart. */
  readonly ownerOf?: (ref: MachineRef) => string | undefined;
  /** The unit that starting it starts. */
  readonly unitOf?: (ref: MachineRef) => string;
  /** The link that has it started at boot. */
  readonly bootLink?: (ref: MachineRef) => string;
  /** Whether it starts at every boot, as the host says now. @throws MachineError */
  readonly startsAtBoot?: (host: OperationHost, ref: MachineRef) => Promise<boolean>;
  /** Whether its init is that of BusyBox, which nobody else asks to power off in its own way. @throws MachineError noSuchMachine */
  readonly runsBusybox?: (host: OperationHost, ref: MachineRef) => Promise<boolean>;
  /** The release of its tool that has CVE-2026-40226. */
  readonly findTrustHole?: (run: Run) => Promise<string | undefined>;
  /** What a user needs who has no privileges, and what mends what is missing. */
  readonly unprivileged?: UnprivilegedSetup;
  readonly leftOvers?: () => Promise<LeftOvers>;
  readonly nspawnFiles?: NspawnFiles;
  readonly lxcFiles?: LxcFiles;
}

/** All kinds of machines that are known. */
export type Backends = readonly Backend[];

/** The kind of a machine or an image. */
export const backendOf = (backends: Backends, id: string): Backend | undefined => {
  const { backend, scope } = readRef(id);
  return backends.find((one) => one.id === backend && (one.scope === undefined || one.scope === scope));
};

/** Whether a machine can have the name of an image. */
export const canBeNamed = (backends: Backends, id: string): boolean =>
  backendOf(backends, id)?.checkName(readRef(id).name) === undefined;

export const notOffered = (backends: Backends, id: string): MachineError =>
  new MachineError({ kind: 'notOffered', name: id, backend: backendOf(backends, id)?.label ?? '' });

/** What the backend of a machine or an image offers. @throws MachineError notOffered */
export const offered = <Member>(
  backends: Backends,
  id: string,
  member: (backend: Backend) => Member | undefined,
): { readonly ref: MachineRef; readonly offer: Member } => {
  const backend = backendOf(backends, id);
  const offer = backend === undefined ? undefined : member(backend);
  if (offer === undefined) throw notOffered(backends, id);
  return { ref: readRef(id), offer };
};

/** The operation of its backend on a machine or an image. @throws MachineError notOffered, and those of the operation */
export const operationOn = <Arguments extends readonly unknown[]>(
  host: OperationHost & { readonly backends: Backends },
  id: string,
  member: (operations: Operations) => Act<Arguments> | undefined,
  ...args: Arguments
): Operation | Promise<Operation> => {
  const { ref, offer: act } = offered(host.backends, id, ({ operations }) => member(operations));
  return act(host, ref, ...args);
};

/** What is about no machine: that of the first backend that has it. @throws MachineError notOffered */
export const offeredByAny = <Member>(backends: Backends, member: (backend: Backend) => Member | undefined): Member => {
  for (const backend of backends) {
    const offer = member(backend);
    if (offer !== undefined) return offer;
  }
  throw new MachineError({ kind: 'notOffered', name: '', backend: '' });
};
