/** Builds cgroupParameters.json from the reviewed tables beside this file and from sources of libcgroup. */
import { SourceProblem, withoutComments } from '../cText.ts';
import { cgroupParameters } from './cgroup.ts';
import { datedConversions, parseConversions } from './conversions.ts';
import { countsParameters } from './counts.ts';
import { cpuParameters } from './cpu.ts';
import { cpusetParameters } from './cpuset.ts';
import { devicesParameters } from './devices.ts';
import { ioParameters } from './io.ts';
import { memoryParameters } from './memory.ts';
import type { CgroupController, CgroupParameter, CgroupSchema, CgroupVersion } from '../../cgroupTypes.ts';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A release of libcgroup; `map` is its src/abstraction-map.c without comments. */
export interface LibcgroupSource {
  readonly version: string;
  readonly map: string;
}

/** Kernels that the tables were reviewed with: documentation and C, and the files that a running 6.18 shows. */
const linux: readonly string[] = ['6.1', '6.12', '6.18', '7.2'];

/** Controllers that only v1 has, with what v2 has instead. devices became a BPF program, the marks on packets a match on the path. */
const successors: Readonly<Record<string, string | null>> = {
  blkio: 'io',
  cpuacct: 'cpu',
  devices: null,
  freezer: 'cgroup',
  net_cls: null,
  net_prio: null,
};

const tables = [
  ...cgroupParameters,
  ...cpuParameters,
  ...cpusetParameters,
  ...memoryParameters,
  ...ioParameters,
  ...devicesParameters,
  ...countsParameters,
];

const sortKey = ({ version, controller, name }: CgroupParameter): string => `${version} ${controller} ${name}`;

const parameters: readonly CgroupParameter[] = tables
  .flatMap(({ controller, version, rows }) =>
    rows.map(({ equivalents = [], systemd = [], ...row }) => {
      const { name, access, value, text, ...more } = row;
      return { name, controller, version, access, value, ...more, equivalents, systemd, text };
    }),
  )
  .sort((one, other) => (sortKey(one) < sortKey(other) ? -1 : 1));

/** perf_event has no files of its own. */
const controllers: readonly CgroupController[] = [
  ...new Set(['perf_event', ...tables.map(({ controller }) => controller)]),
]
  .sort()
  .map((name) => {
    const versions: readonly CgroupVersion[] =
      name === 'perf_event'
        ? [1, 2]
        : ([1, 2] as const).filter((version) =>
            tables.some((table) => table.controller === name && table.version === version),
          );
    const successor = successors[name];
    return { name, versions, ...(successor === undefined ? {} : { successor }) };
  });

/** @throws SourceProblem on a conversion that names no parameter */
export const buildCgroupSchema = (sources: readonly LibcgroupSource[]): CgroupSchema => {
  const conversions = datedConversions(
    sources.map(({ version, map }) => ({ version, conversions: parseConversions(map) })),
  );
  const known = new Set(parameters.map(({ version, name }) => `${version} ${name}`));
  for (const { from, fromVersion, to } of conversions) {
    // libcgroup misspells cpuset.memory_pressure_enabled, and so never finds it.
    if (from !== 'cpuset.mem_pressure_enabled' && !known.has(`${fromVersion} ${from}`))
      throw new SourceProblem(`libcgroup converts ${from}, which no table has`);
    if (to !== null && !known.has(`${fromVersion === 1 ? 2 : 1} ${to}`))
      throw new SourceProblem(`libcgroup converts to ${to}, which no table has`);
  }
  return { libcgroup: sources.map(({ version }) => version), linux, controllers, parameters, conversions };
};

/** A release of libcgroup, or undefined where the folder holds something else. */
export const openLibcgroup = (folder: string): LibcgroupSource | undefined => {
  const [configure, map] = [join(folder, 'configure.ac'), join(folder, 'src/abstraction-map.c')];
  if (!existsSync(configure) || !existsSync(map)) return undefined;
  const version = /^AC_INIT\(\[libcgroup\],\s*\[?([\d.]+)/mu.exec(readFileSync(configure, 'utf8'))?.[1];
  if (version === undefined) throw new SourceProblem(`${configure} does not say which release of libcgroup it is`);
  return { version, map: withoutComments(readFileSync(map, 'utf8')) };
};
