import * as l10n from '@vscode/l10n';
import type { CgroupParameter, CgroupValue } from '../../schema/cgroupTypes.ts';
import { kernelManual } from './kernelManual.ts';
import { cgroupSchema } from '../../schema/cgroupSchema.ts';
import { inSeries } from '../shown.ts';

const plainNumber = l10n.t('a number');

const numbers = {
  microseconds: l10n.t('a number of microseconds'),
  nanoseconds: l10n.t('a number of nanoseconds'),
  bytesPerSecond: l10n.t('a number of bytes a second'),
  operationsPerSecond: l10n.t('a number of operations a second'),
} as const;

const span = (min?: number, max?: number): readonly string[] =>
  min === undefined ? [] : [max === undefined ? l10n.t`from ${min}` : l10n.t`from ${min} to ${max}`];

const orUnlimited = (unlimited: string | undefined): readonly string[] =>
  unlimited === undefined ? [] : [l10n.t`\`${unlimited}\` for no limit`];

/** What a parameter takes: each part can stand alone, so that every language can put commas between them. */
const partsOf = (value: CgroupValue): readonly string[] => {
  switch (value.kind) {
    case 'integer':
      return [
        value.unit === undefined ? plainNumber : numbers[value.unit],
        ...span(value.min, value.max),
        ...orUnlimited(value.unlimited),
      ];
    case 'percent':
      return [
        l10n.t('percent'),
        ...span(value.min, value.max),
        l10n.t('with two decimals at most'),
        ...orUnlimited(value.unlimited),
      ];
    case 'bytes':
      return [
        l10n.t('bytes, with one letter `k m g t` for powers of 1024'),
        ...orUnlimited(value.unlimited),
        ...(value.rounding === undefined ? [] : [l10n.t('rounded down to whole pages')]),
      ];
    case 'boolean':
      return [value.only === undefined ? l10n.t('`0` or `1`') : `\`${value.only}\``];
    case 'words':
      return value.words.map((word) => `\`${word}\``);
    case 'numberList':
      return [
        value.of === 'cpus'
          ? l10n.t('numbers of CPUs and ranges, such as `0-3,6`')
          : l10n.t('numbers of memory nodes and ranges, such as `0-3,6`'),
      ];
    case 'taskIds':
      return [
        value.of === 'processes'
          ? l10n.t('the number of one of the processes to move, a line each')
          : l10n.t('the number of one of the threads to move, a line each'),
      ];
    case 'controllers':
      return [l10n.t('`+NAME` and `-NAME`, with blanks between')];
    case 'cpuMax':
      return [
        l10n.t`\`"LIMIT PERIOD"\` in microseconds, where the limit is at least ${value.min} or \`max\`, and the period is from ${value.periodMin} to ${value.periodMax}`,
      ];
    case 'weights':
      return [l10n.t('a weight'), ...span(value.min, value.max), l10n.t('alone or as `"MAJOR:MINOR WEIGHT"`')];
    case 'deviceValue':
      return [
        l10n.t`\`"MAJOR:MINOR N"\`, a device and ${value.unit === undefined ? plainNumber : numbers[value.unit]}`,
        ...(value.unit === undefined ? [] : [l10n.t('without a letter')]),
        ...span(value.min, value.max),
      ];
    case 'deviceKeys':
      return [
        l10n.t`\`"${value.of === 'block' ? 'MAJOR:MINOR' : 'DEVICE'} KEY=N …"\` with ${value.keys.map((key) => `\`${key}\``).join(', ')}`,
      ];
    case 'namedValue':
      return ['`"NAME N"`', ...orUnlimited(value.unlimited)];
    case 'deviceRule':
      return [l10n.t('`a`, or `"c 1:3 rwm"`: type, `MAJOR:MINOR` and what is meant')];
    case 'interfacePriority':
      return ['`"INTERFACE N"`'];
    case 'reclaim':
      return ['`"SIZE swappiness=N"`'];
    case 'pressure':
    case 'path':
    case 'text':
    case 'statistics':
      return [];
  }
};

/** The same as one line of markdown. */
export const formOf = (value: CgroupValue): string => partsOf(value).join(', ');

const conversionText = ({ name, version }: CgroupParameter): string | undefined => {
  const found = cgroupSchema.conversions.filter(({ from, fromVersion }) => from === name && fromVersion === version);
  const targets = found.flatMap(({ to, formula, since }) =>
    to === null || since === null || formula.kind === 'none' ? [] : [`\`${to}\``],
  );
  return targets.length === 0 ? undefined : l10n.t`libcgroup 3.0 and later turn it into ${inSeries(targets)}`;
};

const textOfOne = (parameter: CgroupParameter): string => {
  const { name, version, controller, access, value, scope, required, equivalents, systemd } = parameter;
  const form = formOf(value);
  const conversion = conversionText(parameter);
  const lines = [
    l10n.t`**${name.replace('<', '\\<')}** of \`${controller}\`, cgroup v${version}`,
    '',
    l10n.t(parameter.text),
    '',
    ...(access === 'read' ? [l10n.t('- Can only be read')] : form === '' ? [] : [l10n.t`- Value: ${form}`]),
    ...(parameter.default === undefined ? [] : [l10n.t`- Default: \`${parameter.default}\``]),
    ...(scope === undefined
      ? []
      : [
          scope === 'root'
            ? l10n.t('- Is there in the root group only')
            : l10n.t('- Is there in all groups but the root'),
        ]),
    ...(required === true ? [l10n.t('- Must be set before a task can be moved into a new group')] : []),
    ...(parameter.deprecated === true
      ? [l10n.t('- **Outdated**: newer kernels do not heed it, or do not have it')]
      : []),
    ...(equivalents.length === 0
      ? []
      : [l10n.t`- In cgroup v${3 - version}: ${equivalents.map((one) => `\`${one}\``).join(', ')}`]),
    ...(conversion === undefined ? [] : [`- ${conversion}`]),
    ...(systemd.length === 0
      ? []
      : [l10n.t`- In a unit of systemd: ${systemd.map((key) => `\`${key}=\``).join(', ')}`]),
    '',
    l10n.t`[Documentation of the kernel](${kernelManual(parameter)})`,
  ];
  return lines.join('\n');
};

/** What completion and hover show of a parameter, once for each version that has it, as markdown. */
export const parameterText = (parameters: readonly CgroupParameter[]): string =>
  parameters.map(textOfOne).join('\n\n---\n\n');
