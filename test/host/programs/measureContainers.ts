// Runs inside a host with LXC: lists all containers by us, in a new inventory each time, and by `lxc-ls -f`, in turn.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { lxc } from '../../../src/machines/lxc/backend.ts';

const run = promisify(execFile);
const rounds = 5;
const seen = { defined: 0, running: 0, listed: 0, listedRunning: 0 };
const times: Record<'ours' | 'tool', number[]> = { ours: [], tool: [] };

const timed = async (into: number[], work: () => Promise<unknown>): Promise<void> => {
  const began = performance.now();
  await work();
  into.push(performance.now() - began);
};

for (let round = 0; round < rounds; round += 1) {
  await timed(times.ours, async () => {
    const inventory = lxc.createInventory({ imageDirectories: [] });
    await inventory.watch();
    seen.defined = inventory.images.size;
    seen.running = inventory.machines.size;
    inventory.dispose();
  });
  await timed(times.tool, async () => {
    const { stdout } = await run('lxc-ls', ['--fancy']);
    const lines = stdout.split('\n').filter((line) => line.startsWith('bench'));
    seen.listed = lines.length;
    seen.listedRunning = lines.filter((line) => line.includes('RUNNING')).length;
  });
}
console.log(JSON.stringify({ ...seen, times }));
