import * as l10n from '@vscode/l10n';
import type { CgroupParameter, CgroupValue } from '../../schema/cgroupTypes.ts';
import { kernelManual } from './kernelManual.ts';
import { cgroupSchema } from '../../schema/cgroupSchema.ts';

const unitNames = {
  microseconds: 'microseconds',
  nanoseconds: 'nanoseconds',
  bytesPerSecond: l10n.t('bytes a second'),
  operationsPerSecond: l10n.t('operations a second'),
} as const;

const span = (min?: number, max?: number): string =>
  min === undefined ? '' : max === undefined ? l10n.t` from ${min}` : l10n.t` from ${min} to ${max}`;

const orUnlimited = (unlimited: string | undefined): string =>
  unlimited === undefined ? '' : l10n.t`, or \`${unlimited}\` for no limit`;

/** What a parameter takes, as one line of markdown. */
export const formOf = (value: CgroupValue): string => {
  switch (value.kind) {
    case 'integer': {
      const unit = value.unit === undefined ? '' : l10n.t` of ${unitNames[value.unit]}`;
      return l10n.t`a number${unit}${span(value.min, value.max)}${orUnlimited(value.unlimited)}`;
    }
    case 'percent':
      return l10n.t`percent${span(value.min, value.max)}, with two decimals at most${orUnlimited(value.unlimited)}`;
    case 'bytes': {
      const rounding = value.rounding === undefined ? '' : l10n.t(', rounded down to whole pages');
      return l10n.t`bytes, with one letter \`k m g t\` for powers of 1024${orUnlimited(value.unlimited)}${rounding}`;
    }
    case 'boolean':
      return value.only === undefined ? l10n.t('`0` or `1`') : `\`${value.only}\``;
    case 'words':
      return value.words.map((word) => `\`${word}\``).join(', ');
    case 'numberList':
      return l10n.t`numbers of ${value.of === 'cpus' ? 'CPUs' : l10n.t('memory nodes')} and ranges, such as \`0-3,6\``;
    case 'taskIds':
      return l10n.t`the number of one of the ${value.of} to move, a line each`;
    case 'controllers':
      return l10n.t('`+NAME` and `-NAME`, with blanks between');
    case 'cpuMax':
      return l10n.t`\`"LIMIT PERIOD"\` in microseconds, where the limit is at least ${value.min} or \`max\`, and the period is${span(value.periodMin, value.periodMax)}`;
    case 'weights':
      return l10n.t`a weight${span(value.min, value.max)}, alone or as \`"MAJOR:MINOR WEIGHT"\``;
    case 'deviceValue': {
      const unit = value.unit === undefined ? '' : l10n.t` of ${unitNames[value.unit]}, without a letter`;
      return l10n.t`\`"MAJOR:MINOR N"\`, a device and a number${unit}${span(value.min, value.max)}`;
    }
    case 'deviceKeys':
      return l10n.t`\`"${value.of === 'block' ? 'MAJOR:MINOR' : 'DEVICE'} KEY=N …"\` with ${value.keys.map((key) => `\`${key}\``).join(', ')}`;
    case 'namedValue':
      return `\`"NAME N"\`${orUnlimited(value.unlimited)}`;
    case 'deviceRule':
      return l10n.t('`a`, or `"c 1:3 rwm"`: type, `MAJOR:MINOR` and what is meant');
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
  return targets.length === 0
    ? undefined
    : l10n.t`libcgroup 3.0 and later turn it into ${targets.join(l10n.t(' and '))}`;
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
          l10n.t`- Is there ${scope === 'root' ? l10n.t('in the root group only') : l10n.t('in all groups but the root')}`,
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
