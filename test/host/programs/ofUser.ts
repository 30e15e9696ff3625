// Runs in a host, as a user: what this user's own machines are, at first and after each thing that is done to them, as JSON.
import { operationOn, type Operations } from '../../../src/machines/backend.ts';
import { backends } from '../../../src/machines/backends.ts';
import { createBackendsInventory } from '../../../src/machines/backendsInventory.ts';
import { MachineError } from '../../../src/machines/errors.ts';
import { createRun } from '../../../src/machines/host/runWithExeca.ts';
import { performOperation } from '../../../src/machines/performOperation.ts';
import type { OfUser } from '../machinesOfUser.ts';

const run = createRun();
const inventory = createBackendsInventory(backends, { imageDirectories: [] });
await inventory.watch();
const { signal } = new AbortController();
const host = { run, inventory, backends };

const ours = (ids: Iterable<string>): string[] => [...ids].filter((id) => id.startsWith('nspawn/user/')).sort();
const answers: OfUser[] = [];
const look = (failure?: unknown): void => {
  const { images, machines, enabled, failed } = inventory;
  answers.push({
    images: ours(images.keys()),
    machines: ours(machines.keys()),
    enabled: ours(enabled),
    failed: ours(failed.keys()),
    failure,
  });
};
look();
for (const [act, id, to] of JSON.parse(process.argv[2] ?? '[]') as [keyof Operations, string, string?][]) {
  try {
    const given = to === undefined ? [] : [to];
    const operation = await operationOn(host, id, (all) => all[act] as Operations['clone'], ...(given as [string]));
    await performOperation(run, operation, signal);
    look();
  } catch (error) {
    look(error instanceof MachineError ? error.failure : String(error));
  }
}
process.stdout.write(JSON.stringify(answers));
process.exit();
