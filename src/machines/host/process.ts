import { readFile } from 'node:fs/promises';

/** What the kernel says of a process to every user of the host. */
export interface ProcessFacts {
  /** Its name, which it may choose itself: good for a guess, never for trust. */
  readonly comm: string;
  /** Clock ticks since boot: together with the PID it names one process for good. */
  readonly startTime: string;
  /** Its PIDs from the host's PID namespace inwards. */
  readonly pids: readonly number[];
  /** Signals that it catches, or blocks to take them later: bit 0 is signal 1. The kernel keeps all others from a PID 1. */
  readonly awaited: bigint;
  readonly permitted: bigint;
  readonly bounding: bigint;
  readonly noNewPrivileges: boolean;
  /** Runs behind a seccomp filter. */
  readonly filtered: boolean;
  /** How many seccomp filters; undefined on kernels before 5.9, which do not tell. */
  readonly filters: number | undefined;
  /** PID of its parent; 0 where that is in an outer PID namespace. */
  readonly parent: number;
  /** `/proc/PID/uid_map`, blanks made single. */
  readonly uidMap: string;
}

const readText = async (path: string): Promise<string | undefined> => readFile(path, 'latin1').catch(() => undefined);

const statusField = (status: string, field: string): string =>
  new RegExp(`^${field}:\\s*(.*)$`, 'mu').exec(status)?.[1] ?? '';

const mask = (status: string, field: string): bigint => BigInt(`0x${statusField(status, field) || '0'}`);

/** Reads what `/proc/PID/` has in `stat`, `status` and `uid_map`; undefined where that is no process. */
export const parseProcess = (stat: string, status: string, uidMap: string): ProcessFacts | undefined => {
  // The name may hold blanks and parentheses; the fields after it cannot.
  const nameEnd = stat.lastIndexOf(')');
  const fields = stat.slice(nameEnd + 2).split(' ');
  const startTime = fields[19];
  if (nameEnd < 0 || startTime === undefined) return undefined;
  const filters = statusField(status, 'Seccomp_filters');
  return {
    comm: stat.slice(stat.indexOf('(') + 1, nameEnd),
    startTime,
    pids: statusField(status, 'NSpid').split('\t').map(Number),
    awaited: mask(status, 'SigCgt') | mask(status, 'SigBlk'),
    permitted: mask(status, 'CapPrm'),
    bounding: mask(status, 'CapBnd'),
    noNewPrivileges: statusField(status, 'NoNewPrivs') === '1',
    filtered: statusField(status, 'Seccomp') === '2',
    filters: filters === '' ? undefined : Number(filters),
    parent: Number(fields[1]),
    uidMap: uidMap.trim().replace(/ +/gu, ' '),
  };
};

/** Undefined when there is no such process, or this user may not see it (`hidepid=`). */
export const readProcess = async (pid: number, proc = '/proc'): Promise<ProcessFacts | undefined> => {
  const [stat, status, uidMap] = await Promise.all(
    ['stat', 'status', 'uid_map'].map((file) => readText(`${proc}/${pid}/${file}`)),
  );
  if (stat === undefined || status === undefined || uidMap === undefined) return undefined;
  return parseProcess(stat, status, uidMap);
};

/** PIDs of the children of a process's main thread; undefined when nobody can tell. */
export const readChildren = async (pid: number, proc = '/proc'): Promise<readonly number[] | undefined> =>
  (await readText(`${proc}/${pid}/task/${pid}/children`))?.split(' ').filter(Boolean).map(Number);

/** How long ago a process started, in milliseconds; start times count in hundredths of a second on every Linux. */
export const ageOf = async ({ startTime }: Pick<ProcessFacts, 'startTime'>): Promise<number> => {
  const uptime = Number((await readFile('/proc/uptime', 'latin1')).split(' ')[0]);
  return uptime * 1_000 - Number(startTime) * 10;
};

/**
 * Constant text for a script of `sh`: a function that sets `started` to the start time of the process with the PID that it is
 * given, and leaves it alone where that is no process. Everything up to the last parenthesis is the process's name, which it
 * chooses itself: it may hold blanks, parentheses and ends of lines. Nothing is started for it, so that no time passes between
 * the look and what follows it.
 */
export const startTimeFunction = `start_time() {
  last=
  while IFS= read -r line; do last=$line; done <"/proc/$1/stat" || return
  set -f
  set -- \${last##*) }
  started=\${20-}
}
`;
