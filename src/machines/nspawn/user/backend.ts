import { join } from 'node:path';
import { userInfo } from 'node:os';
import type { Backend } from '../../backend.ts';
import type { TerminalPlan } from '../../entry.ts';
import { checkImageName, checkMachineName } from '../../names.ts';
import type { Operation } from '../../operation.ts';
import { machineUnit } from '../commands/lifecycleCommands.ts';
import { imageProperties, imageStatus, machineProperties, machineStatus } from '../commands/showCommands.ts';
import { followJournal, login } from '../commands/terminalCommands.ts';
import { createUserInventory } from './inventory.ts';
import { asUser, hostOfUser, operationOfUser, speaksOfUser, terminalAsUser, userPaths, userScope } from './scope.ts';

/** What is done to machines and images, read with the first of it: rows need none of it. */
const acts = () => import('../acts.ts');

type Acts = Awaited<ReturnType<typeof acts>>['operations'];

const later =
  <Name extends keyof Acts>(name: Name) =>
  (...[host, ...given]: Parameters<Acts[Name]>): Promise<Operation> =>
    speaksOfUser(async () => {
      const act = (await acts()).operations[name];
      return operationOfUser((await Reflect.apply(act, undefined, [hostOfUser(host), ...given])) as Operation);
    });

const planOfUser = (plan: Omit<TerminalPlan, 'asThisUser'>): TerminalPlan => ({
  ...plan,
  command: terminalAsUser(plan.command),
  polkitActions: [],
  asThisUser: true,
});

/**
 * This user's own machines and images, of the machined and the systemd of the user: what these can do without privileges. An image of a
 * user cannot be made read-only.
 */
export const nspawnOfUser: Backend = {
  id: 'nspawn',
  scope: userScope,
  label: 'systemd-nspawn',
  createInventory: (options) => createUserInventory(options),
  operations: {
    start: later('start'),
    powerOff: later('powerOff'),
    reboot: later('reboot'),
    terminate: later('terminate'),
    kill: later('kill'),
    enable: later('enable'),
    disable: later('disable'),
    clone: later('clone'),
    rename: later('rename'),
    remove: later('remove'),
  },
  terminals: {
    // A machine without a bus of its own would have to be entered by root.
    shell: (host, { name }, request, words) =>
      speaksOfUser(async () => {
        const { requireBusInside, planShell } = await acts();
        const ours = hostOfUser(host);
        await requireBusInside(ours, name);
        const plan = await planShell(ours, name, request, words);
        return { ...plan, ...planOfUser(plan) };
      }),
    logIn: (host, { name }) =>
      speaksOfUser(async () => {
        await (await acts()).requireBusInside(hostOfUser(host), name);
        return planOfUser({ command: login(name), polkitActions: [] });
      }),
    followJournal: ({ name }) => terminalAsUser(followJournal(name, { kind: 'unit', unit: machineUnit(name) })),
    // The journal of the user's own is always there to be read.
    hasOwnJournal: () => ({ file: 'true', args: [], parse: () => true }),
  },
  documents: {
    status: ({ name }, of) => asUser(of === 'machine' ? machineStatus(name) : imageStatus(name)),
    properties: ({ name }, of) => ({
      ...asUser<unknown>(of === 'machine' ? machineProperties(name) : imageProperties(name)),
      parse: ({ stdout }) => stdout,
    }),
  },
  checkName: checkMachineName,
  checkImageName,
  ownerOf: () => userInfo().username,
  bootLink: ({ name }) => join(userPaths().enabledMachines, machineUnit(name)),
  startsAtBoot: async (host, { name }) => (await acts()).startsAtBoot(hostOfUser(host), name),
  runsBusybox: (host, { name }) => speaksOfUser(async () => (await acts()).runsBusybox(hostOfUser(host), name)),
};
