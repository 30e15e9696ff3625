import { cgroupSchema } from '../../schema/cgroupSchema.ts';
import type { CgroupParameter, CgroupVersion } from '../../schema/cgroupTypes.ts';

/** The files of a huge page size stand in the schema once, whatever the size. */
const hugePageSize = /^hugetlb\.(?!<)[^.]+\./u;
const schemaName = (name: string): string => name.replace(hugePageSize, 'hugetlb.<size>.');

const groupedBy = (member: 'name' | 'controller'): ReadonlyMap<string, readonly CgroupParameter[]> => {
  const groups = new Map<string, CgroupParameter[]>();
  for (const parameter of cgroupSchema.parameters) {
    const group = groups.get(parameter[member]);
    if (group === undefined) groups.set(parameter[member], [parameter]);
    else group.push(parameter);
  }
  return groups;
};

const byName = groupedBy('name');
const byController = groupedBy('controller');

export const controllerNames: readonly string[] = cgroupSchema.controllers.map(({ name }) => name);

/** The files of that name, of v1 before v2; none where the kernel has none. */
export const parametersNamed = (name: string): readonly CgroupParameter[] => byName.get(schemaName(name)) ?? [];

/** What a controller has; the files that every group has are those of `cgroup`. */
export const parametersOf = (controller: string): readonly CgroupParameter[] => byController.get(controller) ?? [];

/** As it can be written: with a size of huge pages that most machines have. */
export const writtenName = ({ name }: CgroupParameter): string => name.replace('<size>', '2MB');

/** Controllers that v1 mounts together nearly everywhere, so that the files of one are there for the other. */
const mountedTogether: readonly (readonly string[])[] = [
  ['cpu', 'cpuacct'],
  ['net_cls', 'net_prio'],
];

/** Whether a file of `owner` is found in the directory that libcgroup writes to for `controller`. */
export const isReachable = (owner: string, controller: string): boolean =>
  owner === controller ||
  owner === 'cgroup' ||
  mountedTogether.some((pair) => pair.includes(owner) && pair.includes(controller));

/** The one version of cgroups that has a file of that name, if it is one. */
export const versionOnly = (parameters: readonly CgroupParameter[]): CgroupVersion | undefined => {
  const [first] = parameters;
  return parameters.every(({ version }) => version === first?.version) ? first?.version : undefined;
};
