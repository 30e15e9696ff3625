import { valueSets } from '../../../schema/valueSets.ts';
import { once, onceEach } from '../../once.ts';

const members = once(
  (): ReadonlyMap<string, readonly string[]> =>
    new Map(valueSets.syscallGroups.map((group) => [group.name, group.members])),
);

const since = once(
  (): ReadonlyMap<string, number> =>
    new Map(valueSets.syscallGroups.flatMap((group) => (group.since === undefined ? [] : [[group.name, group.since]]))),
);

/** The version of systemd that brought a group; 0 where every version that we know has it. */
export const groupSince = (name: string): number => since().get(name) ?? 0;

/** Names of groups as @known has every system call, some of which stand in no list but those of groups. */
export const groupNames = once((): readonly string[] => [...members().keys()]);
export const callNames = once((): readonly string[] =>
  [
    ...new Set([...valueSets.syscalls, ...[...members().values()].flat().filter((name) => !name.startsWith('@'))]),
  ].sort(),
);

const itemsBelow = (name: string, into: Set<string>): Set<string> => {
  if (into.has(name)) return into;
  into.add(name);
  for (const member of members().get(name) ?? [])
    if (member.startsWith('@')) itemsBelow(member, into);
    else into.add(member);
  return into;
};

/** What a version allows when nothing is set: groups, what is in them, and the capability that each needs, if any. */
type Allowed = ReadonlyMap<string, string | null>;

const allowedIn = (systemdVersion: number): Allowed => {
  const allowed = new Map<string, string | null>();
  for (const { item, capability, since: first = 0, until = Infinity } of valueSets.defaultSyscalls)
    if (systemdVersion >= first && systemdVersion <= until)
      for (const name of itemsBelow(item, new Set())) if (allowed.get(name) !== null) allowed.set(name, capability);
  return allowed;
};

/** Every name that the filter of that systemd-nspawn allows when nothing is set. */
export const allowedByDefault = onceEach(allowedIn);

/** Whether a machine may use it when nothing is set, with the capabilities that it then has. */
export const isAllowedAnyway = (name: string, systemdVersion: number): boolean => {
  const capability = allowedByDefault(systemdVersion).get(name);
  return capability === null || (capability !== undefined && valueSets.defaultCapabilities.includes(capability));
};

/** The system calls of a group, also through groups in it, sorted. */
export const callsOf = (group: string): readonly string[] =>
  [...itemsBelow(group, new Set())].filter((name) => !name.startsWith('@')).sort();
