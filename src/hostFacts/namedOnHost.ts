import { execFile, spawnSync } from 'node:child_process';
import type { HostNames, NamedOnHost } from '../language/namedOnHost.ts';
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
}

/** A file system that does not answer, such as one of a user's own making, counts as one that nobody can look into. */
const patienceMs = 2_000;
/** A file that names more is none that a person wrote. */
const mostPaths = 200;

/**
 * Constant text for `sh -c`. A process of its own looks, because a thread of ours that waits for a file system which does not answer
 * could not be taken back. Parameters: the root, `yes` where interfaces are asked for, the machine or nothing, the directories of images
 * with line feeds between them, the paths. A path is gone along name by name: so no link is followed that a machine has made, and
 * what may not be looked into is told from what is not there.
 */
const script = `
root=$1
interfaces=$2
machine=$3
newline='
'
images=$newline$4$newline
shift 4
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
for path do
  look "$path"
  printf 'path %s\\n' "$found"
done
`;

const options = {
  cwd: '/',
  encoding: 'utf8',
  timeout: patienceMs,
  killSignal: 'SIGKILL',
  maxBuffer: 4 * 1024 * 1024,
  env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C.UTF-8' },
} as const;

const pathsIn = ({ names }: HostLook): readonly string[] => names.paths.slice(0, mostPaths);

const argumentsOf = (look: HostLook): readonly string[] => [
  ...['-c', script, 'sh', look.root ?? '', look.names.interfaces ? 'yes' : 'no'],
  ...[look.machine ?? '', (look.images ?? imageDirectories).join('\n'), ...pathsIn(look)],
];

const answerOf = (said: string, look: HostLook): NamedOnHost => {
  const lines = said.split('\n').map((line) => line.split(' '));
  const interfaces = new Map<string, 'bridge' | 'other' | 'unknown'>();
  for (const [kind, name] of lines)
    if ((kind === 'bridge' || kind === 'other' || kind === 'unknown') && name !== undefined && !interfaces.has(name))
      interfaces.set(name, kind);
  const seen = lines.flatMap(([what, kind]) => (what === 'path' ? [kind] : []));
  const paths = new Map<string, 'directory' | 'other' | 'absent'>();
  for (const [index, path] of pathsIn(look).entries()) {
    const kind = seen[index];
    if (kind === 'directory' || kind === 'other' || kind === 'absent') paths.set(path, kind);
  }
  const hasLooked = lines.some(([what]) => what === 'seen');
  return { ...(hasLooked ? { interfaces } : {}), paths, runs: lines.some(([what]) => what === 'runs') };
};

const asksNothing = ({ names: { interfaces, paths } }: HostLook): boolean => !interfaces && paths.length === 0;

/** Nobody has looked. */
const nothing: NamedOnHost = { paths: new Map(), runs: false };

/** Looks at this host whether what a file names is there. */
export type LookAtHost = (look: HostLook) => Promise<NamedOnHost>;

/** The answer takes two seconds at most. As long as an older look hangs, nobody looks. */
export const createLookAtHost = (platform: string = process.platform): LookAtHost => {
  const hanging = new Set<Promise<NamedOnHost>>();
  return (look) => {
    if (asksNothing(look) || hanging.size > 0 || platform !== 'linux') return Promise.resolve(nothing);
    const asked = new Promise<NamedOnHost>((resolve) => {
      execFile('/bin/sh', argumentsOf(look), options, (error, stdout) =>
        resolve(error === null ? answerOf(stdout, look) : nothing),
      );
    });
    return new Promise((resolve) => {
      // A process that the kernel holds for good does not even die of a signal.
      const timer = setTimeout(() => {
        hanging.add(asked);
        resolve(nothing);
      }, patienceMs + 500);
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
  if (asksNothing(look) || platform !== 'linux') return nothing;
  const { status, stdout } = spawnSync('/bin/sh', argumentsOf(look), options);
  return status === 0 ? answerOf(stdout, look) : nothing;
};
