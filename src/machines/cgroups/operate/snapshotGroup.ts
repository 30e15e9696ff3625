import type { Command } from '../../command.ts';
import { MachineError } from '../../errors.ts';
import type { ControlGroup } from '../controlGroup.ts';
import { readGroupParameters } from '../parameters/readGroupParameters.ts';
import { controllersOf, subtreeOf } from './groupFiles.ts';
import type { FileGroup } from './plannedGroups.ts';

/** Files that do something when they are written, or that no file can bring back. */
const actions =
  /^(?:tasks|notify_on_release|release_agent|cgroup\..*|.*\.pressure|memory\.(?:reclaim|force_empty|pressure_level|peak|swap\.peak|oom_control|move_charge_at_immigrate)|memory\..*(?:failcnt|max_usage_in_bytes)|freezer\.state|devices\.(?:allow|deny)|.*\.(?:reset_stats|usage))$/u;

/** What a new group of that hierarchy has in some parameters, as far as it is known. */
export type DefaultsOf = (version: 1 | 2, names: readonly string[]) => Promise<ReadonlyMap<string, string>>;

const readGroup = async (group: ControlGroup, defaultsOf: DefaultsOf): Promise<FileGroup | undefined> => {
  const controllers = await controllersOf(group);
  if (controllers.length === 0 || group.path === '/') return undefined;
  const writable = (await readGroupParameters(group)).filter(
    (parameter) =>
      parameter.writable && !actions.test(parameter.name) && parameter.value !== undefined && parameter.value !== '',
  );
  const defaults = await defaultsOf(
    group.hierarchy.version,
    writable.map(({ name }) => name),
  );
  const parameters = writable.filter(({ name, value }) => defaults.get(name) !== value);
  const settingsOf = (controller: string): FileGroup['controllers'][number]['settings'] =>
    parameters
      .filter(({ name }) => name.startsWith(`${controller}.`))
      .map(({ name, value }) => ({ name, value: value ?? '' }));
  return {
    name: group.path.slice(1),
    controllers: controllers.map((name) => ({ name, settings: settingsOf(name) })),
  };
};

/** Groups of one name in several hierarchies become one. */
const merge = (groups: readonly FileGroup[]): readonly FileGroup[] => {
  const byName = new Map<string, FileGroup>();
  for (const group of groups) {
    const known = byName.get(group.name);
    const controllers = [...(known?.controllers ?? []), ...group.controllers];
    byName.set(group.name, { name: group.name, controllers });
  }
  return [...byName.values()];
};

/**
 * What groups, and all below them, have that a new group would not have.
 * @throws MachineError noSuchGroup where there is nothing that a file could say
 */
export const snapshotGroups = async (
  groups: readonly ControlGroup[],
  defaultsOf: DefaultsOf,
): Promise<readonly FileGroup[]> => {
  const read: FileGroup[] = [];
  for (const group of groups) {
    for (const one of await subtreeOf(group)) {
      const found = await readGroup(one, defaultsOf);
      if (found !== undefined) read.push(found);
    }
  }
  if (read.length === 0) throw new MachineError({ kind: 'noSuchGroup', path: groups[0]?.path ?? '/' });
  return merge(read);
};

/**
 * libcgroup's own snapshot of whole hierarchies. Its list of parameters to leave out is a file that Debian does not install, and
 * without which it fails, so it gets an empty one; `-s` keeps it from warning of each parameter.
 */
export const cgsnapshot = (controllers: readonly string[]): Command<string> => ({
  file: 'cgsnapshot',
  args: ['-s', '-b', '/dev/null', ...controllers],
  parse: ({ stdout }) => stdout,
  timeoutMs: 60_000,
});
