import { readFileSync } from 'node:fs';

/** When the process began, in clock ticks since boot; undefined where the kernel does not tell or it is gone. */
const startTime = (pid: number): string | undefined => {
  try {
    // The name in parentheses may hold anything, so the fields are counted from the last parenthesis.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // A zombie does nothing any more; it only waits for its parent.
    return fields[0] === 'Z' ? undefined : fields[19];
  } catch {
    return undefined;
  }
};

/** `PID STARTTIME`: a process number that is used again by a later process is not mistaken for the earlier one. */
export const identityOf = (pid: number): string => `${pid} ${startTime(pid) ?? '-'}`;

/** Whether the process that `identityOf` named is still running. */
export const isRunning = (identity: string): boolean => {
  const [pidText, start] = identity.trim().split(' ');
  const pid = Number(pidText);
  if (!Number.isInteger(pid) || pid <= 0) return false;
  if (start !== undefined && start !== '-') return startTime(pid) === start;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};
