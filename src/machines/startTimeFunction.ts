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
