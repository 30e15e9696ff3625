import type { Operation } from '../../operation.ts';
import type { ControlGroup } from '../controlGroup.ts';
import { createGroup } from './createGroup.ts';
import { byKernel, byTool } from './groupOperation.ts';
import type { KernelStep } from './kernelSteps.ts';
import { cgconfigparser } from './libcgroupTools.ts';
import { type FileToApply, type PlannedGroup, requireFileInside } from './plannedGroups.ts';

/**
 * Has libcgroup apply a file that says what `contents` says. It leaves what it has done when something fails.
 * @throws MachineError invalidName for a file that leads out of its hierarchies
 */
export const applyFile = (path: string, contents: FileToApply): Operation => {
  requireFileInside(contents);
  return byTool(path, cgconfigparser(path));
};

/** The groups of a plan that are missing, each once with all of its controllers. */
const missingGroups = (
  plan: readonly PlannedGroup[],
): readonly { readonly groups: readonly ControlGroup[]; readonly wanted: readonly string[] }[] => {
  const byPath = new Map<string, { groups: ControlGroup[]; wanted: string[] }>();
  for (const { group, exists, controller } of plan) {
    if (group === undefined || exists) continue;
    const one = byPath.get(group.path) ?? { groups: [], wanted: [] };
    if (!one.groups.some(({ hierarchy }) => hierarchy.mountPoint === group.hierarchy.mountPoint))
      one.groups.push(group);
    one.wanted.push(controller);
    byPath.set(group.path, one);
  }
  // Parents first.
  return [...byPath].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, made]) => made);
};

/**
 * The same without libcgroup: one change for each group that is made and then one for all parameters. Owners and modes (`perm`),
 * mounts and templates are not part of a plan.
 */
export const applyPlan = async function* (plan: readonly PlannedGroup[]): AsyncGenerator<Operation> {
  for (const { groups, wanted } of missingGroups(plan)) yield await createGroup(groups, wanted);
  const steps = plan.flatMap(({ group, settings }) =>
    group === undefined
      ? []
      : settings.map(({ name, after }): KernelStep => ({ kind: 'write', group, file: name, text: after })),
  );
  if (steps.length > 0) yield byKernel('/', steps);
};
