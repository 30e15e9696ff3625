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

/**
 * Parameters: the sentence that is shown, `always` or `failure`, the tool, its arguments (both plain). On `failure` a tool that fails at
 * once keeps its last words on show, and any other end closes the terminal.
 */
const holding = (runTool: string): string => `${onlyAbsolutePath}
sentence=$1
hold=$2
shift 2
${asTheyWere}
trap : INT QUIT
begin=$(date +%s)
${runTool}
code=$?
if [ "$code" -ne 0 ] && [ "$code" -ne 130 ] && [ "$(($(date +%s) - begin))" -lt 5 ]; then
  hold=always
fi
if [ "$hold" = always ]; then
  printf '\\n%s ' "$sentence"
  read -r _
fi
exit 0
`;

export const holdScript = holding('"$@"');

/**
 * The same for systemd-nspawn, which would die of the hang-up when its terminal is closed, and leave its machine running. It sees by itself
 * that the terminal is gone, ends the machine and removes its snapshot, if the signal does not come first. The script around it
 * dies of the signal, and that is what makes the kernel hang up the terminal.
 */
export const ownerScript = holding(`(trap '' HUP; exec "$@")`);

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
