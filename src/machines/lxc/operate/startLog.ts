import { constants, open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { codeOf } from '../../errors.ts';
import { reachInBackground } from '../../host/reach.ts';
import { cleanText } from '../../host/readInside.ts';
import { restOfLog } from '../commands/containerCommands.ts';
import { configFileOf, type ContainerRef, usualLog } from '../places.ts';
import { readConfig } from '../readConfig.ts';
import { boundedReads } from '../../host/boundedReads.ts';
import { plainFiles } from '../../host/files.ts';
import { filesFor, type LxcHost, placesOf } from './containerOperation.ts';

const maxBytes = 65_536;

/** Where a container writes its log, by its configuration where that can be read. */
export const logFileOf = async (host: LxcHost, ref: ContainerRef): Promise<string> => {
  const config = await readConfig(configFileOf(ref), filesFor(host, ref)).catch(() => undefined);
  return config?.logFile ?? usualLog(placesOf(host), ref);
};

/** A log may be a link to where there is room, but not one that root follows for another user. */
const sizeOf = async (host: LxcHost, ref: ContainerRef, path: string): Promise<number> => {
  const files = filesFor(host, ref);
  return (files === plainFiles ? await boundedReads(() => stat(path)) : await files.look(path)).size;
};

/**
 * How long the log is, in bytes: what a start writes comes behind that. The times in it do not tell, because LXC writes 45 ms after a second
 * as `.45`. 0 where there is none; undefined where this user may not look.
 */
export const lengthOfLog = async (host: LxcHost, ref: ContainerRef): Promise<number | undefined> => {
  try {
    return await sizeOf(host, ref, await logFileOf(host, ref));
  } catch (error) {
    return codeOf(error) === 'ENOENT' ? 0 : undefined;
  }
};

const readFrom = async (path: string, from: number): Promise<string> => {
  await using file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const { size } = await file.stat();
  // A log that is shorter than before was begun anew.
  const start = Math.max(size < from ? 0 : from, size - maxBytes);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(size - start), 0, size - start, start);
  return buffer.toString('utf8', 0, bytesRead);
};

/** What has been written behind `from`. Nobody is asked for more rights to read it than have been used for the start. */
const readLog = async (
  host: LxcHost,
  ref: ContainerRef,
  { from, ran }: { readonly from: number; readonly ran: string | undefined },
): Promise<string> => {
  const path = await logFileOf(host, ref);
  // That of another user the user reads.
  if (filesFor(host, ref) !== plainFiles) return host.run(restOfLog(path, from)).catch(() => '');
  try {
    return await readFrom(path, from);
  } catch (error) {
    if (codeOf(error) !== 'EACCES' || basename(ran ?? '') !== 'sudo') return '';
    return host.run(reachInBackground('sudo', restOfLog(path, from))).catch(() => '');
  }
};

const line = /^\S+ .*? \d{14}\.\d{3} +([A-Z]+) +(\S+) - \S+:\w+:\d+ - (.*)$/u;

/**
 * What the log of a start says of why it has failed: its errors, and how init has ended. The tool that waited for the start writes into it,
 * too, that the start has failed, which is known.
 */
export const reasonsInLog = (text: string): readonly string[] =>
  text.split('\n').flatMap((one) => {
    const [, level, part = '', words = ''] = line.exec(one) ?? [];
    if (part === 'lxc_start' || part === 'lxccontainer') return [];
    return level === 'ERROR' || part === 'error' ? [cleanText(words)] : [];
  });

/**
 * The first of them: what LXC says after it is that it therefore gives up. None where nobody knows where the log of this start begins.
 * @param ran the tool of the start, which may be sudo around it
 */
export const whyNotStarted = async (
  host: LxcHost,
  ref: ContainerRef,
  { from, ran }: { readonly from: number | undefined; readonly ran: string | undefined },
): Promise<readonly string[]> =>
  from === undefined ? [] : reasonsInLog(await readLog(host, ref, { from, ran })).slice(0, 2);
