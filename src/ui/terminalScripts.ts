interface ToolCall {
  readonly file: string;
  readonly args: readonly string[];
}

// Constant text for `sh -c`. What is run comes in as parameters and is never part of the text.
// A trap that does nothing keeps Ctrl+C from ending the script along with the tool, and is not inherited by the tool.

/** Takes the parts out of PATH that depend on the directory, which may be a stranger's; the empty ones mean it, too. */
const onlyAbsolutePath = `
set -f
IFS=:
found=
for part in $PATH; do
  case $part in /*) found=\${found:+$found:}$part ;; esac
done
PATH=\${found:-/usr/sbin:/usr/bin:/sbin:/bin}
unset IFS found part
set +f
`;

/**
 * A tool or an argument as its terminal may be given it. VS Code shows the command line as markdown with icons in the terminal's hover.
 * So all that is not plain goes through it in octal.
 */
export const plainParameter = (parameter: string): string =>
  Buffer.from(parameter)
    .toString('latin1')
    .replaceAll(/[^A-Za-z0-9/.:=,+@-]/gu, (byte) => `\\0${byte.charCodeAt(0).toString(8).padStart(3, '0')}`);

/** Makes of the parameters what they were before `plainParameter`. The full stop keeps line ends at the end of one. */
const asTheyWere = `
for parameter do
  parameter=$(printf '%b.' "$parameter")
  set -- "$@" "\${parameter%.}"
  shift
done
unset parameter
`;

/** Names the pipe that the window of a terminal holds open, and the seconds for which another extension host may take it over. */
export const windowVariable = 'NSPAWN_WINDOW';
const graceVariable = 'NSPAWN_GRACE';

/**
 * Waits in the background until nobody holds the pipe any more, and ends the script, which is what closing the terminal does: its end hangs up on the tool.
 * A tool that root runs could not be sent a signal.
 */
const endWithWindow = `
window=\${${windowVariable}-}
grace=\${${graceVariable}-30}
unset ${windowVariable} ${graceVariable}
watcher=
watch_window() {
  while timeout "$grace" sh -c ': <"$1"' sh "$window"; do
    cat "$window"
  done
  rm -f "$window"
  rmdir "\${window%/*}"
  read -r _ _ _ parent _ </proc/self/stat
  [ "$parent" != "$$" ] || kill -HUP "$$"
}
if [ -n "$window" ] && mkfifo -m 600 "$window" 2>/dev/null; then
  watch_window </dev/null >/dev/null 2>&1 &
  watcher=$!
fi
`;

/**
 * Parameters: the sentence that is shown, `always` or `failure`, and all else plain: a line to begin with, a line for a tool that ends at
 * once, which most of them may do (both may be empty), the tool, its arguments. On `failure` a tool that fails at once keeps its last
 * words on show, one that ends at once where it should not is shown with that line, and any other end closes the terminal.
 */
export const holdScript = `${onlyAbsolutePath}
sentence=$1
hold=$2
shift 2
${asTheyWere}
opening=$1
at_once=$2
shift 2
${endWithWindow}
[ -z "$opening" ] || printf '%s\\n\\n' "$opening"
trap : INT QUIT
begin=$(date +%s)
"$@"
code=$?
lasted=$(($(date +%s) - begin))
if [ "$code" -ne 0 ] && [ "$code" -ne 130 ] && [ "$lasted" -lt 5 ]; then
  hold=always
fi
if [ -n "$at_once" ] && [ "$lasted" -lt 2 ]; then
  hold=always
  printf '\\n%s\\n' "$at_once"
fi
if [ "$hold" = always ]; then
  printf '\\n%s ' "$sentence"
  read -r _
fi
[ -z "$watcher" ] || kill "$watcher" 2>/dev/null
exit 0
`;

/**
 * A systemd-nspawn that does not die of the hang-up when its terminal is closed, which would leave its machine running. It sees by itself
 * that the terminal is gone, ends the machine and removes its snapshot. What is around it, such as sudo and run0, has to die of
 * the hang-up: run0 that ignores it keeps the terminal's other end open.
 */
export const deafToHangUp = (call: ToolCall): ToolCall => ({
  file: '/bin/sh',
  args: ['-c', `trap '' HUP; exec "$@"`, 'sh', call.file, ...call.args],
});

/**
 * Parameters: the sentence that is shown, the file for the exit code, `always` or `failure`, the tool, its arguments (both plain). The exit
 * code goes to a file, because VS Code would tell a failing one in a notification of its own that quotes this script.
 */
export const statusScript = `${onlyAbsolutePath}
sentence=$1
status=$2
hold=$3
shift 3
${asTheyWere}
trap : INT QUIT
"$@"
code=$?
printf '%s' "$code" >"$status.new" && mv -f "$status.new" "$status"
if [ "$code" -ne 0 ] || [ "$hold" = always ]; then
  printf '\\n%s ' "$sentence"
  read -r _
fi
exit 0
`;
