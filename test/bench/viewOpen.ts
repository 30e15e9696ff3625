import { setTimeout as sleep } from 'node:timers/promises';
import type { BenchWorkbench } from './benchWorkbench.ts';
import { benchFolder } from './benchWorkbench.ts';
import { extensionHostOf, memoryOf } from './extensionHost.ts';
import { median, short } from './figure.ts';
import type { Figure } from './figure.ts';
import { explorerRows, ourRows, timeFromClickToRows } from './pageProbe.ts';

const rounds = 5;
/** Long enough for details to have come and for garbage of the start to have gone. */
const settleMs = 3000;

/** `machinectl list` and `list-images` after each other, in milliseconds. */
const timeTool = async ({ host }: BenchWorkbench): Promise<number> => {
  const script = 'date +%s%3N; machinectl list >/dev/null; machinectl list-images >/dev/null; date +%s%3N';
  const { stdout } = await host.run('sh', ['-c', script], { timeoutMs: 60_000 });
  const [began = Number.NaN, ended = Number.NaN] = stdout.trim().split('\n').map(Number);
  return ended - began;
};

/** From the click to rows, in a window that has not loaded us yet; beside it the Explorer with as many files. */
export const measureViewOpen = async (bench: BenchWorkbench, rowCount: number): Promise<readonly Figure[]> => {
  const { host, workbench, reopen } = bench;
  await host.run('sh', ['-c', 'cd "$1" && seq -f file%g.txt "$2" | xargs touch', 'sh', benchFolder, String(rowCount)]);
  const [ours, explorer, tool, grown]: [number[], number[], number[], number[]] = [[], [], [], []];
  for (let round = 0; round < rounds; round += 1) {
    await reopen();
    await sleep(settleMs);
    const before = await memoryOf(host, await extensionHostOf(host));
    explorer.push(await timeFromClickToRows(workbench.page, 'Explorer', explorerRows));
    ours.push(await timeFromClickToRows(workbench.page, 'systemd-nspawn', ourRows));
    await sleep(settleMs);
    grown.push((await memoryOf(host, await extensionHostOf(host))) - before);
    tool.push(await timeTool(bench));
  }
  const [time, peer, toolTime] = [median(ours), median(explorer), median(tool)];
  return [
    {
      title: `from the click on our icon to ${rowCount} rows that can be used`,
      value:
        `${short(time)} ms, our code loaded included; the Explorer with ${rowCount} files ${short(peer)} ms: ` +
        `${short(time / peer)} times as long; machinectl list and list-images ${short(toolTime)} ms: ${short(time / toolTime)} of it`,
    },
    {
      title: `memory of the extension host, more with our view open than before`,
      value: `${short(median(grown) / 1024 / 1024)} MiB`,
    },
  ];
};
