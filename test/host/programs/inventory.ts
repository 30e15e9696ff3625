// Runs inside a host: prints what the inventory says as lines of JSON, and does what the lines on its standard input say.
import { createInterface } from 'node:readline';
import { backends } from '../../../src/machines/backends.ts';
import { createBackendsInventory } from '../../../src/machines/backendsInventory.ts';
import { createInventory } from '../../../src/machines/nspawn/createInventory.ts';
import { detailsByTool } from '../../../src/machines/nspawn/observe/machineDetails.ts';

const [kinds, ...imageDirectories] = process.argv.slice(2);
const inventory =
  kinds === 'all' ? createBackendsInventory(backends, { imageDirectories }) : createInventory({ imageDirectories });
const say = (line: unknown): void => void process.stdout.write(`${JSON.stringify(line)}\n`);

inventory.onDidChange((changes) => say({ event: 'changes', at: Date.now(), changes }));

const snapshot = (): unknown => ({
  event: 'snapshot',
  availability: inventory.availability,
  machines: [...inventory.machines.values()],
  images: [...inventory.images.values()],
  failed: [...inventory.failed.values()],
});

const obey = async (order: string, name: string, rest: string): Promise<unknown> => {
  switch (order) {
    case 'watch':
      await inventory.watch();
      return snapshot();
    case 'refresh':
      await inventory.refresh();
      return snapshot();
    case 'pause':
      inventory.pause();
      return snapshot();
    case 'snapshot':
      return snapshot();
    case 'details':
      return inventory.details(name).then(
        (details) => ({ event: 'details', name, details }),
        (error: unknown) => ({
          event: 'failed',
          name,
          failure: error instanceof Error && 'failure' in error ? error.failure : String(error),
        }),
      );
    case 'learn': {
      const machine = inventory.machines.get(name);
      const told = detailsByTool(name).parse({ exitCode: 0, stdout: rest, stderr: '' });
      if (machine !== undefined) inventory.learn?.(machine, told);
      return { event: 'learnt', name };
    }
    case 'imageOs':
      return { event: 'imageOs', name, os: (await inventory.imageOs(name)) ?? null };
    case 'resources':
      return { event: 'resources', resources: process.getActiveResourcesInfo() };
    default:
      return { event: 'unknown', order };
  }
};

say({ event: 'ready', pid: process.pid });
for await (const line of createInterface({ input: process.stdin })) {
  const [order = '', name = '', ...rest] = line.split(' ');
  say(await obey(order, name, rest.join(' ')));
}
inventory.dispose();
