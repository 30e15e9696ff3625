import type { ControlGroup, Hierarchy } from '../controlGroup.ts';
import { readGroupParameterValue } from '../parameters/readGroupParameters.ts';
import { MachineError } from '../../errors.ts';
import { groupExists } from './groupFiles.ts';
import { isParameterName } from './groupName.ts';

/** A group as a cgconfig.conf describes it. */
export interface FileGroup {
  /** As in the file: `a/b`; `.` is the root. */
  readonly name: string;
  readonly controllers: readonly {
    readonly name: string;
    readonly settings: readonly { readonly name: string; readonly value: string }[];
  }[];
}

/** What of a cgconfig.conf counts when it is applied. */
export interface FileToApply {
  readonly groups: readonly FileGroup[];
  /** The group of each controller that all groups of the file lie in. */
  readonly namespaces: readonly { readonly controller: string; readonly path: string }[];
}

interface PlannedSetting {
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
const hierarchyOf = (controller: string, hierarchies: readonly Hierarchy[]): Hierarchy | undefined => {
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
  if (group === undefined || !exists) return { name, before: undefined, after };
  return { name, before: await readGroupParameterValue(group, name), after };
};

const planGroup = async (
  { name }: FileGroup,
  controller: FileGroup['controllers'][number],
  hierarchies: readonly Hierarchy[],
  namespace: string,
): Promise<PlannedGroup> => {
  const hierarchy = hierarchyOf(controller.name, hierarchies);
  const path = pathOfName(`${namespace}/${name}`);
  const group = hierarchy === undefined || path === undefined ? undefined : { hierarchy, path };
  const exists = group !== undefined && (await groupExists(group));
  const settings = await Promise.all(controller.settings.map((setting) => planSetting(group, exists, setting)));
  return { name, controller: controller.name, group, exists, settings };
};

const refuse = (name: string): never => {
  throw new MachineError({ kind: 'invalidName', name, problem: name.includes('\0') ? 'badCharacter' : 'leadsOut' });
};

/**
 * libcgroup puts the names of a file together to paths and asks nobody where these lead: as root it makes groups, and writes to
 * files, outside of the hierarchy.
 * @throws MachineError invalidName for a group or a namespace that leads out, and for a parameter that is no file of its group
 */
export const requireFileInside = ({ groups, namespaces }: FileToApply): void => {
  for (const { path } of namespaces) if (pathOfName(path) === undefined) refuse(path);
  for (const { name, controllers } of groups) {
    if (pathOfName(name) === undefined) refuse(name);
    for (const { settings } of controllers)
      for (const setting of settings) if (!isParameterName(setting.name)) refuse(setting.name);
  }
};

/**
 * What applying a file would change on this host: read from the kernel, nothing is touched.
 * @throws MachineError invalidName for a file that leads out of its hierarchies
 */
export const planGroups = async (
  file: FileToApply,
  hierarchies: readonly Hierarchy[],
): Promise<readonly PlannedGroup[]> => {
  requireFileInside(file);
  const namespaces = new Map(file.namespaces.map(({ controller, path }) => [controller, path]));
  const planned = file.groups.flatMap((group) =>
    group.controllers.map((controller) =>
      planGroup(group, controller, hierarchies, namespaces.get(controller.name) ?? ''),
    ),
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
