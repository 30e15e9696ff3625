/**
 * `npm start`: a VS Code with this extension, on real machines.
 *
 * The desktop `code` where there is one and a display, else VS Code served to a browser. Where systemd is not process 1
 * and we are root, the served one runs on a demo host with images and running machines. Ctrl+C ends all of it.
 *
 *     npm start -- --port 8377      the port to serve on
 *     npm start -- --suite forky    the Debian of the demo host: bookworm, trixie or forky
 */
import { once } from 'node:events';
import { mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Suite } from '../host/boot/debootstrap.ts';
import { runProgram } from '../host/boot/runProgram.ts';
import type { Host } from '../host/host.ts';
import { ensureVsCode, hostVsCode } from '../workbench/installVsCode.ts';
import { startServer } from '../workbench/server.ts';
import { installExtensions, stageExtension } from '../workbench/stageExtension.ts';
import { removeTree, repositoryRoot } from './cache.ts';
import { demoCompanion } from './demoCompanion.ts';
import { demoFolder } from './demoFiles.ts';
import { demoHostObstacle, demoSettings, startDemoHost } from './demoHost.ts';
import { findDesktop, runDesktop } from './desktop.ts';
import { markChildren, waitForChildren } from './ownProcesses.ts';
import { thisNode } from './program.ts';
import type { Program } from './program.ts';
import { progress } from './progress.ts';

const usualPort = 8377;

interface Wishes {
  readonly port: number | undefined;
  readonly suite: Suite;
}

const readWishes = (args: readonly string[]): Wishes => {
  const { values } = parseArgs({ args: [...args], options: { port: { type: 'string' }, suite: { type: 'string' } } });
  const suite = values.suite ?? 'trixie';
  if (suite !== 'bookworm' && suite !== 'trixie' && suite !== 'forky')
    throw new Error(`--suite is bookworm, trixie or forky, not ${suite}`);
  const port = values.port === undefined ? undefined : Number(values.port);
  if (port !== undefined && !(Number.isInteger(port) && port > 0 && port < 65536))
    throw new Error(`--port is a number from 1 to 65535, not ${values.port ?? ''}`);
  return { port, suite };
};

const isFree = async (port: number): Promise<boolean> => {
  const server = createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
    server.close();
    await once(server, 'close');
    return true;
  } catch {
    return false;
  }
};

/** The wished port or none other; without a wish the usual one, or undefined for any free one. */
const choosePort = async (wished: number | undefined): Promise<number | undefined> => {
  if (await isFree(wished ?? usualPort)) return wished ?? usualPort;
  if (wished !== undefined) throw new Error(`port ${wished} is in use; choose another one with --port`);
  progress.say(`port ${usualPort} is in use, taking another one`);
  return undefined;
};

/** What is to be undone, in the order of doing. */
type Closers = (() => Promise<void>)[];

/** Serves VS Code until the signal; everything to be undone is in `closers` as soon as it is there. */
const serve = async (wishes: Wishes, closers: Closers, signal: AbortSignal): Promise<number> => {
  const port = await choosePort(wishes.port);
  const staged = await mkdtemp(join(tmpdir(), 'nspawn-extension-'));
  closers.push(() => removeTree(staged));
  await progress.step('building the extension', () => stageExtension(staged));
  const companion = await mkdtemp(join(tmpdir(), 'nspawn-companion-'));
  closers.push(() => removeTree(companion));
  await demoCompanion(companion);
  const obstacle = await demoHostObstacle();
  if (obstacle !== undefined) progress.say(obstacle);
  const boot = async (): Promise<Host | undefined> => {
    if (obstacle !== undefined) return undefined;
    const host = await startDemoHost(wishes.suite, progress);
    closers.push(host.stop);
    return host;
  };
  const [here, host] = await Promise.all([ensureVsCode(progress), boot()]);
  signal.throwIfAborted();
  const server = await startServer({
    ...(host === undefined ? { vsCode: here } : { vsCode: hostVsCode, enter: host.enter, settings: demoSettings }),
    ...(port === undefined ? {} : { port }),
    prepare: ({ place, extensionsDirectory }) =>
      installExtensions(place, host === undefined ? [staged] : [staged, companion], extensionsDirectory),
  });
  closers.push(server.stop);
  const url = host === undefined ? server.url : `${server.url}&folder=${demoFolder}`;
  progress.say(
    `VS Code is served at\n\n    ${url}\n\nOpen it in a browser; the token in it lets in, so keep it to yourself. Ctrl+C ends it.`,
  );
  await Promise.race([server.ended, once(signal, 'abort')]);
  if (signal.aborted) return 0;
  process.stderr.write(`the VS Code server ended by itself:\n${server.output().slice(-2000)}\n`);
  return 1;
};

const openDesktop = async (code: Program, signal: AbortSignal): Promise<number> => {
  await progress.step('building the extension', () => runProgram(thisNode, ['esbuild.mjs'], { cwd: repositoryRoot }));
  progress.say(`opening ${code}; this ends when its window is closed`);
  return runDesktop(code, signal);
};

const run = async (wishes: Wishes, closers: Closers, signal: AbortSignal): Promise<number> => {
  const code = findDesktop();
  if (code !== undefined) return openDesktop(code, signal);
  if (process.platform !== 'linux') {
    process.stderr.write(
      'There is no "code" in PATH. In VS Code run "Shell Command: Install \'code\' command in PATH".\n',
    );
    return 1;
  }
  return serve(wishes, closers, signal);
};

const main = async (args: readonly string[]): Promise<number> => {
  const wishes = readWishes(args);
  const interruption = new AbortController();
  const { signal } = interruption;
  const interrupted = once(signal, 'abort').then(() => 0);
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(name, () => {
      if (!signal.aborted) progress.say('ending …');
      interruption.abort();
    });
  markChildren();
  const closers: Closers = [];
  try {
    return await Promise.race([run(wishes, closers, signal), interrupted]);
  } finally {
    for (const close of closers.splice(0).reverse())
      await close().catch((error: unknown) => progress.say(String(error)));
    const left = await waitForChildren(signal.aborted ? 'interrupted' : 'done');
    for (const line of left) progress.say(`had to be killed: ${line}`);
    progress.say('everything has ended');
  }
};

try {
  // A build that was interrupted may still be waiting for something.
  process.exit(await main(process.argv.slice(2)));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
