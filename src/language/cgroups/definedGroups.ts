import { parametersNamed, versionOnly } from '../cgconfig/parameters.ts';
import type { GroupBlock, GroupFile } from './groupFile.ts';
import { pathsTo } from './destinationPattern.ts';

/** What files of cgconfig say of one group, and of the groups below it, with which it is made. */
export interface DefinedGroup {
  readonly controllers: ReadonlySet<string>;
  /** Whether parameters are set that only cgroup v1 has. */
  readonly isOfV1: boolean;
}

const isOfV1 = ({ controllers }: GroupBlock): boolean =>
  controllers.some(({ entries }) => entries.some(({ key }) => versionOnly(parametersNamed(key)) === 1));

/** Every group that exists once the files are loaded, by its path. */
export const definedGroups = (files: readonly GroupFile[]): ReadonlyMap<string, DefinedGroup> => {
  const groups = new Map<string, { readonly controllers: Set<string>; isOfV1: boolean }>();
  for (const block of files.flatMap(({ blocks }) => blocks)) {
    if (block.keyword !== 'group') continue;
    const ofV1 = isOfV1(block);
    for (const path of pathsTo(block.path)) {
      const group = groups.get(path) ?? { controllers: new Set(), isOfV1: false };
      for (const { name } of block.controllers) group.controllers.add(name);
      group.isOfV1 ||= ofV1;
      groups.set(path, group);
    }
  }
  return groups;
};

/** libcgroup mounts these together wherever it can, and so does systemd. */
const usuallyTogether: readonly (readonly string[])[] = [
  ['cpu', 'cpuacct'],
  ['net_cls', 'net_prio'],
];

/** Tells whether a group of its controllers also exists for another, because both share one hierarchy as far as we know. */
export const createHasController = (files: readonly GroupFile[]): ((group: DefinedGroup, name: string) => boolean) => {
  const together = [...usuallyTogether, ...files.flatMap(({ mountedTogether }) => mountedTogether)];
  const placesOf = new Map<string, Set<number>>();
  for (const [place, names] of together.entries())
    for (const name of names) placesOf.set(name, (placesOf.get(name) ?? new Set()).add(place));
  const known = new Map<DefinedGroup, ReadonlySet<number>>();
  const placesOfGroup = (group: DefinedGroup): ReadonlySet<number> => {
    const places =
      known.get(group) ?? new Set([...group.controllers].flatMap((name) => [...(placesOf.get(name) ?? [])]));
    known.set(group, places);
    return places;
  };
  return (group, name) => {
    if (group.controllers.has(name)) return true;
    const ofGroup = placesOfGroup(group);
    return [...(placesOf.get(name) ?? [])].some((place) => ofGroup.has(place));
  };
};
