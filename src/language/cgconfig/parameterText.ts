import type { CgroupParameter, CgroupValue } from '../../schema/cgroupTypes.ts';
import { kernelManual } from './kernelManual.ts';
import { cgroupSchema } from '../../schema/cgroupSchema.ts';

const unitNames = {
  microseconds: 'microseconds',
  nanoseconds: 'nanoseconds',
  bytesPerSecond: 'bytes a second',
  operationsPerSecond: 'operations a second',
} as const;

const span = (min?: number, max?: number): string =>
  min === undefined ? '' : max === undefined ? ` from ${min}` : ` from ${min} to ${max}`;

const orUnlimited = (unlimited: string | undefined): string =>
  unlimited === undefined ? '' : `, or \`${unlimited}\` for no limit`;

/** What a parameter takes, as one line of markdown. */
export const formOf = (value: CgroupValue): string => {
  switch (value.kind) {
    case 'integer': {
      const unit = value.unit === undefined ? '' : ` of ${unitNames[value.unit]}`;
      return `a number${unit}${span(value.min, value.max)}${orUnlimited(value.unlimited)}`;
    }
    case 'percent':
      return `percent${span(value.min, value.max)}, with two decimals at most${orUnlimited(value.unlimited)}`;
    case 'bytes': {
      const rounding = value.rounding === undefined ? '' : ', rounded down to whole pages';
      return `bytes, with one letter \`k m g t\` for powers of 1024${orUnlimited(value.unlimited)}${rounding}`;
    }
    case 'boolean':
      return value.only === undefined ? '`0` or `1`' : `\`${value.only}\``;
    case 'words':
      return value.words.map((word) => `\`${word}\``).join(', ');
    case 'numberList':
      return `numbers of ${value.of === 'cpus' ? 'CPUs' : 'memory nodes'} and ranges, such as \`0-3,6\``;
    case 'taskIds':
      return `the number of one of the ${value.of} to move, a line each`;
    case 'controllers':
      return '`+NAME` and `-NAME`, with blanks between';
    case 'cpuMax':
      return `\`"LIMIT PERIOD"\` in microseconds, where the limit is at least ${value.min} or \`max\`, and the period is${span(value.periodMin, value.periodMax)}`;
    case 'weights':
      return `a weight${span(value.min, value.max)}, alone or as \`"MAJOR:MINOR WEIGHT"\``;
    case 'deviceValue': {
      const unit = value.unit === undefined ? '' : ` of ${unitNames[value.unit]}, without a letter`;
      return `\`"MAJOR:MINOR N"\`, a device and a number${unit}${span(value.min, value.max)}`;
    }
    case 'deviceKeys':
      return `\`"${value.of === 'block' ? 'MAJOR:MINOR' : 'DEVICE'} KEY=N …"\` with ${value.keys.map((key) => `\`${key}\``).join(', ')}`;
    case 'namedValue':
      return `\`"NAME N"\`${orUnlimited(value.unlimited)}`;
    case 'deviceRule':
      return '`a`, or `"c 1:3 rwm"`: type, `MAJOR:MINOR` and what is meant';
    case 'interfacePriority':
      return '`"INTERFACE N"`';
    case 'reclaim':
      return '`"SIZE swappiness=N"`';
    case 'pressure':
    case 'path':
    case 'text':
    case 'statistics':
      return '';
  }
};

const conversionText = ({ name, version }: CgroupParameter): string | undefined => {
  const found = cgroupSchema.conversions.filter(({ from, fromVersion }) => from === name && fromVersion === version);
  const targets = found.flatMap(({ to, formula, since }) =>
    to === null || since === null || formula.kind === 'none' ? [] : [`\`${to}\``],
  );
  return targets.length === 0 ? undefined : `libcgroup 3.0 and later turn it into ${targets.join(' and ')}`;
};

const textOfOne = (parameter: CgroupParameter): string => {
  const { name, version, controller, access, value, scope, required, equivalents, systemd } = parameter;
  const form = formOf(value);
  const conversion = conversionText(parameter);
  const lines = [
    `**${name.replace('<', '\\<')}** of \`${controller}\`, cgroup v${version}`,
    '',
    parameter.text,
    '',
    ...(access === 'read' ? ['- Can only be read'] : form === '' ? [] : [`- Value: ${form}`]),
    ...(parameter.default === undefined ? [] : [`- Default: \`${parameter.default}\``]),
    ...(scope === undefined
      ? []
      : [`- Is there ${scope === 'root' ? 'in the root group only' : 'in all groups but the root'}`]),
    ...(required === true ? ['- Must be set before a task can be moved into a new group'] : []),
    ...(parameter.deprecated === true ? ['- **Outdated**: newer kernels do not heed it, or do not have it'] : []),
    ...(equivalents.length === 0
      ? []
      : [`- In cgroup v${3 - version}: ${equivalents.map((one) => `\`${one}\``).join(', ')}`]),
    ...(conversion === undefined ? [] : [`- ${conversion}`]),
    ...(systemd.length === 0 ? [] : [`- In a unit of systemd: ${systemd.map((key) => `\`${key}=\``).join(', ')}`]),
    '',
    `[Documentation of the kernel](${kernelManual(parameter)})`,
  ];
  return lines.join('\n');
};

/** What completion and hover show of a parameter, once for each version that has it, as markdown. */
export const parameterText = (parameters: readonly CgroupParameter[]): string =>
  parameters.map(textOfOne).join('\n\n---\n\n');
