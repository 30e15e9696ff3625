import type { ControlGroup, Hierarchy } from '../controlGroup.ts';
import { readKnobValue } from '../knobs/readKnobs.ts';
import { MachineError } from '../../errors.ts';
import { groupExists } from './groupFiles.ts';

/** A group as a cgconfig.conf describes it. */
export interface FileGroup {
  /** As in the file: `a/b`; `.` is the root. */
  readonly name: string;
  readonly controllers: readonly {
    readonly name: string;
    readonly settings: readonly { readonly name: string; readonly value: string }[];
  }[];
}

export interface PlannedSetting {
  readonly name: string;
  /** What the kernel has now; undefined where the group is not there yet, or the value cannot be read. */
  readonly before: string | undefined;
  readonly after: string;
}

/** What a file would do to one group of one controller. */
export interface PlannedGroup {
  readonly name: string;
  readonly controller: string;
  /** Undefined where no hierarchy has the controller. */
  readonly group: ControlGroup | undefined;
  readonly exists: boolean;
  readonly settings: readonly PlannedSetting[];
}

/** The hierarchy that libcgroup would take for a controller. */
export const hierarchyOf = (controller: string, hierarchies: readonly Hierarchy[]): Hierarchy | undefined => {
  const name = /^name=(.*)$/u.exec(controller)?.[1];
  return name === undefined
    ? hierarchies.find(({ controllers }) => controllers.includes(controller))
    : hierarchies.find((hierarchy) => hierarchy.name === name);
};

/** The path of a group that a file names; undefined for a name that would lead out of the hierarchy. */
export const pathOfName = (name: string): string | undefined => {
  const parts = name.split('/').filter((part) => part !== '' && part !== '.');
  return parts.includes('..') || name.includes('\0') ? undefined : `/${parts.join('/')}`;
};

const planSetting = async (
  group: ControlGroup | undefined,
  exists: boolean,
  { name, value }: { readonly name: string; readonly value: string },
): Promise<PlannedSetting> => {
  const after = value.trim();
  if (group === undefined || !exists || name.includes('/')) return { name, before: undefined, after };
  return { name, before: await readKnobValue(group, name), after };
};

const planGroup = async (
  { name }: FileGroup,
  controller: FileGroup['controllers'][number],
  hierarchies: readonly Hierarchy[],
): Promise<PlannedGroup> => {
  const hierarchy = hierarchyOf(controller.name, hierarchies);
  const path = pathOfName(name);
  const group = hierarchy === undefined || path === undefined ? undefined : { hierarchy, path };
  const exists = group !== undefined && (await groupExists(group));
  const settings = await Promise.all(controller.settings.map((setting) => planSetting(group, exists, setting)));
  return { name, controller: controller.name, group, exists, settings };
};

/**
 * What applying a file would change on this host: read from the kernel, nothing is touched.
 * @throws MachineError invalidName for a group that leads out of its hierarchy: libcgroup would follow it, as root
 */
export const planGroups = async (
  groups: readonly FileGroup[],
  hierarchies: readonly Hierarchy[],
): Promise<readonly PlannedGroup[]> => {
  const leadingOut = groups.find(({ name }) => pathOfName(name) === undefined);
  if (leadingOut !== undefined)
    throw new MachineError({
      kind: 'invalidName',
      name: leadingOut.name,
      problem: leadingOut.name.includes('\0') ? 'badCharacter' : 'leadsOut',
    });
  const planned = groups.flatMap((group) =>
    group.controllers.map((controller) => planGroup(group, controller, hierarchies)),
  );
  return Promise.all(planned);
};

/** In numbers, for a question and for what is left undone. */
export interface PlanSummary {
  /** Groups to be made. */
  readonly missing: number;
  /** Parameters that have another value now, or none yet. */
  readonly different: number;
  /** Controllers that no hierarchy of this host has. */
  readonly unmounted: readonly string[];
}

/** A parameter that is written in other words than it is read counts as different: only the kernel knows. */
export const summarise = (plan: readonly PlannedGroup[]): PlanSummary => ({
  missing: plan.filter(({ group, exists }) => group !== undefined && !exists).length,
  different: plan.flatMap(({ settings }) => settings).filter(({ before, after }) => before !== after).length,
  unmounted: [...new Set(plan.filter(({ group }) => group === undefined).map(({ controller }) => controller))],
});
