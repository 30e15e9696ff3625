/**
 * `npm run bench`: measures on one real host, prints figures with their goals, and ends with 1 where a goal is missed.
 * One file a figure; each gives `Figure`s.
 *
 *     npm run bench                    everything
 *     npm run bench -- bundles idle    these figures
 */
import { hostObstacle } from '../host/boot/obstacle.ts';
import { startHost } from '../host/host.ts';
import type { Host } from '../host/host.ts';
import { installImages } from '../host/installImages.ts';
import { progress } from '../rig/progress.ts';
import { measureActivation } from './activation.ts';
import { withBenchWorkbench } from './benchWorkbench.ts';
import { measureBundles } from './bundleSizes.ts';
import { measureCgconfig } from './cgconfigRead.ts';
import { measureCgroupSample } from './cgroupSample.ts';
import { measureContainerLatency, measureContainerRow, measureContainers, prepareContainers } from './containers.ts';
import { figureLine } from './figure.ts';
import type { Figure } from './figure.ts';
import { measureIdle } from './idle.ts';
import { measureCursor } from './languageCursor.ts';
import { measureKeystroke } from './languageKeystroke.ts';
import { measureLatency } from './latency.ts';
import { measureLinter } from './linterRun.ts';
import { measureListing } from './listing.ts';
import { createImages, prepareMachines, startMachines } from './manyMachines.ts';
import { measureMemory } from './memory.ts';
import { measureOneChange } from './oneChange.ts';
import { measureRowLatency } from './rowLatency.ts';
import { measureServerMemory } from './serverMemory.ts';
import { measureViewChange } from './viewChange.ts';
import { measureViewIdle } from './viewIdle.ts';
import { measureViewOpen } from './viewOpen.ts';
import { image } from '../workbench/tree.ts';

const steps = [1, 50, 300, 1000];

const small = ['cgroups', 'latency', 'row', 'activation'] as const;
const containers = ['containers', 'containerRow', 'containerIdle'] as const;
const large = ['listing', 'change', 'memory', 'view', 'idle'] as const;
const known = ['bundles', 'language', 'cgconfig', ...small, ...containers, ...large] as const;

const wanted = process.argv.slice(2);
const lost = wanted.find((word) => !known.some((name) => name === word));
if (lost !== undefined) throw new Error(`no figure is called ${lost}; there are ${known.join(', ')}`);
const isWanted = (name: (typeof known)[number]): boolean => wanted.length === 0 || wanted.includes(name);

const figures: Figure[] = [];
const measure = async (title: string, work: () => Promise<readonly Figure[]>): Promise<void> => {
  const found = await progress.step(title, work);
  for (const figure of found) progress.say(figureLine(figure));
  figures.push(...found);
};

/** The heavy ones, on more and more machines. */
const measureMany = async (host: Host): Promise<void> => {
  await prepareMachines(host);
  await progress.step('creating 1000 images', () => createImages(host, 1000));
  for (const [index, count] of steps.entries()) {
    const from = (steps[index - 1] ?? 0) + 1;
    await progress.step(`starting machines up to ${count}`, () => startMachines(host, from, count));
    if (isWanted('listing')) await measure(`listing ${count} machines`, () => measureListing(host, count));
  }
  if (isWanted('change')) await measure('one change among all', () => measureOneChange(host, 'bench7'));
  if (isWanted('memory')) await measure('memory', () => measureMemory(host));
  if (isWanted('idle')) await measure('a minute in which nothing happens', () => measureIdle(host));
  if (!isWanted('view') && !isWanted('idle')) return;
  await withBenchWorkbench(host, async (bench) => {
    if (isWanted('view')) {
      await measure('opening the view', () => measureViewOpen(bench, 2000));
      await measure('one change in the view', () => measureViewChange(bench));
    }
    await bench.workbench.sideBar.open('systemd-nspawn');
    await bench.workbench.tree.row(image('debian'));
    if (isWanted('idle')) await measure('a minute with the view open', () => measureViewIdle(bench));
  });
};

/** Those for which a few machines are enough. */
const measureFew = async (host: Host): Promise<void> => {
  if (isWanted('cgroups')) await measure('a sample of many control groups', () => measureCgroupSample(host));
  if (isWanted('latency')) await measure('from a start to our event', () => measureLatency(host));
  if (!isWanted('row') && !isWanted('activation')) return;
  await withBenchWorkbench(host, async (bench) => {
    if (isWanted('row')) await measure('from a start to its row', () => measureRowLatency(bench));
    if (isWanted('activation')) await measure('activation beside that of Git', () => measureActivation(bench));
  });
};

/** Those of LXC. */
const measureLxc = async (host: Host): Promise<void> => {
  await progress.step('making containers', () => prepareContainers(host));
  if (isWanted('containers')) {
    await measure('listing containers', () => measureContainers(host));
    await measure('from the start of a container to our event', () => measureContainerLatency(host));
  }
  if (isWanted('containerIdle'))
    await measure('a minute in which nothing happens', () => measureIdle(host, { kinds: 'all' }));
  if (isWanted('containerRow'))
    await withBenchWorkbench(host, (bench) =>
      measure('from the start of a container to its row', () => measureContainerRow(bench)),
    );
};

const measureHost = async (): Promise<void> => {
  if (![...small, ...containers, ...large].some(isWanted)) return;
  const obstacle = await hostObstacle();
  if (obstacle !== undefined) {
    progress.say(`no figures of a host: ${obstacle}`);
    return;
  }
  for (const [group, work] of [
    [small, measureFew],
    [containers, measureLxc],
    [large, measureMany],
  ] as const) {
    if (!group.some(isWanted)) continue;
    const host = await startHost('trixie', { lxc: group === containers });
    const interrupt = (): void => void host.stop().finally(() => process.exit(130));
    process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
    try {
      await installImages(host);
      await work(host);
    } finally {
      await host.stop();
      process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
    }
  }
};

if (isWanted('bundles') || isWanted('language') || isWanted('cgconfig'))
  await measure('building the bundles', measureBundles);
if (isWanted('language')) {
  await measure('typing in long files', measureKeystroke);
  await measure('completion and hover in long files', measureCursor);
  await measure('the linter on many files', measureLinter);
  await measure('the language server with many files', measureServerMemory);
}
if (isWanted('cgconfig')) await measure('a long cgconfig.conf', measureCgconfig);
await measureHost();
process.stdout.write(`\n${figures.map(figureLine).join('\n')}\n`);
process.exitCode = figures.some(({ goal }) => goal?.met === false) ? 1 : 0;
