/** libcgroup's tables of conversions: src/abstraction-map.c. */
import { SourceProblem, tableBody } from '../cText.ts';
import type { CgroupConversion, CgroupFormula, CgroupVersion } from '../../cgroupTypes.ts';

/** Since when it converts, and so all that the oldest release that is read has. */
const firstRelease = '3.0';

/** Rows that only libcgroup's repository has (d5d616bd of 2026-04-22): the memory controller. */
const unreleased: readonly Omit<CgroupConversion, 'since'>[] = (
  [
    ['memory.limit_in_bytes', 'memory.max'],
    ['memory.soft_limit_in_bytes', 'memory.high'],
  ] as const
).flatMap(([v1, v2]) => [
  { from: v1, fromVersion: 1 as const, to: v2, formula: { kind: 'limitToMax' as const } },
  { from: v2, fromVersion: 2 as const, to: v1, formula: { kind: 'maxToLimit' as const } },
]);

/** What its functions do; `cgroup_convert_int` scales from the first default to the second. */
const formulas: Readonly<Record<string, CgroupFormula['kind']>> = {
  cgroup_convert_cpu_max_to_period: 'maxToPeriod',
  cgroup_convert_cpu_max_to_quota: 'maxToQuota',
  cgroup_convert_cpu_period_to_max: 'periodToMax',
  cgroup_convert_cpu_quota_to_max: 'quotaToMax',
  cgroup_convert_cpuset_to_exclusive: 'partitionToExclusive',
  cgroup_convert_cpuset_to_partition: 'exclusiveToPartition',
  cgroup_convert_int: 'scale',
  cgroup_convert_memory_high_to_soft_limit: 'maxToLimit',
  cgroup_convert_memory_limit_to_max: 'limitToMax',
  cgroup_convert_memory_max_to_limit: 'maxToLimit',
  cgroup_convert_memory_soft_limit_to_max: 'limitToMax',
  cgroup_convert_name_only: 'rename',
  cgroup_convert_passthrough: 'same',
  cgroup_convert_unmappable: 'none',
};

const row = /\{\s*(\w+),\s*"([^"]+)",\s*(NULL|\(void \*\)\d+),\s*(NULL|"[^"]+"),\s*(NULL|\(void \*\)\d+)\s*\}/gu;

const formulaOf = (name: string, from: string, to: string): CgroupFormula => {
  const kind = formulas[name];
  if (kind === undefined)
    throw new SourceProblem(`libcgroup converts with ${name}(), which conversions.ts does not know`);
  if (kind !== 'scale') return { kind };
  const [divide, multiply] = [from, to].map((number) => Number(/\d+/u.exec(number)?.[0]));
  if (divide === undefined || multiply === undefined || !(divide > 0 && multiply > 0))
    throw new SourceProblem('libcgroup scales a number from or to nothing');
  return { kind, multiply, divide };
};

/** `text` is abstraction-map.c without comments. */
export const parseConversions = (text: string): readonly Omit<CgroupConversion, 'since'>[] =>
  ([1, 2] as const).flatMap((fromVersion: CgroupVersion) => {
    const body = tableBody(text, `cgroup_v${fromVersion}_to_v${fromVersion === 1 ? 2 : 1}_map`);
    const rows = [...body.matchAll(row)];
    if (rows.length !== (body.match(/\{/gu)?.length ?? 0))
      throw new SourceProblem('a row of libcgroup’s table of conversions has an unknown form');
    return rows.map(([, name = '', from = '', fromDefault = '', to = '', toDefault = '']) => ({
      from,
      fromVersion,
      to: to === 'NULL' ? null : to.slice(1, -1),
      formula: formulaOf(name, fromDefault, toDefault),
    }));
  });

/**
 * The conversions of several releases, oldest first, and of the repository.
 * @throws SourceProblem when a release no longer has one, or now has one of the repository
 */
export const datedConversions = (
  releases: readonly { readonly version: string; readonly conversions: readonly Omit<CgroupConversion, 'since'>[] }[],
): readonly CgroupConversion[] => {
  const key = (conversion: Omit<CgroupConversion, 'since'>): string => JSON.stringify(conversion);
  const [oldest, ...newer] = releases;
  if (oldest === undefined) throw new SourceProblem('no release of libcgroup was read');
  const rows = oldest.conversions.map((conversion) => ({ ...conversion, since: firstRelease }));
  for (const { version, conversions } of newer) {
    const found = new Set(conversions.map(key));
    const known = new Set(oldest.conversions.map(key));
    if (found.size !== known.size || [...found].some((one) => !known.has(one)))
      throw new SourceProblem(
        `libcgroup ${version} converts in another way than ${oldest.version}: date its rows in conversions.ts`,
      );
  }
  return [...rows, ...unreleased.map((conversion) => ({ ...conversion, since: null }))];
};
