import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { MachinedPaths } from '../../../../src/machines/nspawn/machinedPaths.ts';

/** The places of a host, all in a directory of their own; nothing is there but what marks a systemd. */
export interface FakeHost {
  readonly root: string;
  readonly paths: MachinedPaths;
  /** Writes a state file as 257 does. */
  readonly writeMachine: (name: string, more?: string) => Promise<void>;
  readonly remove: () => Promise<void>;
}

export const createFakeHost = async (): Promise<FakeHost> => {
  const root = await mkdtemp(join(tmpdir(), 'fake-host-'));
  const paths: MachinedPaths = {
    booted: join(root, 'booted'),
    stateFiles: join(root, 'run/machines'),
    busSocket: join(root, 'run/bus/socket'),
    runningUnits: join(root, 'run/units'),
    machineVarlink: join(root, 'run/machine.varlink'),
    imageVarlink: join(root, 'run/image.varlink'),
    machined: [join(root, 'machined')],
    enabledMachines: join(root, 'system/machines.target.wants'),
    images: [join(root, 'images')],
  };
  for (const directory of [
    paths.booted,
    paths.stateFiles,
    join(root, 'run/bus'),
    paths.runningUnits,
    join(root, 'images'),
  ])
    await mkdir(directory, { recursive: true });
  return {
    root,
    paths,
    writeMachine: (name, more = '') =>
      writeFile(
        join(paths.stateFiles, name),
        `# This is private data. Do not parse.\nNAME=${name}\nCLASS=container\nLEADER=12\nREALTIME=1795319608575445\n${more}`,
      ),
    remove: () => rm(root, { recursive: true, force: true }),
  };
};

/** A unix socket server that treats every client alike. */
export const serve = async (path: string, onClient: (client: Socket) => void): Promise<Server> => {
  const clients = new Set<Socket>();
  const server = createServer((client) => {
    clients.add(client);
    client.on('error', () => undefined);
    onClient(client);
  });
  await new Promise<void>((resolve) => server.listen(path, resolve));
  server.on('close', () => undefined);
  const close = server.close.bind(server);
  server.close = (callback) => {
    for (const client of clients) client.destroy();
    return close(callback);
  };
  return server;
};

/** Waits until something holds. @throws Error when it does not within ten seconds */
export const until = async (what: string, holds: () => boolean): Promise<void> => {
  for (let round = 0; round < 1000; round += 1) {
    if (holds()) return;
    await sleep(10);
  }
  throw new Error(`it never came to this: ${what}`);
};

/** Time for events that must not come. */
export const aMoment = (): Promise<void> => sleep(150);
