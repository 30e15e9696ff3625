// Runs the extension's own actions inside a host of the rig, because they look at the host's /proc and /run. Given a list
// of requests as JSON, does one after the other and prints what came of each.
import type { Inventory } from '../../src/machines/inventory.ts';
import { MachineError } from '../../src/machines/errors.ts';
import { planShell } from '../../src/machines/nspawn/attach/openShell.ts';
import { readMachineUsers } from '../../src/machines/nspawn/attach/readUsers.ts';
import { askCgconfigparser } from '../../src/machines/cgroups/judge/askCgconfigparser.ts';
import { askSecondOpinion } from '../../src/machines/nspawn/operate/askSecondOpinion.ts';
import { setEnabled, startsAtBoot } from '../../src/machines/nspawn/operate/enableMachine.ts';
import {
  cloneImage,
  removeImage,
  renameImage,
  setImageReadOnly,
} from '../../src/machines/nspawn/operate/imageOperations.ts';
import { rebootMachine } from '../../src/machines/nspawn/operate/rebootMachine.ts';
import { startMachine } from '../../src/machines/nspawn/operate/startMachine.ts';
import { killMachine, powerOffMachine, terminateMachine } from '../../src/machines/nspawn/operate/stopMachine.ts';
import type { Operation, OperationHost } from '../../src/machines/operation.ts';
import { performOperation } from '../../src/machines/performOperation.ts';
import { runThrough, sudoNeedsNoPassword } from '../../src/machines/host/reach.ts';
import { createRun } from '../../src/machines/host/runWithExeca.ts';
import type { ActRequest, ActResult } from './act.ts';
import { guardWords } from '../../src/ui/entryWords.ts';
import { l10n } from '../unit/ui/l10n.ts';

/** Knows nothing and hears nothing, as a paused one: so the actions have to find out by themselves. */
const pausedInventory: Pick<Inventory, 'machines' | 'images' | 'onDidChange' | 'refresh'> = {
  machines: new Map(),
  images: new Map(),
  onDidChange: () => () => undefined,
  refresh: () => Promise.resolve(),
};

const run = createRun();
const host: OperationHost = { run, inventory: pausedInventory };

const operationOf = async (request: ActRequest): Promise<Operation | undefined> => {
  switch (request.do) {
    case 'start':
      return startMachine(host, request.name);
    case 'powerOff':
      return powerOffMachine(host, request.name, request.limitMs);
    case 'reboot':
      return rebootMachine(host, request.name, request.limitMs);
    case 'terminate':
      return terminateMachine(host, request.name);
    case 'kill':
      return killMachine(host, request.name, { signal: request.signal, whom: request.whom, systemd: 257 });
    case 'setEnabled':
      return setEnabled(host, request.name, request.enabled);
    case 'clone':
      return cloneImage(host, request.name, request.to, request.readOnly ?? false);
    case 'rename':
      return renameImage(host, request.name, request.to);
    case 'remove':
      return removeImage(host, request.name);
    case 'setReadOnly':
      return setImageReadOnly(host, request.name, request.readOnly);
    case 'openShell':
    case 'readUsers':
    case 'startsAtBoot':
    case 'secondOpinion':
    case 'cgconfigOpinion':
    case 'sudoNeedsNoPassword':
    case 'run':
      return undefined;
  }
};

const answer = async (request: ActRequest): Promise<unknown> => {
  switch (request.do) {
    case 'openShell':
      return planShell(host, request.name, request.request ?? {}, guardWords(l10n));
    case 'readUsers':
      return readMachineUsers(host, request.name);
    case 'startsAtBoot':
      return startsAtBoot(host, request.name);
    case 'secondOpinion':
      return askSecondOpinion(run, { text: request.text, trusted: request.trusted, nspawn: 'systemd-nspawn' });
    case 'cgconfigOpinion':
      return askCgconfigparser(run, { text: request.text, parser: 'cgconfigparser' });
    case 'sudoNeedsNoPassword':
      return sudoNeedsNoPassword(run);
    case 'run':
      return run({ file: request.file, args: request.args, parse: ({ stdout }) => stdout });
    default: {
      const operation = await operationOf(request);
      const cancel = AbortSignal.timeout(request.cancelAfterMs ?? 60_000);
      const way = request.reach === undefined ? run : runThrough(request.reach, run);
      if (operation !== undefined) await performOperation(way, operation, cancel);
      return undefined;
    }
  }
};

const results: ActResult[] = [];
for (const request of JSON.parse(process.argv[2] ?? '[]') as readonly ActRequest[]) {
  try {
    results.push({ value: await answer(request) });
  } catch (error) {
    if (!(error instanceof MachineError)) throw error;
    results.push({ failure: error.failure });
  }
}
console.log(JSON.stringify(results));
