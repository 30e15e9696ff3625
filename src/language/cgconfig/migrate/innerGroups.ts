import * as l10n from '@vscode/l10n';
import type { ConfigDocument, Section } from '../../document.ts';
import { controllerBlocksOf, isRootGroup } from './convertGroup.ts';
import { groupPath } from '../../cgroups/groupPath.ts';
import { info, type Remark, warning } from './migrationNote.ts';

interface Placed {
  readonly group: Section;
  readonly path: string;
}

/**
 * The first group of the text with controllers below each group that has one. A path can be as deep as the text is long, so not all that
 * lies above it is looked up: in the order of their paths, groups follow those that they lie in.
 */
const firstBelow = (groups: readonly Placed[]): ReadonlyMap<string, string> => {
  const first = new Map<string, Placed>();
  const above: string[] = [];
  const sorted = groups
    .map(({ group, path }) => ({ group, path, key: `${path}/` }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.group.start - b.group.start));
  for (const { group, path, key } of sorted) {
    while (!key.startsWith(above.at(-1) ?? '')) above.pop();
    if (controllerBlocksOf(group).length > 0)
      for (const one of above) {
        const other = first.get(one)?.group.start ?? Infinity;
        if (one !== key && group.start < other) first.set(one, { group, path });
      }
    if (above.at(-1) !== key) above.push(key);
  }
  return new Map([...first].map(([key, { path }]) => [key.slice(0, -1), path]));
};

/** In cgroup v2 a group whose children have controllers holds no processes of its own; the root is exempt. */
export const innerGroupRemarks = (
  { sections }: ConfigDocument,
  targets: readonly string[],
): ReadonlyMap<Section, readonly Remark[]> => {
  const groups = sections
    .filter(({ keyword, name }) => keyword === 'group' && !isRootGroup(name))
    .map((group) => ({ group, path: groupPath(group.name) }));
  const below = firstBelow(groups);
  const aimed = new Set(targets.map(groupPath));
  const remarks = new Map<Section, readonly Remark[]>();
  for (const { group, path } of groups) {
    const child = below.get(path);
    if (child === undefined) continue;
    remarks.set(group, [
      aimed.has(path)
        ? warning(
            l10n.t`In cgroup v2 processes go into groups at the ends of the tree only. ${path} has ${child} below it, so the kernel refuses what rules of cgrules.conf put into it.`,
          )
        : info(
            l10n.t`In cgroup v2 processes go into groups at the ends of the tree only. ${path} has ${child} below it, so it can hold none itself.`,
          ),
    ]);
  }
  return remarks;
};
