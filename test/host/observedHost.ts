import { createInterface } from 'node:readline';
import type { Image } from '../../src/machines/image.ts';
import type { Availability, InventoryChange } from '../../src/machines/inventory.ts';
import type { FailedUnit, Machine, MachineDetails, OsRelease } from '../../src/machines/machine.ts';
import { enterArguments, inHostCommand } from './boot/runInHost.ts';
import { hostPaths } from './host.ts';
import type { Host } from './host.ts';
import { start } from '../rig/program.ts';
import { tool } from './boot/tools.ts';

export interface Snapshot {
  readonly availability: Availability;
  readonly machines: readonly Machine[];
  readonly images: readonly Image[];
  readonly failed: readonly FailedUnit[];
}

/** A line that programs/inventory.ts prints. */
interface Line {
  readonly event: string;
  readonly at?: number;
  readonly changes?: readonly InventoryChange[];
  readonly details?: MachineDetails;
  readonly failure?: unknown;
  readonly os?: OsRelease | null;
  readonly resources?: readonly string[];
}

/** Our inventory, running in a process inside a host. */
export interface Observer {
  /** All changes so far, with the host's clock in milliseconds. */
  readonly changes: (InventoryChange & { readonly at: number })[];
  readonly watch: () => Promise<Snapshot>;
  readonly refresh: () => Promise<Snapshot>;
  readonly pause: () => Promise<Snapshot>;
  readonly snapshot: () => Promise<Snapshot>;
  /** @throws Error with the failure as JSON */
  readonly details: (machine: string) => Promise<MachineDetails>;
  /** Hands over what root has read of it. */
  readonly learn: (machine: string, printed: string) => Promise<void>;
  readonly imageOs: (image: string) => Promise<OsRelease | undefined>;
  /** `process.getActiveResourcesInfo()` */
  readonly resources: () => Promise<readonly string[]>;
  /** Resolves with the first change that fits, also one of the past. @throws Error after half a minute */
  readonly change: (fits: (change: InventoryChange) => boolean) => Promise<InventoryChange & { readonly at: number }>;
  readonly end: () => Promise<void>;
}

export interface ObserverOptions {
  readonly user?: string;
  readonly imageDirectories?: readonly string[];
  /** Those of systemd-nspawn alone where it is left out. */
  readonly kinds?: 'all';
  /** Put before the program: `strace -o …`. */
  readonly wrapper?: readonly string[];
}

const patienceMs = 90_000;

export const observe = async (host: Host, options: ObserverOptions = {}): Promise<Observer> => {
  const program = `${hostPaths.repository}/test/host/programs/inventory.ts`;
  const [first, ...rest] = [...(options.wrapper ?? []), hostPaths.node, program];
  const command = inHostCommand(first, [...rest, options.kinds ?? 'nspawn', ...(options.imageDirectories ?? [])], {
    user: options.user ?? 'root',
  });
  const [enter, ...args] = enterArguments(host.leader, 'host network');
  const child = start(await tool(enter), [...args, ...command], { stdio: ['pipe', 'pipe', 'pipe'] });
  const said = { stderr: '', ended: false };
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said.stderr += text));
  const changes: (InventoryChange & { readonly at: number })[] = [];
  const answers: ((line: Line) => void)[] = [];
  const listeners = new Set<() => void>();
  createInterface({ input: child.stdout }).on('line', (text) => {
    const line = JSON.parse(text) as Line;
    if (line.event !== 'changes') answers.shift()?.(line);
    for (const change of line.changes ?? []) changes.push({ ...change, at: line.at ?? 0 });
    for (const listener of [...listeners]) listener();
  });
  const exited = new Promise<void>((resolve) =>
    child.on('close', () => {
      said.ended = true;
      resolve();
    }),
  );

  const answer = (what: string): Promise<Line> =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no answer to ${what}: ${said.stderr}`)), patienceMs);
      answers.push((line) => {
        clearTimeout(timer);
        resolve(line);
      });
    });
  const ask = (order: string): Promise<Line> => {
    child.stdin.write(`${order}\n`);
    return answer(order);
  };
  const askSnapshot = async (order: string): Promise<Snapshot> => (await ask(order)) as unknown as Snapshot;

  await answer('its start');
  return {
    changes,
    watch: () => askSnapshot('watch'),
    refresh: () => askSnapshot('refresh'),
    pause: () => askSnapshot('pause'),
    snapshot: () => askSnapshot('snapshot'),
    details: async (machine) => {
      const { details, failure } = await ask(`details ${machine}`);
      if (details === undefined) throw new Error(JSON.stringify(failure));
      return details;
    },
    learn: async (machine, printed) => {
      await ask(`learn ${machine} ${printed.trim()}`);
    },
    imageOs: async (image) => (await ask(`imageOs ${image}`)).os ?? undefined,
    resources: async () => (await ask('resources')).resources ?? [],
    change: (fits) =>
      new Promise((resolve, reject) => {
        const seen = { count: 0 };
        const timer = setTimeout(() => {
          listeners.delete(look);
          reject(new Error(`the change did not come; there were ${JSON.stringify(changes.slice(-5))} ${said.stderr}`));
        }, patienceMs);
        const look = (): void => {
          for (; seen.count < changes.length; seen.count += 1) {
            const change = changes[seen.count];
            if (change === undefined || !fits(change)) continue;
            clearTimeout(timer);
            listeners.delete(look);
            resolve(change);
            return;
          }
        };
        listeners.add(look);
        look();
      }),
    end: async () => {
      child.stdin.end();
      if (!said.ended) await exited;
    },
  };
};
