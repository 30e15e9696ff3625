/**
 * Declares tests that share one host, one VS Code server in it and one page. Where no host can be booted they are skipped,
 * with the reason.
 *
 *     await withWorkbench('the tree', (click) => {
 *       click('starts a machine', async ({ workbench, host }) => {
 *         await workbench.tree.pressButton('debian', 'Start');
 *         …
 *       });
 *     });
 *
 * Before each test what the last one left open is closed. A failing test leaves a picture in screenshots/ and says what
 * the page showed; a test also fails when our extension threw something that nobody caught.
 */
import { mkdtemp } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import type { Suite } from '../host/boot/debootstrap.ts';
import { hostObstacle } from '../host/boot/obstacle.ts';
import { v1Obstacle } from '../host/boot/v1Hierarchies.ts';
import { startHost } from '../host/host.ts';
import type { Host } from '../host/host.ts';
import { installImages } from '../host/installImages.ts';
import { removeTree } from '../rig/cache.ts';
import { openBrowser } from './browser.ts';
import { collectOurErrors } from './ourErrors.ts';
import { ensureVsCode, hostVsCode } from './installVsCode.ts';
import { startServer } from './server.ts';
import type { Server } from './server.ts';
import { testSettings } from './serverSettings.ts';
import { installExtensions, stageExtension } from './stageExtension.ts';
import { tidyUp } from './tidyUp.ts';
import { screenshot, visibleText } from './wait.ts';
import { openWorkbench } from './workbench.ts';
import type { Workbench } from './workbench.ts';

export interface Bench {
  readonly host: Host;
  readonly server: Server;
  readonly workbench: Workbench;
}

export interface WithWorkbenchOptions {
  /** Default: trixie. */
  readonly suite?: Suite;
  /** The host's user whose VS Code it is; default: root. */
  readonly user?: string;
  /** Whether the pool gets the images of `installImages`; it does when left out. */
  readonly images?: boolean;
  /** Whether the host also has cgroup v1 hierarchies, see HostOptions; skipped where this machine has none. */
  readonly v1?: boolean;
  /** Whether the host has LXC. */
  readonly lxc?: boolean;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** A directory of the host that the window opens; default: an empty window. `prepare` may make it. */
  readonly folder?: string;
  /** Further extensions for this VS Code: each writes its files into the empty directory that it is given. */
  readonly companions?: readonly ((directory: string) => Promise<void>)[];
  /** Changes the host before VS Code starts. */
  readonly prepare?: (host: Host) => Promise<void>;
}

export type Click = (name: string, run: (bench: Bench) => Promise<void>) => void;

/** Tests under a title of their own in the same workbench; `prepare` changes the host before them. */
export type Section = (title: string, declare: (click: Click) => void, prepare?: (host: Host) => Promise<void>) => void;

interface Opened extends Bench {
  readonly ourErrors: () => readonly string[];
  readonly close: () => Promise<void>;
}

const open = async (options: WithWorkbenchOptions): Promise<Opened> => {
  // The last started is the first to end, also when a later one does not start.
  const closers: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    const staged = await mkdtemp(join(tmpdir(), 'nspawn-extension-'));
    closers.push(() => removeTree(staged));
    const companions: string[] = [];
    for (const stage of options.companions ?? []) {
      const companion = await mkdtemp(join(tmpdir(), 'nspawn-companion-'));
      closers.push(() => removeTree(companion));
      await stage(companion);
      companions.push(companion);
    }
    const booting = startHost(options.suite ?? 'trixie', { v1: options.v1 ?? false, lxc: options.lxc ?? false }).then(
      (host) => {
        closers.push(host.stop);
        return host;
      },
    );
    // All of them end before anything is closed, so that what a failure leaves behind is known.
    const preparations = [booting, ensureVsCode(), stageExtension(staged)];
    await Promise.allSettled(preparations);
    await Promise.all(preparations);
    const host = await booting;
    if (options.images !== false) await installImages(host);
    await options.prepare?.(host);
    const server = await startServer({
      vsCode: hostVsCode,
      enter: host.enter,
      ...(options.user === undefined ? {} : { user: options.user }),
      settings: { ...testSettings, ...options.settings },
      prepare: ({ place, extensionsDirectory }) =>
        installExtensions(place, [staged, ...companions], extensionsDirectory),
    });
    closers.push(server.stop);
    const browser = await openBrowser();
    closers.push(browser.close);
    const ourErrors = collectOurErrors(browser.page);
    const { folder } = options;
    const workbench = await openWorkbench(browser.page, server, folder === undefined ? {} : { folder });
    return { host, server, workbench, ourErrors, close };
  } catch (error) {
    await close();
    throw error;
  }
};

/** Adds what a person would want to see of a failure. */
const explain = async (error: unknown, name: string, { workbench }: Bench): Promise<Error> => {
  const { page } = workbench;
  const picture = await screenshot(page, `failed ${name}`).catch(String);
  const text = await visibleText(page).catch(String);
  const failure = error instanceof Error ? error : new Error(String(error));
  const shown = failure.message.includes('the page shows:') ? '' : `\nthe page shows:\n${text}`;
  // The runner prints the stack, which holds the message as it was.
  failure.stack = `${failure.stack ?? failure.message}${shown}\nsee ${picture}`;
  return failure;
};

export const withWorkbench = async (
  title: string,
  declare: (click: Click, section: Section) => void,
  options: WithWorkbenchOptions = {},
): Promise<void> => {
  const obstacle = (await hostObstacle()) ?? (options.v1 === true ? v1Obstacle() : undefined);
  await describe(title, obstacle === undefined ? {} : { skip: obstacle }, () => {
    const held: { bench?: Opened; errorsSeen: number } = { errorsSeen: 0 };
    const throwNewErrors = (): void => {
      const errors = held.bench?.ourErrors() ?? [];
      const unseen = errors.slice(held.errorsSeen);
      held.errorsSeen = errors.length;
      if (unseen.length > 0) throw new Error(`our extension threw what nobody caught:\n${unseen.join('\n')}`);
    };
    before(async () => {
      held.bench = await open(options);
    });
    after(async () => {
      await held.bench?.close();
      throwNewErrors();
    });
    const click: Click = (name, run) => {
      test(name, async () => {
        const { bench } = held;
        if (bench === undefined) throw new Error('the workbench did not open');
        try {
          await tidyUp(bench.workbench);
          await run(bench);
          throwNewErrors();
        } catch (error) {
          throw await explain(error, `${title} ${name}`, bench);
        }
      });
    };
    declare(click, (name, declareSection, prepare) => {
      describe(name, () => {
        before(async () => {
          if (held.bench !== undefined) await prepare?.(held.bench.host);
        });
        declareSection(click);
      });
    });
  });
};
