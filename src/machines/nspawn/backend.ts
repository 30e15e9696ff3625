import type { Backend } from '../backend.ts';
import { systemdVersion } from '../host/hostCommands.ts';
import { checkImageName, checkMachineName } from '../names.ts';
import { planShell, requireBusInside } from './attach/openShell.ts';
import { readMachineUsers } from './attach/readUsers.ts';
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
import { findTrustHole } from './observe/trustHole.ts';
import { bootLink } from './observe/watchEnabled.ts';
import { askSecondOpinion } from './operate/askSecondOpinion.ts';
import { setEnabled, startsAtBoot } from './operate/enableMachine.ts';
import { cloneImage, removeImage, renameImage, setImageReadOnly } from './operate/imageOperations.ts';
import { imageOfLeftOver, leftOverDirectories, listLeftOvers, removeLeftOvers } from './operate/leftOvers.ts';
import { runsBusybox } from './operate/machineInit.ts';
import { rebootMachine } from './operate/rebootMachine.ts';
import { startMachine } from './operate/startMachine.ts';
import { killMachine, powerOffMachine, terminateMachine } from './operate/stopMachine.ts';

/** The machines and images of systemd-machined, run by systemd-nspawn. */
export const nspawn: Backend = {
  id: 'nspawn',
  label: 'systemd-nspawn',
  createInventory: (options) => createInventory(options),
  operations: {
    start: (host, { name }) => startMachine(host, name),
    powerOff: (host, { name }) => powerOffMachine(host, name),
    reboot: (host, { name }) => rebootMachine(host, name),
    terminate: (host, { name }) => terminateMachine(host, name),
    kill: async (host, { name }, request) =>
      killMachine(host, name, { ...request, systemd: await host.run(systemdVersion) }),
    enable: (host, { name }) => setEnabled(host, name, true),
    disable: (host, { name }) => setEnabled(host, name, false),
    clone: (host, { name }, to) => cloneImage(host, name, to, false),
    rename: (host, { name }, to) => renameImage(host, name, to),
    remove: (host, { name }) => removeImage(host, name),
    setReadOnly: (host, { name }, readOnly) => setImageReadOnly(host, name, readOnly),
  },
  terminals: {
    shell: (host, { name }, request, words) => planShell(host, name, request, words),
    logIn: async (host, { name }) => {
      await requireBusInside(host, name);
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
  checkName: checkMachineName,
  checkImageName,
  users: (host, { name }) => readMachineUsers(host, name),
  unitOf: ({ name }) => machineUnit(name),
  bootLink: ({ name }) => bootLink(name),
  startsAtBoot: (host, { name }) => startsAtBoot(host, name),
  runsBusybox: (host, { name }) => runsBusybox(host, name),
  findTrustHole,
  leftOvers: {
    directories: leftOverDirectories,
    imageOf: imageOfLeftOver,
    list: listLeftOvers,
    remove: removeLeftOvers,
  },
  nspawnFiles: { directories: nspawnDirectories, nameOf: nspawnNameOf, judge: askSecondOpinion },
};
