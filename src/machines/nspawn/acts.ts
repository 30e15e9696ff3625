import type { Operations } from '../backend.ts';
import type { LeftOvers } from '../leftOver.ts';
import { systemdVersion } from '../host/hostCommands.ts';
import { setEnabled } from './operate/enableMachine.ts';
import { cloneImage, removeImage, renameImage, setImageReadOnly } from './operate/imageOperations.ts';
import { imageOfLeftOver, leftOverDirectories, listLeftOvers, removeLeftOvers } from './operate/leftOvers.ts';
import { rebootMachine } from './operate/rebootMachine.ts';
import { startMachine } from './operate/startMachine.ts';
import { killMachine, powerOffMachine, terminateMachine } from './operate/stopMachine.ts';

export { planShell, requireBusInside } from './attach/openShell.ts';
export { readMachineUsers } from './attach/readUsers.ts';
export { askSecondOpinion } from './operate/askSecondOpinion.ts';
export { startsAtBoot } from './operate/enableMachine.ts';
export { runsBusybox } from './operate/machineInit.ts';

export const operations = {
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
} satisfies Operations;

export const leftOvers: LeftOvers = {
  directories: leftOverDirectories,
  imageOf: imageOfLeftOver,
  list: listLeftOvers,
  remove: removeLeftOvers,
};
