import { MachineError } from '../../errors.ts';
import type { Operation } from '../../operation.ts';
import type { ControlGroup } from '../controlGroup.ts';
import { groupDirectory, parentOf } from '../groupDirectory.ts';
import { groupExists, readGroupFile, words } from './groupFiles.ts';
import { byKernel, byTool } from './groupOperation.ts';
import type { KernelStep } from './kernelSteps.ts';
import { cgcreate, hasLibcgroup, libcgroupSpec } from './libcgroupTools.ts';
import { identityIfThere, type SeenGroup } from './seen.ts';

/** A group and all above it, the root first. */
const lineage = (group: ControlGroup): readonly ControlGroup[] =>
  group.path === '/' ? [group] : [...lineage(parentOf(group)), group];

/**
 * Makes what is missing of a path; on v2 also passes the controllers down to its last part. What is there already has to be there
 * still, and the same, when it is done.
 */
const stepsToMake = async (group: ControlGroup, wanted: readonly string[]): Promise<readonly KernelStep[]> => {
  const steps: KernelStep[] = [];
  let parent: SeenGroup = parentOf(group);
  for (const found of lineage(group)) {
    const identity = await identityIfThere(groupDirectory(found));
    const one: SeenGroup = identity === undefined ? found : { ...found, identity };
    if (identity === undefined) steps.push({ kind: 'make', group: found, parent });
    parent = one;
    if (one.path === group.path || one.hierarchy.version === 1) continue;
    const passed = words(await readGroupFile(one, 'cgroup.subtree_control'));
    const missing = wanted.filter((name) => !passed.includes(name));
    if (missing.length > 0)
      steps.push({
        kind: 'write',
        group: one,
        file: 'cgroup.subtree_control',
        text: missing.map((name) => `+${name}`).join(' '),
      });
  }
  return steps;
};

const isThere = async (group: ControlGroup, wanted: readonly string[]): Promise<void> => {
  const found = await readGroupFile(group, 'cgroup.controllers');
  const lacking = group.hierarchy.version === 1 ? [] : wanted.filter((name) => !words(found).includes(name));
  if ((await groupExists(group)) && lacking.length === 0) return;
  const expected = wanted.join(' ') || 'there';
  throw new MachineError({ kind: 'noEffect', name: group.path, expected, found: found ?? 'gone' });
};

/**
 * Makes a group in one or several hierarchies, all of the same path.
 * @param wanted controllers of v2 that it is to have; those of v1 come with their hierarchy
 * @throws MachineError kernelRefused with EEXIST where it is there already
 */
export const createGroup = async (groups: readonly ControlGroup[], wanted: readonly string[]): Promise<Operation> => {
  for (const group of groups) {
    const path = groupDirectory(group);
    if (await groupExists(group)) throw new MachineError({ kind: 'kernelRefused', path, code: 'EEXIST' });
  }
  const spec = libcgroupSpec(groups, wanted);
  const name = groups[0]?.path ?? '';
  const settle = async (): Promise<void> => {
    for (const group of groups) await isThere(group, wanted);
  };
  // It goes by the path: what lies deeper could be made in a group that has come in place of the one that was meant.
  const isBelowRoot = groups.every((group) => parentOf(group).path === '/');
  if (spec !== undefined && isBelowRoot && (await hasLibcgroup('cgcreate')))
    return byTool(name, cgcreate(spec), settle);
  const steps = await Promise.all(groups.map((group) => stepsToMake(group, wanted)));
  return byKernel(name, steps.flat(), settle);
};
