import { readdirSync, statSync } from 'node:fs';
import type { ControlGroup } from '../controlGroup.ts';
import { groupDirectory } from '../groupDirectory.ts';
import { childPath } from './groupName.ts';

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** Names by what a person looks for: numbers as numbers; equal ones by their bytes, so that the order is total. */
const compareNames = (one: string, other: string): number =>
  collator.compare(one, other) || (one < other ? -1 : one > other ? 1 : 0);

/**
 * The groups directly in this one, by name; undefined where it is gone or may not be read. In a file system of the kernel
 * every directory is a group, and there are no links to follow.
 */
export const listGroups = (group: ControlGroup): readonly ControlGroup[] | undefined => {
  try {
    return readdirSync(groupDirectory(group), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
      .sort(compareNames)
      .map((name) => ({ hierarchy: group.hierarchy, path: childPath(group.path, name) }));
  } catch {
    return undefined;
  }
};

/**
 * How many groups are directly in this one, without listing them: in a file system of the kernel a directory has two links, and one
 * more for each directory in it. Undefined where it has gone.
 */
export const countGroups = (group: ControlGroup): number | undefined => {
  const links = statSync(groupDirectory(group), { throwIfNoEntry: false })?.nlink;
  return links === undefined ? undefined : links - 2;
};

/** The group and all below it that can be read, each before its children; stops at `limit`, because a tree can be of any size. */
export function* everyGroup(group: ControlGroup, limit = { left: 20_000 }): Generator<ControlGroup> {
  if (limit.left <= 0) return;
  limit.left -= 1;
  yield group;
  for (const child of listGroups(group) ?? []) yield* everyGroup(child, limit);
}
