import { presentTool, start } from './program.ts';

/**
 * Waits for the end of its standard input, which comes with the death of the parent, however it died. The directories are
 * removed twice, because a browser that ends by itself may write into its own until it is gone.
 */
const script = `
cat >/dev/null
[ -z "$1" ] || kill -s KILL -- "-$1" 2>/dev/null
shift
[ $# -gt 0 ] || exit 0
rm -rf --one-file-system -- "$@" 2>/dev/null
sleep 2
rm -rf --one-file-system -- "$@"
`;

/**
 * Ends a process group and removes directories when this process dies, even by SIGKILL.
 * @param group the number of the group's leader; undefined where there is none to end
 * @param directories absolute paths, removed then
 * @returns what calls the watch off, for the orderly end
 */
export const endWithParent = (group: number | undefined, directories: readonly string[]): (() => void) => {
  const watch = start(
    presentTool('/bin/sh'),
    ['-c', script, 'sh', group === undefined ? '' : String(group), ...directories],
    {
      stdio: ['pipe', 'ignore', 'ignore'],
      // In a session of its own: Ctrl+C in the terminal must not take the watch away before its work is done.
      detached: true,
    },
  );
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
