import { statSync } from 'node:fs';
import { cleanText } from '../../host/readInside.ts';
import { readSmallFile } from './readSmallFile.ts';

/** A process as the kernel tells of it to every user of the host. */
export interface ProcessInGroup {
  readonly pid: number;
  /** Clock ticks since boot: together with the PID it names one process for good. */
  readonly startTime: string;
  /** Its name, which it may choose itself; cleaned. In full where the kernel cuts it after 15 bytes and the command line has the rest. */
  readonly name: string;
  /** What it was started with, or says that it was; cleaned, arguments joined by blanks. Empty for a thread of the kernel and for a zombie. */
  readonly commandLine: string;
  /** A thread of the kernel, which belongs to nobody. */
  readonly kernel: boolean;
  /** It has ended, and its parent has not taken notice. */
  readonly zombie: boolean;
  readonly threads: number;
  /** Number of the user that it runs as; undefined where that cannot be told. */
  readonly user: number | undefined;
}

const kernelThread = 0x00200000;
const longestCommandLine = 400;

const utf8 = (bytes: string): string => Buffer.from(bytes, 'latin1').toString('utf8');

// Every argument ends in NUL. A blank stands between them, as people would have typed it.
const commandLineOf = (bytes: string): string =>
  cleanText(
    utf8(bytes.slice(0, longestCommandLine * 4))
      .replaceAll('\0', ' ')
      .replace(/\s+/gu, ' '),
    longestCommandLine,
  );

const longestName = 15;

const fullName = (name: string, commandLine: string): string => {
  const [program = ''] = commandLine.split('\0', 1);
  const last = program.slice(program.lastIndexOf('/') + 1);
  return name.length === longestName && last.startsWith(name) ? last : name;
};

/** Reads /proc/PID/stat and cmdline; undefined where they are not those of a process. */
export const parseProcessFacts = (
  pid: number,
  stat: string,
  commandLine: string,
  user: number | undefined,
): ProcessInGroup | undefined => {
  // The name may hold blanks and parentheses; the fields after it cannot.
  const nameEnd = stat.lastIndexOf(')');
  const fields = stat.slice(nameEnd + 2).split(' ');
  const [state, , , , , , flags] = fields;
  const startTime = fields[19];
  if (nameEnd < 0 || state === undefined || startTime === undefined) return undefined;
  return {
    pid,
    startTime,
    name: cleanText(utf8(fullName(stat.slice(stat.indexOf('(') + 1, nameEnd), commandLine)), 64),
    commandLine: commandLineOf(commandLine),
    kernel: (Number(flags) & kernelThread) !== 0,
    zombie: state === 'Z' || state === 'X',
    threads: Number(fields[17]),
    user,
  };
};

const ownerOf = (pid: number): number | undefined => {
  try {
    return statSync(`/proc/${pid}`).uid;
  } catch {
    return undefined;
  }
};

/**
 * Undefined where there is no such process any more, or it is hidden from this user.
 * @param commandLineOf known already: it is in the memory of the process, which may not let anybody read there, and then for ever
 */
export const readProcessFacts = (
  pid: number,
  commandLineOf: (pid: number, startTime: string) => string = () => '',
): ProcessInGroup | undefined => {
  const stat = readSmallFile(`/proc/${pid}/stat`);
  if (stat === undefined) return undefined;
  const facts = parseProcessFacts(pid, stat, '', undefined);
  return facts && parseProcessFacts(pid, stat, commandLineOf(pid, facts.startTime), ownerOf(pid));
};
