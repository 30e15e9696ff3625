import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from '../../command.ts';
import { ignoreOutput } from '../../command.ts';
import { hostPlaces, type OperationHost } from '../../operation.ts';
import type { ProcessFacts } from '../../host/process.ts';
import { ageOf, readProcess } from '../../host/process.ts';
import { busAnswers, saidNo } from '../operate/machineLife.ts';

/** `machineShell`: its own systemd opens the shell, asked over its bus. `namespaces`: we enter beside it. */
export type AttachWay = 'machineShell' | 'namespaces';

/** Asks the systemd inside, over the bus inside. Only root may; nothing of the machine is executed for it. */
export const askSystemdInside = (name: string): Command<void> => ({
  file: 'busctl',
  args: [
    '--timeout=3',
    `--machine=${name}`,
    'get-property',
    'org.freedesktop.systemd1',
    '/org/freedesktop/systemd1',
    'org.freedesktop.systemd1.Manager',
    'Version',
  ],
  parse: ignoreOutput,
  timeoutMs: 6_000,
});

/** In `/proc/net/unix`: a socket that listens (flag 00010000) where the bus of a machine does. */
export const listensForBus = (sockets: string): boolean =>
  sockets.split('\n').some((line) => /: \S+ \S+ 00010000 .* \/run\/dbus\/system_bus_socket$/u.test(line));

const readSockets = (leader: number, proc: string): Promise<string> =>
  readFile(`${proc}/${leader}/net/unix`, 'utf8').catch(() => '');

/** A systemd that has just been started is about to open its bus, if it has one: it gets this long. */
const bootingMs = 5_000;

const hasBus = async (leader: number, facts: ProcessFacts, proc: string): Promise<boolean> => {
  while (!listensForBus(await readSockets(leader, proc))) {
    if ((await ageOf(facts)) > bootingMs || (await readProcess(leader, proc))?.startTime !== facts.startTime)
      return false;
    await sleep(100);
  }
  return true;
};

/**
 * Which way leads into a machine. Every user can see what its PID 1 is called and which sockets listen in its network
 * namespace: no systemd or no bus means no shell by machined. Root asks the bus inside besides, because a machine that
 * shares the host's network shares that list. No file of the machine is opened, so no link of its making is followed.
 */
export const findAttachWay = async (
  host: Pick<OperationHost, 'run' | 'places'>,
  name: string,
  leader: number,
  facts: ProcessFacts,
): Promise<AttachWay> => {
  if (facts.comm !== 'systemd') return 'namespaces';
  if (!(await hasBus(leader, facts, (host.places ?? hostPlaces).proc))) return 'namespaces';
  if (process.getuid?.() !== 0) return 'machineShell';
  try {
    await host.run(askSystemdInside(name));
  } catch (error) {
    if (saidNo(error)) return 'namespaces';
    throw error;
  }
  return (await busAnswers(host)) ? 'machineShell' : 'namespaces';
};
