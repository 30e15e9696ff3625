import type { Command } from '../../command.ts';
import { ignoreOutput } from '../../command.ts';
import type { ContainerRef } from '../places.ts';
import { addressed, reasonIn } from './lxcTool.ts';

/** Copying and removing a tree takes as long as its files do. */
const longTimeoutMs = 1_800_000;

type Tool = 'copy' | 'destroy' | 'freeze' | 'snapshot' | 'start' | 'stop' | 'unfreeze';

const act =
  (tool: Tool, ...options: readonly string[]) =>
  (ref: ContainerRef): Command<void> => ({
    file: `lxc-${tool}`,
    args: [...addressed(ref), ...options],
    parse: ignoreOutput,
    acts: true,
    reason: reasonIn,
    ...(tool === 'copy' || tool === 'destroy' || tool === 'snapshot' ? { timeoutMs: longTimeoutMs } : {}),
  });

/** Its log then says what a container that fails has got to. */
export const start = act('start', '--logpriority=INFO');
/** Asks init by the signal of `lxc.signal.halt`; whether that obeys has to be looked for. */
export const askToHalt = act('stop', '--nowait');
export const askToReboot = act('stop', '--reboot', '--nowait');
export const kill = act('stop', '--kill');
export const freeze = act('freeze');
export const unfreeze = act('unfreeze');

export const copy = (ref: ContainerRef, to: string): Command<void> => act('copy', `--newname=${to}`)(ref);

/** A copy that shares what is not changed, as an overlay upon the original. */
export const copyAsOverlay = (ref: ContainerRef, to: string): Command<void> =>
  act('copy', `--newname=${to}`, '--snapshot', '--backingstorage=overlay')(ref);

/** A copy that runs at once and is gone when it stops. */
export const runCopy = (ref: ContainerRef, to: string): Command<void> =>
  act('copy', `--newname=${to}`, '--ephemeral', '--daemon')(ref);

export const rename = (ref: ContainerRef, to: string): Command<void> => act('copy', `--newname=${to}`, '--rename')(ref);

export const destroy = (ref: ContainerRef, withSnapshots: boolean): Command<void> =>
  act('destroy', ...(withSnapshots ? ['--snapshots'] : []))(ref);

/** What the script below ends with where other containers share the files; it names them. */
export const copiesCode = 65;

/** Parameters: the container's directory, and the tool with its arguments. */
const unlessCopiedScript = `cd -- "$1" || exit
own=$1/snaps copies=
if [ -f lxc_snapshots ]; then
  while read -r path && read -r name; do
    [ "$path" = "$own" ] || { printf '%s\\n' "$path/$name" >&2; copies=yes; }
  done <lxc_snapshots
fi
[ -z "$copies" ] || exit ${copiesCode}
shift && cd / && exec "$@"
`;

/**
 * The same for whoever cannot look beforehand: with `--snapshots` LXC deletes these first, and then refuses what has copies that share its
 * files.
 */
export const destroyUnlessCopied = (ref: ContainerRef): Command<void> => {
  const plain = destroy(ref, true);
  const directory = `${ref.lxcpath}/${ref.name}`;
  return { ...plain, file: 'sh', args: ['-c', unlessCopiedScript, 'sh', directory, plain.file, ...plain.args] };
};

/**
 * lxc-snapshot takes a comment from a file only, and follows no link to one, so not to standard input either, which is the keyboard where it
 * runs in a terminal.
 */
const commentScript = `file=$(mktemp) || exit
trap 'rm -f -- "$file"' EXIT
trap 'exit 130' INT TERM HUP
printf '%s\\n' "$1" >"$file" && shift && "$@" "--comment=$file"
`;

export const takeSnapshot = (ref: ContainerRef, comment: string): Command<void> => {
  const plain = act('snapshot')(ref);
  if (comment === '') return plain;
  return { ...plain, file: 'sh', args: ['-c', commentScript, 'sh', comment, plain.file, ...plain.args] };
};

export const restoreSnapshot = (ref: ContainerRef, snapshot: string, to: string | undefined): Command<void> =>
  act('snapshot', `--restore=${snapshot}`, ...(to === undefined ? [] : [`--newname=${to}`]))(ref);

export const deleteSnapshot = (ref: ContainerRef, snapshot: string): Command<void> =>
  act('snapshot', `--destroy=${snapshot}`)(ref);

/**
 * Writes settings into a configuration, which no tool of LXC does. Of most keys the last line counts, so the lines of these keys go, and the
 * new ones stand at the end, behind what is included. The file is written as a whole beside the old one and takes its place, owner and mode
 * kept; whatever bytes the other lines hold, they stay as they are. Parameters: the file, an expression for the lines that go, and the new lines.
 */
const settingsScript = `file=$1 old=$2
shift 2
new=$(mktemp -- "$file.XXXXXX") || exit
trap 'rm -f -- "$new"' EXIT
trap 'exit 130' INT TERM HUP
cp -p -- "$file" "$new" && { LC_ALL=C grep -aEv "$old" "$file" || [ $? = 1 ]; } >"$new" &&
  if [ -s "$new" ] && [ -n "$(tail -c 1 "$new")" ]; then echo >>"$new"; fi &&
  if [ $# != 0 ]; then printf '%s\\n' "$@" >>"$new"; fi && mv -f -- "$new" "$file"
`;

/** A key of LXC: dots and words of lower-case letters and digits. */
export type SettingKey = `lxc.${string}`;

/** @param settings what takes the place of all lines of `keys`, in this order */
export const writeSettings = (
  configFile: string,
  keys: readonly SettingKey[],
  settings: readonly (readonly [key: SettingKey, value: string])[],
): Command<void> => {
  const old = `^[[:blank:]]*(${keys.map((key) => key.replaceAll('.', String.raw`\.`)).join('|')})[[:blank:]]*=`;
  const lines = settings.map(([key, value]) => `${key} = ${value}`.trimEnd());
  return {
    file: 'sh',
    args: ['-c', settingsScript, 'sh', configFile, old, ...lines],
    parse: ignoreOutput,
    acts: true,
  };
};

export const setAutostart = (configFile: string, on: boolean): Command<void> =>
  writeSettings(configFile, ['lxc.start.auto'], [['lxc.start.auto', on ? '1' : '0']]);

/** What a log says behind its first bytes, where this user may not read it. */
export const restOfLog = (path: string, from: number): Command<string> => ({
  file: 'tail',
  args: [`--bytes=+${from + 1}`, '--', path],
  parse: ({ stdout }) => stdout,
  timeoutMs: 5_000,
});
