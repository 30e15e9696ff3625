import type { GuardWords, ShellPlan, ShellRequest } from '../../entry.ts';
import { MachineError } from '../../errors.ts';
import type { OperationHost } from '../../operation.ts';
import type { MachineUser } from '../../host/passwd.ts';
import { busAnswers } from '../operate/machineLife.ts';
import { findAttachWay } from './attachWay.ts';
import { capability, hasCapability } from './capabilities.ts';
import { asServiceWithoutBus, asTransientService, enterArguments, escapeVariables } from './enterArguments.ts';
import { findConfinement } from './findConfinement.ts';
import type { Leader } from './leader.ts';
import { findLeader } from './leader.ts';
import { readMachineUsers } from './readUsers.ts';

const path = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

const rootUser: MachineUser = { name: 'root', uid: 0, gid: 0, home: '/root', shell: '/bin/sh', canLogIn: true };

/** Undefined where a person may use the user's own shell, and where nobody can look. */
const refusedShell = (user: MachineUser | undefined, { commandLine }: ShellRequest): string | undefined =>
  user?.canLogIn === false && commandLine === undefined ? user.shell : undefined;

const inMachineShell = async (host: OperationHost, name: string, request: ShellRequest): Promise<ShellPlan> => {
  const { user = 'root', commandLine } = request;
  // Root, whom most people mean, is not worth the look; a list that cannot be read is left to machinectl.
  const users = user === 'root' ? undefined : await readMachineUsers(host, name).catch(() => undefined);
  const refused = refusedShell(
    users?.find((one) => one.name === user),
    request,
  );
  const shell = commandLine === undefined ? ['/bin/sh'] : ['/bin/sh', '-c', escapeVariables(commandLine)];
  return {
    way: 'machineShell',
    command: {
      file: 'machinectl',
      args: [
        ...['--quiet', 'shell', '--', `${user}@${name}`],
        ...(commandLine === undefined && refused === undefined ? [] : shell),
      ],
      title: name,
    },
    polkitActions: ['org.freedesktop.machine1.shell'],
    doubts: [],
    refused,
  };
};

const requireCapabilities = (name: string, { facts }: Leader, needed: readonly number[]): void => {
  const usable = facts.bounding & facts.permitted;
  if (needed.every((bit) => hasCapability(usable, bit))) return;
  throw new MachineError({ kind: 'cannotEnter', name, reason: 'fewCapabilities' });
};

interface Person {
  readonly user: MachineUser;
  readonly argv: readonly string[];
}

/** Whose shell it becomes, and which; a user that nobody can look up is left to the machine's own su. */
const findPerson = async (host: OperationHost, name: string, request: ShellRequest): Promise<Person> => {
  const wanted = request.user ?? 'root';
  const users = await readMachineUsers(host, name);
  const user = users?.find((one) => one.name === wanted) ?? (wanted === 'root' ? rootUser : undefined);
  if (user === undefined && users !== undefined) {
    throw new MachineError({ kind: 'noSuchUser', name, user: wanted });
  }
  const line = request.commandLine;
  if (user === undefined) {
    return { user: rootUser, argv: ['su', '-l', wanted, ...(line === undefined ? [] : ['-c', line])] };
  }
  const shell = user.canLogIn ? user.shell : '/bin/sh';
  return { user, argv: line === undefined ? [shell, '-l'] : ['/bin/sh', '-c', line] };
};

const inNamespaces = async (
  host: OperationHost,
  name: string,
  leader: Leader,
  request: ShellRequest,
  words: GuardWords,
): Promise<ShellPlan> => {
  const { user, argv } = await findPerson(host, name, request);
  const isRoot = user.uid === 0 && user.gid === 0;
  const forUser = isRoot ? [] : [capability.setuid, capability.setgid];
  requireCapabilities(name, leader, [capability.sysAdmin, capability.sysChroot, ...forUser]);
  const { properties, hidden, doubts } = await findConfinement(host, name, leader);
  const args = enterArguments({
    leader: leader.pid,
    facts: leader.facts,
    ownUserNamespace: leader.ownUserNamespace,
    user: isRoot ? undefined : user,
    environment: {
      TERM: 'xterm-256color',
      PATH: path,
      HOME: user.home,
      USER: user.name,
      LOGNAME: user.name,
      SHELL: user.shell,
    },
    argv,
    hidden,
    words,
  });
  // Beyond about 253 machines the bus refuses root, and systemd-run with it, unless it needs no bus.
  const withoutBus = process.getuid?.() === 0 && !(await busAnswers(host));
  const service = { title: name, confinement: properties };
  const call = withoutBus ? asServiceWithoutBus(args, service) : asTransientService(args, { ...service, stdio: 'pty' });
  return {
    way: 'namespaces',
    command: { ...call, title: name },
    polkitActions: withoutBus ? [] : ['org.freedesktop.systemd1.manage-units'],
    doubts,
    refused: refusedShell(user, request),
  };
};

/**
 * How to get a shell, or run a command line, in a running machine. Nothing is started yet.
 * @param words what the terminal says where the machine is not entered after all
 * @throws MachineError noSuchMachine, noSuchUser, cannotEnter
 */
export const planShell = async (
  host: OperationHost,
  name: string,
  request: ShellRequest,
  words: GuardWords,
): Promise<ShellPlan> => {
  const leader = await findLeader(host, name);
  const way = await findAttachWay(host, name, leader.pid, leader.facts);
  return way === 'machineShell'
    ? inMachineShell(host, name, request)
    : inNamespaces(host, name, leader, request, words);
};

/**
 * A login prompt is opened by the systemd of the machine, which is asked over the bus of the machine.
 * @throws MachineError noBusInside, noSuchMachine, cannotEnter
 */
export const requireBusInside = async (host: OperationHost, name: string): Promise<void> => {
  const { pid, facts } = await findLeader(host, name);
  if ((await findAttachWay(host, name, pid, facts)) !== 'machineShell')
    throw new MachineError({ kind: 'noBusInside', name });
};
