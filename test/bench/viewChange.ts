import { setTimeout as sleep } from 'node:timers/promises';
import { image, machine } from '../workbench/tree.ts';
import type { BenchWorkbench } from './benchWorkbench.ts';
import { traceExtensionHost } from './extensionHost.ts';
import type { Figure } from './figure.ts';
import { watchTouchedRows } from './pageProbe.ts';

/** The first row of the view, and the last but one: the images stand above the machines that have none of their own. */
const firstImage = 'a-disk';
const lowMachine = 'bench999';
const growFirst = `truncate --size=+64M /var/lib/machines/${firstImage}.raw`;

/** Long enough for all that follows a change; VS Code gathers what follows the first for 200 ms. */
const settleMs = 2500;
/** The running times of other machines tick at times of their own, seldom within each of so many rounds. */
const rounds = 3;

/** Questions to machined for a list, and state files of other machines that were read. */
const countRelists = (lines: readonly string[], changed: string): number => {
  const lists = lines.filter((line) => /ListMachines|ListImages|\\"more\\":true/u.test(line)).length;
  const files = lines.flatMap((line) => /"\/run\/systemd\/machines\/([^"]+)"/u.exec(line)?.[1] ?? []);
  return lists + new Set(files.filter((name) => name !== changed)).size;
};

interface Change {
  readonly title: string;
  readonly script: string;
  readonly subject: string;
  /** The end of the view where it is seen. */
  readonly key: 'Home' | 'End';
  /** Whether it is a row that changes. VS Code draws all visible rows of a group anew where one comes or goes. */
  readonly inPlace: boolean;
}

const changes: readonly Change[] = [
  {
    title: 'an image that grows',
    script: growFirst,
    subject: firstImage,
    key: 'Home',
    inPlace: true,
  },
  {
    title: 'a machine that ends',
    script: 'systemctl stop bench@999.service',
    subject: lowMachine,
    key: 'End',
    inPlace: false,
  },
  {
    title: 'a machine that starts',
    script: 'systemctl start bench@999.service',
    subject: lowMachine,
    key: 'End',
    inPlace: false,
  },
];

interface Seen {
  readonly rows: readonly string[];
  readonly relists: number;
}

const observeChange = async ({ host, workbench }: BenchWorkbench, change: Change): Promise<Seen> => {
  const { page } = workbench;
  await page.keyboard.press(change.key);
  await sleep(settleMs);
  const seen: { rows: readonly string[] } = { rows: [] };
  // Writes: what it asks of machined by D-Bus or varlink. Opened files: what it reads for itself.
  const lines = await traceExtensionHost(host, 'openat,write,writev,sendto,sendmsg', async () => {
    const touched = await watchTouchedRows(page);
    const { exitCode, stderr } = await host.run('sh', ['-c', change.script]);
    if (exitCode !== 0) throw new Error(stderr);
    await sleep(settleMs);
    seen.rows = await touched();
  });
  // An image is asked for and a new machine's file is read; a trace without that tells nothing about relists.
  const blind = !change.script.includes(' stop ') && !lines.some((line) => line.includes(change.subject));
  if (blind) throw new Error(`of ${lines.length} traced calls none is about ${change.subject}`);
  return { rows: seen.rows, relists: countRelists(lines, change.subject) };
};

/** What one change does while all rows are shown: in the page, and between the extension host and machined. */
export const measureViewChange = async (bench: BenchWorkbench): Promise<readonly Figure[]> => {
  const { host, workbench } = bench;
  const { tree, page, sideBar } = workbench;
  const { exitCode, stderr } = await host.run('sh', ['-c', growFirst]);
  if (exitCode !== 0) throw new Error(stderr);
  await sideBar.open('systemd-nspawn');
  // The keyboard goes to the rows.
  await tree.click(image(firstImage));
  await tree.collapse(image(firstImage));
  await page.mouse.move(800, 300);
  const all = new Map<Change, Seen[]>(changes.map((change) => [change, []]));
  for (let round = 0; round < rounds; round += 1)
    for (const [change, seen] of all) seen.push(await observeChange(bench, change));
  await page.keyboard.press('End');
  await tree.row(machine(lowMachine));
  await page.keyboard.press('Home');
  return [...all].map(([change, seen]): Figure => {
    const fewest = seen.reduce((one, other) => (other.rows.length < one.rows.length ? other : one));
    const relists = seen.reduce((sum, { relists }) => sum + relists, 0);
    const touched = fewest.rows.length;
    return {
      title: `${change.title}, while all rows are shown`,
      value: `${touched} ${change.inPlace ? 'rows touched' : 'visible rows drawn anew by VS Code'}, ${relists} relists in ${rounds} rounds`,
      goal: change.inPlace
        ? { text: 'one row touched, no relist', met: touched === 1 && relists === 0 }
        : { text: 'no relist', met: touched > 0 && relists === 0 },
    };
  });
};
