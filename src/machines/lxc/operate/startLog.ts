import { readFile } from 'node:fs/promises';
import { codeOf } from '../../errors.ts';
import { reachInBackground } from '../../host/reach.ts';
import { cleanText } from '../../host/readInside.ts';
import { endOfLog } from '../commands/containerCommands.ts';
import { configFileOf, type ContainerRef, usualLog } from '../places.ts';
import { readConfig } from '../readConfig.ts';
import { type LxcHost, placesOf } from './containerOperation.ts';

/** Where a container writes its log, by its configuration where that can be read. */
const logFileOf = async (host: LxcHost, ref: ContainerRef): Promise<string> => {
  const config = await readConfig(configFileOf(ref)).catch(() => undefined);
  return config?.logFile ?? usualLog(placesOf(host), ref);
};

/** A person who has to type a password for it has seen what the tool said in a terminal. */
const readLog = async (host: LxcHost, path: string): Promise<string> => {
  try {
    return (await readFile(path, 'utf8')).slice(-65_536);
  } catch (error) {
    if (codeOf(error) !== 'EACCES') return '';
    return host.run(reachInBackground('sudo', endOfLog(path))).catch(() => '');
  }
};

/** `20261129213322.245`, as LXC writes times, in UTC. */
const timeInLog = (time: number): string =>
  new Date(time)
    .toISOString()
    .replace(/[-:TZ]/gu, '')
    .slice(0, 18);

const line = /^\S+ .*? (\d{14}\.\d{3}) +([A-Z]+) +(\S+) - \S+:\w+:\d+ - (.*)$/u;

/**
 * What a log says of why a start has failed: its errors since then, and how init has ended. The tool that waited for the start writes into
 * it, too, that the start has failed, which is known.
 */
export const reasonsInLog = (text: string, since: number): readonly string[] => {
  const from = timeInLog(since);
  return text.split('\n').flatMap((one) => {
    const [, time = '', level, part = '', words = ''] = line.exec(one) ?? [];
    if (time < from || part === 'lxc_start' || part === 'lxccontainer') return [];
    return level === 'ERROR' || part === 'error' ? [cleanText(words)] : [];
  });
};

/** The first of them: what LXC says after it is that it therefore gives up. */
export const whyNotStarted = async (host: LxcHost, ref: ContainerRef, since: number): Promise<readonly string[]> =>
  reasonsInLog(await readLog(host, await logFileOf(host, ref)), since).slice(0, 2);
