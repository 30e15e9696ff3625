import { spawn } from 'node:child_process';

/** Waits for the end of its standard input, which comes with the death of the parent, however it died. */
const script =
  'cat >/dev/null; kill -s KILL -- "-$1" 2>/dev/null; shift; [ $# -eq 0 ] || rm -rf --one-file-system -- "$@"';

/**
 * Ends a process group and removes directories when this process dies, even by SIGKILL.
 * @param group the number of the group's leader
 * @param directories absolute paths, removed then
 * @returns what calls the watch off, for the orderly end
 */
export const endWithParent = (group: number, directories: readonly string[]): (() => void) => {
  const watch = spawn('/bin/sh', ['-c', script, 'sh', String(group), ...directories], {
    stdio: ['pipe', 'ignore', 'ignore'],
    // In a session of its own: Ctrl+C in the terminal must not take the watch away before its work is done.
    detached: true,
  });
  watch.unref();
  return () => {
    if (watch.pid === undefined) return;
    try {
      process.kill(-watch.pid, 'SIGKILL');
    } catch {
      // It has ended already.
    }
  };
};
