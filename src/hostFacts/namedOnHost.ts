import { execFile, spawnSync } from 'node:child_process';
import {
  type FoundPath,
  type FoundUser,
  type HostNames,
  type NamedOnHost,
  namesNothing,
  nothingNamed,
} from '../language/namedOnHost.ts';
import { imageDirectories } from '../schema/imageDirectories.ts';

/** What is looked for, and where. */
export interface HostLook {
  readonly names: HostNames;
  /** The machine that the file is for. */
  readonly machine: string | undefined;
  /** Where images lie: what is in one of them is the machine's, and no link of a machine is followed. */
  readonly images?: readonly string[];
  /** What stands for `/`; elsewhere only in tests. */
  readonly root?: string;
  /** Milliseconds; another limit than `usualPatienceMs`, in tests, whose machine may be busy. */
  readonly patienceMs?: number;
}

/** A file system that does not answer, such as one of a user's own making, counts as one that nobody can look into. */
const usualPatienceMs = 2_000;
/** A file that names more is none that a person wrote. */
const mostPaths = 200;

/**
 * Constant text for `sh -c`. A process of its own looks, because a thread of ours that waits for a file system which does not answer
 * could not be taken back. Parameters: the root, `yes` where interfaces are asked for, the machine or nothing, the directories of images
 * with line feeds between them, the users with blanks between them, how many of the paths are upper directories, and the paths, those
 * first. A path is gone along name by name: so no link is followed that a machine has made, and
 * what may not be looked into is told from what is not there. A user is looked up as systemd does, which asks the C library and its own
 * records.
 */
const script = `
root=$1
interfaces=$2
machine=$3
newline='
'
images=$newline$4$newline
users=$5
uppers=$6
shift 6
[ -z "$machine" ] || [ ! -e "$root/run/systemd/machines/$machine" ] || printf 'runs\\n'
if [ "$interfaces" = yes ] && [ -d "$root/sys/class/net" ]; then
  printf 'seen\\n'
  for path in "$root"/sys/class/net/*; do
    [ -d "$path" ] || continue
    kind=other
    [ ! -d "$path/bridge" ] || kind=bridge
    printf '%s %s\\n' "$kind" "\${path##*/}"
  done
  for path in "$root"/run/udev/data/n*; do
    [ -f "$path" ] || continue
    while IFS= read -r line; do
      case $line in E:ID_NET_NAME*=*) printf 'unknown %s\\n' "\${line#*=}" ;; esac
    done <"$path"
  done
fi
look() {
  rest=$1
  at=
  links=0
  while [ -n "$rest" ]; do
    rest=\${rest#/}
    part=\${rest%%/*}
    rest=\${rest#"$part"}
    case $part in
      '' | .) continue ;;
      ..) at=\${at%/*}; continue ;;
    esac
    if [ -n "$at" ]; then
      case $images in *"$newline\${at%/*}$newline"*) found=unknown; return ;; esac
    fi
    next=$at/$part
    if [ -L "$root$next" ]; then
      links=$((links + 1))
      target=$(readlink "$root$next")
      if [ "$links" -gt 40 ] || [ -z "$target" ]; then found=unknown; return; fi
      case $target in /*) at= ;; esac
      rest=/$target$rest
    elif [ -e "$root$next" ]; then
      at=$next
    elif [ -d "$root$at/" ] && [ ! -x "$root$at/" ]; then
      found=unknown
      return
    else
      found=absent
      return
    fi
  done
  found=other
  [ ! -d "$root$at/" ] || found=directory
}
closer() {
  [ "$(stat -f -c %T "$root$at/" 2>/dev/null)" != overlayfs ] || found=onOverlay
  while read -r _ _ _ _ point _; do
    [ "$point" != "$at" ] || [ "$found" = onOverlay ] || found=mountPoint
  done <"$root/proc/self/mountinfo"
}
for path do
  look "$path"
  if [ "$uppers" -gt 0 ]; then
    uppers=$((uppers - 1))
    [ "$found" != directory ] || closer
  fi
  printf 'path %s\\n' "$found"
done
for user in $users; do
  line=$(getent passwd "$user" 2>/dev/null)
  code=$?
  if [ "$code" = 2 ]; then
    found=absent
    for record in etc run run/host usr/lib; do [ ! -e "$root/$record/userdb/$user.user" ] || found=unknown; done
    userdbctl user "$user" >/dev/null 2>&1 && found=unknown
  elif [ "$code" = 0 ]; then
    IFS=: read -r _ _ uid gid _ home _ <<line
$line
line
    look "$home"
    case $found in
      absent) found=homeless ;;
      directory | other) found=fits ;;
    esac
    [ "$uid" = "$gid" ] || found=otherGroup
  else
    found=unknown
  fi
  printf 'user %s %s\\n' "$found" "$user"
done
`;

const programs = '/usr/sbin:/usr/bin:/sbin:/bin';

const optionsOf = ({ root, patienceMs = usualPatienceMs }: HostLook) =>
  ({
    cwd: '/',
    encoding: 'utf8',
    timeout: patienceMs,
    killSignal: 'SIGKILL',
    maxBuffer: 4 * 1024 * 1024,
    // A root of a test has programs of its own.
    env: { PATH: root === undefined ? programs : `${root}/bin:${programs}`, LC_ALL: 'C.UTF-8' },
  }) as const;

const uppersIn = ({ names }: HostLook): readonly string[] => names.uppers.slice(0, mostPaths);

/** The upper directories first. */
const pathsIn = (look: HostLook): readonly string[] =>
  [...new Set([...uppersIn(look), ...look.names.paths])].slice(0, mostPaths);

const argumentsOf = (look: HostLook): readonly string[] => [
  ...['-c', script, 'sh', look.root ?? '', look.names.interfaces ? 'yes' : 'no'],
  ...[look.machine ?? '', (look.images ?? imageDirectories).join('\n')],
  ...[look.names.users.slice(0, mostPaths).join(' '), String(uppersIn(look).length), ...pathsIn(look)],
];

const isPath = (kind: string | undefined): kind is FoundPath =>
  kind === 'directory' || kind === 'onOverlay' || kind === 'mountPoint' || kind === 'other' || kind === 'absent';
const isUser = (kind: string | undefined): kind is FoundUser =>
  kind === 'fits' || kind === 'absent' || kind === 'otherGroup' || kind === 'homeless';

const answerOf = (said: string, look: HostLook): NamedOnHost => {
  const lines = said.split('\n').map((line) => line.split(' '));
  const interfaces = new Map<string, 'bridge' | 'other' | 'unknown'>();
  for (const [kind, name] of lines)
    if ((kind === 'bridge' || kind === 'other' || kind === 'unknown') && name !== undefined && !interfaces.has(name))
      interfaces.set(name, kind);
  const seen = lines.flatMap(([what, kind]) => (what === 'path' ? [kind] : []));
  const paths = new Map<string, FoundPath>();
  for (const [index, path] of pathsIn(look).entries()) {
    const kind = seen[index];
    if (isPath(kind)) paths.set(path, kind);
  }
  const users = new Map<string, FoundUser>();
  for (const [what, kind, name] of lines)
    if (what === 'user' && isUser(kind) && name !== undefined) users.set(name, kind);
  const hasLooked = lines.some(([what]) => what === 'seen');
  return { ...(hasLooked ? { interfaces } : {}), paths, users, runs: lines.some(([what]) => what === 'runs') };
};

/** Looks at this host whether what a file names is there. */
export type LookAtHost = (look: HostLook) => Promise<NamedOnHost>;

/** The answer takes two seconds at most. As long as an older look hangs, nobody looks. */
export const createLookAtHost = (platform: string = process.platform): LookAtHost => {
  const hanging = new Set<Promise<NamedOnHost>>();
  return (look) => {
    if (namesNothing(look.names) || hanging.size > 0 || platform !== 'linux') return Promise.resolve(nothingNamed);
    const asked = new Promise<NamedOnHost>((resolve) => {
      execFile('/bin/sh', argumentsOf(look), optionsOf(look), (error, stdout) =>
        resolve(error === null ? answerOf(stdout, look) : nothingNamed),
      );
    });
    return new Promise((resolve) => {
      // A process that the kernel holds for good does not even die of a signal.
      const timer = setTimeout(
        () => {
          hanging.add(asked);
          resolve(nothingNamed);
        },
        (look.patienceMs ?? usualPatienceMs) + 500,
      );
      void asked.then((answer) => {
        clearTimeout(timer);
        hanging.delete(asked);
        resolve(answer);
      });
    });
  };
};

/** The same for a program that does nothing else meanwhile. */
export const lookAtHostNow = (look: HostLook, platform: string = process.platform): NamedOnHost => {
  if (namesNothing(look.names) || platform !== 'linux') return nothingNamed;
  const { status, stdout } = spawnSync('/bin/sh', argumentsOf(look), optionsOf(look));
  return status === 0 ? answerOf(stdout, look) : nothingNamed;
};
