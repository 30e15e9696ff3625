// Runs the backend of LXC inside a host of the rig: given a list of requests as JSON, does one after the other while an inventory
// watches, and prints what came of each.
import { existsSync, rmSync } from 'node:fs';
import { userInfo } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { MachineError } from '../../../src/machines/errors.ts';
import { createRun } from '../../../src/machines/host/runWithExeca.ts';
import type { Image } from '../../../src/machines/image.ts';
import type { Machine } from '../../../src/machines/machine.ts';
import { lxc } from '../../../src/machines/lxc/backend.ts';
import { startInTerminal } from '../../../src/machines/lxc/commands/terminalCommands.ts';
import { copyContainer } from '../../../src/machines/lxc/operate/containerFiles.ts';
import type { Operation, OperationHost } from '../../../src/machines/operation.ts';
import { performOperation } from '../../../src/machines/performOperation.ts';
import { writeRef } from '../../../src/machines/reference.ts';
import { waitUntil } from '../../../src/machines/waitUntil.ts';
import { guardWords } from '../../../src/ui/entryWords.ts';
import { l10n } from '../../unit/ui/l10n.ts';
import type { LxcRequest, LxcResult, LxcRow } from '../lxcRequests.ts';

const run = createRun();
const scope = process.argv[3] ?? '/var/lib/lxc';
const inventory = lxc.createInventory({ imageDirectories: [], users: process.argv.slice(4) });
const host: OperationHost = { run, inventory };

const rowOf = (name: string): LxcRow => {
  const id = writeRef({ backend: 'lxc', scope, name });
  const machine: Machine | undefined = inventory.machines.get(id);
  const image: Image | undefined = inventory.images.get(id);
  return {
    ...(machine === undefined ? {} : { machine }),
    ...(image === undefined ? {} : { image }),
    enabled: inventory.enabled.has(id),
  };
};

const operationOf = (request: Extract<LxcRequest, { do: 'act' }>): Operation | Promise<Operation> | undefined => {
  const { act, name, to = '' } = request;
  const ref = { backend: 'lxc', scope, name };
  const container = { lxcpath: scope, name };
  const { operations } = lxc;
  switch (act) {
    case 'clone':
    case 'rename':
      return operations[act]?.(host, ref, to);
    case 'kill':
      return operations.kill?.(host, ref, { signal: request.signal ?? 'SIGKILL', whom: 'leader' });
    case 'overlay':
      return copyContainer(host, container, to, 'overlay');
    case 'startCopy':
      return operations.startCopy?.(host, ref, to);
    case 'snapshot':
      return operations.takeSnapshot?.(host, ref, request.comment ?? '');
    case 'restore':
      return operations.restoreSnapshot?.(host, ref, request.snapshot ?? '', request.to);
    case 'bootPlace': {
      const { order = 0, delay = 0, groups = [] } = request;
      return operations.setBootPlace?.(host, ref, { order, delay, groups });
    }
    case 'logLevel':
      return operations.setLogLevel?.(host, ref, request.level ?? 'ERROR');
    case 'keepParameter':
      return operations.keepParameter?.(host, ref, 2, request.parameter ?? '', request.value ?? '');
    case 'setParameter':
      return operations[act]?.(host, ref, request.parameter ?? '', request.value ?? '');
    case 'addDevice':
    case 'removeDevice':
      return operations[act]?.(host, ref, request.device ?? '', { asRoot: run, unseen: never });
    case 'removeSnapshot':
      return operations.removeSnapshot?.(host, ref, request.snapshot ?? '');
    default:
      return operations[act]?.(host, ref);
  }
};

const limitMs = 300_000;

const performUntil = async (
  operation: Operation,
  { cancelAfterMs, cancelWhen }: Extract<LxcRequest, { do: 'act' }>,
): Promise<void> => {
  const abort = new AbortController();
  const looking = setInterval(() => {
    if (cancelWhen !== undefined && existsSync(cancelWhen)) abort.abort();
  }, 20);
  const limit = AbortSignal.timeout(cancelAfterMs ?? limitMs);
  try {
    await performOperation(run, operation, AbortSignal.any([abort.signal, limit]));
  } finally {
    clearInterval(looking);
    if (cancelWhen !== undefined) rmSync(cancelWhen, { force: true });
  }
};

/** Waits until the rows are so: nothing is asked anew for it. */
const seen = async (request: Extract<LxcRequest, { do: 'seen' }>): Promise<LxcRow> => {
  const isSo = ({ machine, image, enabled }: LxcRow): boolean =>
    (request.runs === undefined || request.runs === (machine !== undefined)) &&
    (request.frozen === undefined || request.frozen === machine?.frozen) &&
    (request.defined === undefined || request.defined === (image !== undefined)) &&
    (request.tree === undefined || request.tree === image?.path) &&
    (request.enabled === undefined || request.enabled === enabled);
  for (let round = 0; round < 1_200; round += 1) {
    const row = rowOf(request.name);
    if (isSo(row)) return row;
    await sleep(25);
  }
  throw new Error(`${JSON.stringify(request)} in vain: ${JSON.stringify(rowOf(request.name))}`);
};

const answer = async (request: LxcRequest): Promise<unknown> => {
  switch (request.do) {
    case 'run': {
      const { file, args, input } = request;
      const command = { file, args, parse: ({ stdout }: { readonly stdout: string }) => stdout, timeoutMs: 150_000 };
      return run(input === undefined ? command : { ...command, input });
    }
    case 'act': {
      const operation = await operationOf(request);
      if (operation === undefined) throw new Error(`not offered: ${request.act}`);
      return performUntil(operation, request);
    }
    case 'create': {
      const abort = new AbortController();
      const ref = { backend: 'lxc', scope, name: request.name };
      const creating = await lxc.creation?.create(host, ref, request.plan, (line) => {
        if (line === request.cancelAt) abort.abort();
      });
      await performOperation(run, creating?.operation ?? never(), abort.signal);
      return creating?.advice();
    }
    case 'backUp':
    case 'bringBack': {
      const { file, name } = request;
      const ref = { backend: 'lxc', scope, name };
      const { backUp, look, bringBack } = lxc.archives ?? never();
      const operation =
        request.do === 'backUp' ? backUp(host, ref, file) : bringBack(host, ref, file, await run(await look(file)));
      return performOperation(run, await operation, AbortSignal.timeout(limitMs));
    }
    case 'creation':
      return {
        templates: (await lxc.creation?.templates())?.map(({ name }) => name),
        stores: await lxc.creation?.stores(scope),
      };
    case 'opinion':
      return (lxc.lxcFiles ?? never()).judge(run, { text: request.text, tool: 'lxc-info', isPart: false });
    case 'seen':
      return seen(request);
    case 'check': {
      const { username, uid, gid, homedir } = userInfo();
      return lxc.unprivileged?.check(run, { name: username, uid, gid, home: homedir });
    }
    case 'names':
      return [...inventory.images.values()].map(({ name }) => name).sort();
    case 'details':
      return inventory.details(writeRef({ backend: 'lxc', scope, name: request.name }));
    case 'shell': {
      const { name, ...wanted } = request;
      const ref = { backend: 'lxc', scope, name };
      return (await lxc.terminals.shell?.(host, ref, wanted, guardWords(l10n)))?.command;
    }
    case 'terminal': {
      const ref = { backend: 'lxc', scope, name: request.name };
      if (request.kind === 'boot') return startInTerminal({ lxcpath: scope, name: request.name });
      return (await lxc.terminals.logIn?.(host, ref))?.command;
    }
    case 'snapshots': {
      const ref = { backend: 'lxc', scope, name: request.name };
      const own = await lxc.snapshots?.list(ref);
      return own === undefined ? 'closed' : [own, await run((await lxc.snapshots?.listByTool(ref)) ?? never())];
    }
    case 'startSettings': {
      const ref = { backend: 'lxc', scope, name: request.name };
      return [await lxc.startSettings?.read(ref), await run((await lxc.startSettings?.readByTool(ref)) ?? never())];
    }
    case 'wait': {
      const ref = { backend: 'lxc', scope, name: request.name };
      const isSo = async (): Promise<boolean> => (await lxc.isInState?.(host, ref, request.state)) ?? never();
      return waitUntil(isSo, {
        signal: AbortSignal.timeout(limitMs),
        limitMs,
        onDidChange: (listener) => inventory.onDidChange(listener),
      });
    }
    case 'atBoot': {
      const { list } = lxc.atBoot ?? never();
      return run(await list(scope, request.group, request.act));
    }
    case 'inTree': {
      const ref = { backend: 'lxc', scope, name: request.name };
      const call = { file: '/bin/sh', args: ['-c', request.commandLine], title: request.name };
      return (await lxc.terminals.inTree?.(host, ref, call))?.command;
    }
    case 'execute': {
      const ref = { backend: 'lxc', scope, name: request.name };
      return (await lxc.terminals.execute?.(host, ref, request.commandLine))?.command;
    }
    case 'texts': {
      const ref = { backend: 'lxc', scope, name: request.name };
      return [lxc.texts?.configuration(ref), await lxc.texts?.log(host, ref)];
    }
    case 'info':
      return run((await lxc.documents.status?.({ backend: 'lxc', scope, name: request.name }, 'machine')) ?? never());
  }
};

const never = (): never => {
  throw new Error('not offered');
};

await inventory.watch();
const results: LxcResult[] = [];
for (const request of JSON.parse(process.argv[2] ?? '[]') as readonly LxcRequest[]) {
  try {
    results.push({ value: await answer(request) });
  } catch (error) {
    if (!(error instanceof MachineError)) throw error;
    results.push({ failure: error.failure });
  }
}
inventory.dispose();
console.log(JSON.stringify(results));
