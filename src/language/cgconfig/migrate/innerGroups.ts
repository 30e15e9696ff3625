import * as l10n from '@vscode/l10n';
import type { ConfigDocument, Section } from '../../document.ts';
import { controllersOf, isRoot } from './convertGroup.ts';
import { groupPath } from './groupPath.ts';
import type { Remark } from './migrationNote.ts';
import { info, warning } from './migrationNote.ts';

/** In cgroup v2 a group whose children have controllers holds no processes of its own; the root is exempt. */
export const innerGroupRemarks = (
  { sections }: ConfigDocument,
  targets: readonly string[],
): ReadonlyMap<Section, readonly Remark[]> => {
  const groups = sections
    .filter(({ keyword, name }) => keyword === 'group' && !isRoot(name))
    .map((group) => ({ group, path: groupPath(group.name) }));
  // The first group with controllers below each path.
  const below = new Map<string, string>();
  for (const { group, path } of groups) {
    if (controllersOf(group).length === 0) continue;
    for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1))
      if (!below.has(path.slice(0, at))) below.set(path.slice(0, at), path);
  }
  const aimed = new Set(targets.map(groupPath));
  const remarks = new Map<Section, readonly Remark[]>();
  for (const { group, path } of groups) {
    const child = below.get(path);
    if (child === undefined) continue;
    const text = l10n.t`In cgroup v2 processes go into groups at the ends of the tree only: ${path} has ${child} below it`;
    remarks.set(group, [
      aimed.has(path)
        ? warning(l10n.t`${text}, so the kernel refuses what rules of cgrules.conf put into ${path}.`)
        : info(l10n.t`${text}, so it can hold none itself.`),
    ]);
  }
  return remarks;
};
