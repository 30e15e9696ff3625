import { valueSets } from '../../schema/valueSets.ts';

const members: ReadonlyMap<string, readonly string[]> = new Map(
  valueSets.syscallGroups.map((group) => [group.name, group.members]),
);

const since: ReadonlyMap<string, number> = new Map(
  valueSets.syscallGroups.flatMap((group) => (group.since === undefined ? [] : [[group.name, group.since]])),
);

/** The version of systemd that brought a group; 0 where every version that we know has it. */
export const groupSince = (name: string): number => since.get(name) ?? 0;

/** Names of groups as @known has every system call, some of which stand in no list but those of groups. */
export const groupNames: readonly string[] = [...members.keys()];
export const callNames: readonly string[] = [
  ...new Set([...valueSets.syscalls, ...[...members.values()].flat().filter((name) => !name.startsWith('@'))]),
].sort();

const itemsBelow = (name: string, into: Set<string>): Set<string> => {
  if (into.has(name)) return into;
  into.add(name);
  for (const member of members.get(name) ?? []) itemsBelow(member, into);
  return into;
};

/** Every name that the filter of systemd-nspawn allows when nothing is set, groups and what is in them. */
export const allowedByDefault: ReadonlySet<string> = valueSets.defaultSyscalls.reduce(
  (into, { item }) => itemsBelow(item, into),
  new Set<string>(),
);

/** The system calls of a group, also through groups in it, sorted. */
export const callsOf = (group: string): readonly string[] =>
  [...itemsBelow(group, new Set())].filter((name) => !name.startsWith('@')).sort();
