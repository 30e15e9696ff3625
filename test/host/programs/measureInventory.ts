// Runs inside a host, with --expose-gc: measures our inventory beside machinectl and prints the figures as JSON.
import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { createInventory } from '../../../src/machines/nspawn/createInventory.ts';
import { machinedPaths } from '../../../src/machines/nspawn/machinedPaths.ts';
import { createMachineWatch } from '../../../src/machines/nspawn/observe/watchMachines.ts';

const run = promisify(execFile);
const [figure = '', argument = ''] = process.argv.slice(2);

/** `bench7` runs in `bench@7.service`. */
const unitOf = (machine: string): string => machine.replace(/(\d+)$/u, '@$1.service');

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const began = performance.now();
  await work();
  return performance.now() - began;
};

const repeated = async (rounds: number, work: () => Promise<unknown>): Promise<number[]> => {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) times.push(await timed(work));
  return times;
};

/** All machines by us, in a new inventory each time, and by the tool. */
const listing = async (): Promise<unknown> => {
  const seen = { machines: 0, images: 0, listed: 0 };
  const machines = await repeated(9, async () => {
    const watch = createMachineWatch(machinedPaths.stateFiles, () => undefined);
    await watch.start();
    seen.machines = watch.machines.size;
    watch.stop();
  });
  const everything = await repeated(5, async () => {
    const inventory = createInventory({ imageDirectories: [] });
    await inventory.watch();
    seen.images = inventory.images.size;
    inventory.dispose();
  });
  const machinectl = await repeated(3, async () => {
    const { stdout } = await run('machinectl', ['list', '--output=json'], { maxBuffer: 64 * 1024 * 1024 });
    seen.listed = (JSON.parse(stdout) as unknown[]).length;
  });
  return { ...seen, times: { machines, everything, machinectl } };
};

/** What ending and starting one machine among many costs us. */
const oneChange = async (): Promise<unknown> => {
  const inventory = createInventory({ imageDirectories: [] });
  await inventory.watch();
  const calls: string[] = [];
  inventory.onDidChange((changes) => calls.push(changes.map((change) => change.kind).join(' ')));
  const rounds = 10;
  const before = process.cpuUsage();
  for (let round = 0; round < rounds; round += 1) {
    await run('systemctl', ['stop', unitOf(argument)]);
    // machined may know it a moment longer, and would refuse another of that name.
    while (inventory.machines.has(argument)) await sleep(20);
    await run('systemctl', ['start', unitOf(argument)]);
  }
  await sleep(500);
  const used = process.cpuUsage(before);
  const known = inventory.machines.size;
  inventory.dispose();
  return { known, rounds, calls, cpuMs: (used.user + used.system) / 1000 / (2 * rounds) };
};

/** Bytes on the heap that all machines and images take. */
const memory = async (): Promise<unknown> => {
  const collect = (): number => {
    globalThis.gc?.();
    return process.memoryUsage().heapUsed;
  };
  // The library of the bus and all code are loaded before the first look.
  const first = createInventory({ imageDirectories: [] });
  await first.watch();
  first.dispose();
  const before = collect();
  const inventory = createInventory({ imageDirectories: [] });
  await inventory.watch();
  const heap = collect() - before;
  const counts = { machines: inventory.machines.size, images: inventory.images.size };
  inventory.dispose();
  return { ...counts, heap, rss: process.memoryUsage().rss };
};

const figures = new Map([
  ['listing', listing],
  ['oneChange', oneChange],
  ['memory', memory],
]);
console.log(JSON.stringify(await figures.get(figure)?.()));
