import * as l10n from '@vscode/l10n';
import type { ParameterMeaning, ParameterQuestion } from '../../protocol/parameterMeanings.ts';
import type { CgroupVersion } from '../../schema/cgroupTypes.ts';
import { defaultContext } from '../context.ts';
import { parametersNamed } from './parameters.ts';
import { formOf } from './parameterText.ts';
import { readBytes, valueFault, type ValueFault } from './parameterValue.ts';
import { propertiesOf } from './unitSettings.ts';
import { pageSize, valueHint } from './valueHint.ts';
import { outcomeOf } from './writeOutcome.ts';

const unknown: ParameterMeaning = { summary: '', form: '', writable: true, systemd: [] };

const faultSentence = ({ kind, reason }: ValueFault): string => {
  switch (kind) {
    case 'refused':
      return l10n.t`The kernel wants ${reason}.`;
    case 'clamped':
      return l10n.t`This is out of range, and the kernel takes ${reason} instead.`;
    case 'unitDropped':
      return l10n.t`The kernel drops the unit and takes ${reason}.`;
  }
};

const nothingLeft = l10n.t(
  'That is 0 bytes, because the kernel keeps whole pages only: whatever runs in the group is killed or stands still.',
);

/** A limit of memory that is less than a page: nothing can run under it. */
const leavesNothing = (name: string, value: string): boolean => {
  const bytes = ['memory.max', 'memory.high', 'memory.limit_in_bytes'].includes(name)
    ? readBytes(value.trim())
    : undefined;
  return bytes !== undefined && bytes < pageSize;
};

/** Explains a parameter of control groups and judges a value, as for a cgconfig.conf, and says what systemd calls both. */
export const parameterMeaning = (
  version: CgroupVersion,
  { name, value, read }: ParameterQuestion,
  systemdVersion: number,
): ParameterMeaning => {
  const parameter = parametersNamed(name).find((one) => one.version === version);
  const outcome = value === undefined || read === undefined ? {} : { outcome: outcomeOf(value, read) };
  if (parameter === undefined) return { ...unknown, ...outcome };
  const plain = (markdown: string): string => markdown.replaceAll('`', '').replaceAll('"', '');
  const fault = value
    ?.split('\n')
    .map((line) => valueFault(line, parameter))
    .find((one) => one !== undefined);
  const hint =
    value === undefined || fault !== undefined
      ? undefined
      : valueHint({ key: name, value }, parameter, [], { ...defaultContext, libcgroupVersion: '2.0.2' });
  const isNothing = value !== undefined && fault === undefined && leavesNothing(name, value);
  const settings =
    value === undefined || fault?.kind === 'refused' ? undefined : propertiesOf(parameter, value, systemdVersion);
  return {
    summary: l10n.t(parameter.text),
    form: parameter.access === 'read' ? '' : plain(formOf(parameter.value)),
    writable: parameter.access !== 'read',
    systemd: parameter.systemd,
    ...(parameter.default === undefined ? {} : { initial: parameter.default }),
    ...(fault === undefined ? {} : { problem: { refused: fault.kind === 'refused', text: faultSentence(fault) } }),
    ...(isNothing ? { problem: { refused: false, text: nothingLeft } } : {}),
    ...(hint === undefined ? {} : { hint: hint.label }),
    ...(settings === undefined ? {} : { settings }),
    ...outcome,
  };
};
