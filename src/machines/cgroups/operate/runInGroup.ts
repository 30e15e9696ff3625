import { randomBytes } from 'node:crypto';
import type { TerminalCommand } from '../../command.ts';
import type { ControlGroup, Hierarchy } from '../controlGroup.ts';
import { counterpart, groupDirectory } from '../groupDirectory.ts';
import { managerOptions, type OwnerOf, type Unit } from '../groupOwner.ts';
import { controllersOf, groupExists } from './groupFiles.ts';
import { hasLibcgroup, libcgroupSpec } from './libcgroupTools.ts';
import { lookAtGroup, type SeenGroup } from './seen.ts';

/** How a command comes into a group. */
export type RunWay =
  /** As a scope of systemd's in a slice. */
  | { readonly kind: 'scope'; readonly unit: Unit }
  /** By libcgroup's cgexec. */
  | { readonly kind: 'cgexec'; readonly spec: string }
  /** A shell writes its own number to the kernel's files before it becomes the command. */
  | { readonly kind: 'join'; readonly groups: readonly Required<SeenGroup>[] };

/** Who the command is to be after it has joined as root. */
export interface RunUser {
  readonly uid: number;
  readonly gid: number;
  readonly home: string;
  readonly name: string;
}

/** The counterparts of a group in all hierarchies of v1: made as one, they are meant as one. */
export const sameGroups = async (
  group: ControlGroup,
  hierarchies: readonly Hierarchy[],
): Promise<readonly ControlGroup[]> => {
  if (group.hierarchy.version === 2 || group.path === '/') return [group];
  const others = hierarchies
    .filter(
      ({ version, controllers, mountPoint }) =>
        version === 1 && controllers.length > 0 && mountPoint !== group.hierarchy.mountPoint,
    )
    .flatMap((hierarchy) => counterpart(group, hierarchy) ?? [])
    .filter(({ path }) => path !== '/');
  const there = await Promise.all(others.map(groupExists));
  return [group, ...others.filter((_, index) => there[index] === true)];
};

/** Decides how, by what the group is and what this host has. */
export const runWay = async (
  group: ControlGroup,
  hierarchies: readonly Hierarchy[],
  ownerOf: OwnerOf,
): Promise<RunWay> => {
  const owner = ownerOf(group);
  if (owner.kind === 'unit' && owner.slice) return { kind: 'scope', unit: owner.unit };
  const groups = await sameGroups(group, hierarchies);
  const spec = libcgroupSpec(groups, await controllersOf(group));
  if (spec !== undefined && (await hasLibcgroup('cgexec'))) return { kind: 'cgexec', spec };
  return { kind: 'join', groups: await Promise.all(groups.map(lookAtGroup)) };
};

/** What the terminal says, in the language of the user. */
export interface RunWords {
  readonly title: string;
  /** A format of printf(1), with the directory of the group. */
  readonly groupGone: string;
}

/** Constant text for `sh -c`. Parameters: the sentence for a group that is gone, directories, each with its identity, `--`, the command and its arguments. */
const joinScript = `
gone=$1
shift
while [ "$1" != -- ]; do
  (
    cd -P -- "$1" || exit
    if [ "$(stat -c %d:%i .)" != "$2" ]; then
      printf "$gone\\n" "$1" >&2
      exit 1
    fi
    echo "$$" >./cgroup.procs
  ) || exit 125
  shift 2
done
shift
exec "$@"
`;

/** Joining takes root; the command itself is to have no more rights than who asked for it. */
const asUser = ({ uid, gid, home, name }: RunUser): readonly string[] => [
  ...['setpriv', `--reuid=${uid}`, `--regid=${gid}`, '--init-groups', '--'],
  ...['env', `HOME=${home}`, `USER=${name}`, `LOGNAME=${name}`],
];

/**
 * Runs a line for the shell in a group.
 * @param user whom root turns into after joining; undefined where nobody else has to be root
 */
export const runInGroup = (way: RunWay, words: RunWords, line: string, user?: RunUser): TerminalCommand => {
  const { title, groupGone } = words;
  const command = [...(user === undefined ? [] : asUser(user)), '/bin/sh', '-c', line];
  switch (way.kind) {
    case 'scope': {
      // A name of its own, by which it is known among the groups; several of one command are told apart.
      const name = `nspawn-run-${/[\w.-]+/u.exec(line)?.[0].slice(0, 64) ?? 'command'}-${randomBytes(3).toString('hex')}`;
      const names = [`--unit=${name}`, `--description=${line.replace(/\s+/gu, ' ').slice(0, 200)}`];
      const options = ['--quiet', '--scope', `--slice=${way.unit.name}`, '--collect', ...names, '--'];
      return { file: 'systemd-run', args: [...managerOptions(way.unit), ...options, ...command], title };
    }
    case 'cgexec':
      return { file: 'cgexec', args: ['-g', way.spec, ...command], title };
    case 'join': {
      const places = way.groups.flatMap((group) => [groupDirectory(group), group.identity]);
      return { file: '/bin/sh', args: ['-c', joinScript, 'sh', groupGone, ...places, '--', ...command], title };
    }
  }
};
