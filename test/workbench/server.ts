import { randomBytes } from 'node:crypto';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { endWithParent } from '../rig/endWithParent.ts';
import type { VsCode } from './installVsCode.ts';
import {
  argumentsIn,
  environmentIn,
  here,
  makeTemporaryDirectory,
  runIn,
  writeFileIn,
  writeSecretIn,
} from './place.ts';
import type { Place } from './place.ts';
import { quietSettings } from './serverSettings.ts';
import { start } from '../rig/program.ts';
import { programNamed } from '../host/boot/tools.ts';

export interface ServerOptions {
  readonly vsCode: VsCode;
  /**
   * Argument prefix that enters the namespaces of a host to run in; not the network one, so that the page can be reached.
   * The server then becomes a scope of that host's systemd: what runs in a cgroup of another world cannot start containers.
   */
  readonly enter?: readonly string[];
  /** The user to run as, a name known there; default: the present one. */
  readonly user?: string;
  /** Path as seen in there. Default: a new directory in /tmp, removed at the end. */
  readonly dataDirectory?: string;
  /** As VS Code's own `--user-data-dir`; default: `data` in `dataDirectory`. */
  readonly userDataDirectory?: string;
  /** Default: `extensions` in `dataDirectory`; `installExtension` fills it. */
  readonly extensionsDirectory?: string;
  /** User settings, besides those that keep VS Code quiet. */
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  /** Default: a free one. */
  readonly port?: number;
  /** Called before the server starts, with the place and the directories it will use. */
  readonly prepare?: (server: Pick<Server, 'place' | 'extensionsDirectory'>) => Promise<void>;
}

export interface Server {
  readonly place: Place;
  /** With the token that lets in; without it the server refuses everybody. */
  readonly url: string;
  /** `127.0.0.1:PORT`, the authority of its `vscode-remote:` addresses. */
  readonly authority: string;
  readonly userDataDirectory: string;
  readonly extensionsDirectory: string;
  /** The user settings that it was started with. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** What it has printed so far. */
  readonly output: () => string;
  /** Resolves when the server has ended, by itself or by `stop`. */
  readonly ended: Promise<void>;
  /** Ends the server with everything it started, and removes its temporary directories. */
  readonly stop: () => Promise<void>;
}

const startMs = 120_000;
const orderlyEndMs = 2_000;

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        if (typeof address === 'object' && address !== null) resolve(address.port);
        else reject(new Error('no free port'));
      });
    });
  });

/** Signals a process group; false when nobody is left in it. */
const signalGroup = (group: number, signal: NodeJS.Signals | 0): boolean => {
  try {
    process.kill(-group, signal);
    return true;
  } catch {
    return false;
  }
};

/** The token is in a file, because everybody can read a command line. */
const serverArguments = (port: number, dataDirectory: string, tokenFile: string): readonly string[] => [
  ...['--host', '127.0.0.1', '--port', String(port), '--server-data-dir', dataDirectory],
  ...['--connection-token-file', tokenFile, '--accept-server-license-terms'],
  ...['--disable-telemetry', '--telemetry-level', 'off', '--disable-experiments', '--disable-update-check'],
  ...['--disable-getting-started-override', '--force-disable-user-env'],
];

/**
 * Starts a VS Code server and waits until it listens. It ends with this process, however this process ends.
 * @throws Error with what the server printed, when it does not come up.
 */
export const startServer = async (options: ServerOptions): Promise<Server> => {
  const place: Place = { enter: options.enter ?? here.enter, user: options.user };
  const temporary = await makeTemporaryDirectory(place);
  const dataDirectory = options.dataDirectory ?? `${temporary}/server`;
  const userDataDirectory = options.userDataDirectory ?? `${dataDirectory}/data`;
  const extensionsDirectory = options.extensionsDirectory ?? `${dataDirectory}/extensions`;
  const settings = { ...quietSettings, ...options.settings };
  await writeFileIn(place, `${userDataDirectory}/User/settings.json`, JSON.stringify(settings, undefined, 2));
  await runIn(place, ['mkdir', '-p', extensionsDirectory, `${temporary}/run`]);
  await options.prepare?.({ place, extensionsDirectory });

  // Whoever gets in has a shell of this user, and any local user and any web page can reach the port.
  const token = randomBytes(24).toString('hex');
  const tokenFile = `${temporary}/token`;
  await writeSecretIn(place, tokenFile, token);
  const port = options.port ?? (await freePort());
  const command = [options.vsCode.node, `${options.vsCode.vscode}/out/server-main.js`];
  const directories = ['--user-data-dir', userDataDirectory, '--extensions-dir', extensionsDirectory];
  const scope = place.enter.length === 0 ? [] : ['systemd-run', '--quiet', '--scope', '--collect', '--'];
  const [file, ...args] = argumentsIn({ ...place, enter: [...place.enter, ...scope] }, [
    ...command,
    ...serverArguments(port, dataDirectory, tokenFile),
    ...directories,
    ...(options.args ?? []),
  ]);
  const child = start(await programNamed(file), args, {
    // No gallery: nothing is asked of the network. The runtime directory holds the sockets of VS Code and git.
    env: {
      ...(await environmentIn(place)),
      EXTENSIONS_GALLERY: '{}',
      XDG_RUNTIME_DIR: `${temporary}/run`,
      ...options.env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A process group of its own: extension hosts outlive a server that is killed alone.
    detached: true,
  });
  const printed: string[] = [];
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', (error) => {
      printed.push(String(error));
      resolve();
    });
  });
  const group = child.pid;
  const callOff = group === undefined ? undefined : endWithParent(group, place.enter.length === 0 ? [temporary] : []);

  const stop = async (): Promise<void> => {
    if (group !== undefined) {
      signalGroup(group, 'SIGTERM');
      const patience = AbortSignal.timeout(orderlyEndMs);
      while (!patience.aborted && signalGroup(group, 0)) await sleep(20);
      signalGroup(group, 'SIGKILL');
      await ended;
    }
    callOff?.();
    // A host that has gone took its files along.
    await runIn(place, ['rm', '-rf', '--', temporary]).catch(() => undefined);
  };

  const listening = new Promise<true>((resolve) => {
    const read = (chunk: Buffer): void => {
      printed.push(chunk.toString());
      if (printed.join('').includes('Extension host agent listening on')) resolve(true);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
  });
  const output = (): string => printed.join('');
  const patience = new AbortController();
  const up = await Promise.race([
    listening,
    ended.then(() => false),
    sleep(startMs, false, { signal: patience.signal }).catch(() => false),
  ]);
  patience.abort();
  if (!up) {
    await stop();
    throw new Error(`The VS Code server did not start:\n${output()}`);
  }
  return {
    place,
    url: `http://127.0.0.1:${port}/?tkn=${token}`,
    authority: `127.0.0.1:${port}`,
    userDataDirectory,
    extensionsDirectory,
    settings,
    output,
    ended,
    stop,
  };
};
