import type { Backend } from '../backend.ts';
import { checkImageName, checkMachineName } from '../names.ts';
import { machineUnit } from './commands/lifecycleCommands.ts';
import {
  hasReadableJournal,
  imageProperties,
  imageStatus,
  machineProperties,
  machineStatus,
} from './commands/showCommands.ts';
import { followJournal, login, runImage } from './commands/terminalCommands.ts';
import { createInventory } from './createInventory.ts';
import { findNspawnFile, nspawnDirectories, nspawnNameOf, readNspawnSummary, readNspawnText } from './nspawnFile.ts';
import { detailsByTool } from './observe/machineDetails.ts';
import { findTrustHole } from './observe/trustHole.ts';
import { bootLink } from './observe/watchEnabled.ts';

/** What is done to machines and images, read with the first of it: rows need none of it. */
const acts = () => import('./acts.ts');

/** The machines and images of systemd-machined, run by systemd-nspawn. */
export const nspawn: Backend = {
  id: 'nspawn',
  scope: 'system',
  label: 'systemd-nspawn',
  createInventory: (options) => createInventory(options),
  operations: {
    start: async (...given) => (await acts()).operations.start(...given),
    powerOff: async (...given) => (await acts()).operations.powerOff(...given),
    reboot: async (...given) => (await acts()).operations.reboot(...given),
    terminate: async (...given) => (await acts()).operations.terminate(...given),
    kill: async (...given) => (await acts()).operations.kill(...given),
    enable: async (...given) => (await acts()).operations.enable(...given),
    disable: async (...given) => (await acts()).operations.disable(...given),
    clone: async (...given) => (await acts()).operations.clone(...given),
    rename: async (...given) => (await acts()).operations.rename(...given),
    remove: async (...given) => (await acts()).operations.remove(...given),
    setReadOnly: async (...given) => (await acts()).operations.setReadOnly(...given),
  },
  terminals: {
    shell: async (host, { name }, request, words) => (await acts()).planShell(host, name, request, words),
    logIn: async (host, { name }) => {
      await (await acts()).requireBusInside(host, name);
      return { command: login(name), polkitActions: ['org.freedesktop.machine1.login'] };
    },
    runImage,
    followJournal: ({ name }, source) => followJournal(name, source),
    hasOwnJournal: ({ name }) => hasReadableJournal(name),
  },
  documents: {
    status: ({ name }, of) => (of === 'machine' ? machineStatus(name) : imageStatus(name)),
    properties: ({ name }, of) => ({
      ...(of === 'machine' ? machineProperties(name) : imageProperties(name)),
      parse: ({ stdout }) => stdout,
    }),
  },
  configFiles: {
    find: ({ name }, imagePath) => findNspawnFile(name, imagePath),
    summarise: readNspawnSummary,
    readText: readNspawnText,
  },
  detailsByTool: ({ name }) => detailsByTool(name),
  checkName: checkMachineName,
  checkImageName,
  users: async (host, { name }) => (await acts()).readMachineUsers(host, name),
  unitOf: ({ name }) => machineUnit(name),
  bootLink: ({ name }) => bootLink(name),
  startsAtBoot: async (host, { name }) => (await acts()).startsAtBoot(host, name),
  runsBusybox: async (host, { name }) => (await acts()).runsBusybox(host, name),
  findTrustHole,
  leftOvers: async () => (await acts()).leftOvers,
  nspawnFiles: {
    directories: nspawnDirectories,
    nameOf: nspawnNameOf,
    judge: async (...given) => (await acts()).askSecondOpinion(...given),
  },
};
