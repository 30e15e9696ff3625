import * as l10n from '@vscode/l10n';
import type { CgroupVersion } from '../../schema/cgroupTypes.ts';
import { defaultContext } from '../context.ts';
import { parametersNamed } from './parameters.ts';
import { formOf } from './parameterText.ts';
import { valueFault } from './parameterValue.ts';
import { valueHint } from './valueHint.ts';

/** A parameter file of a group, and maybe a value that it has or is to get; of that each line is a write. */
export interface ParameterQuestion {
  readonly name: string;
  readonly value?: string;
}

/** What the kernel does with a parameter, as plain text. */
export interface ParameterMeaning {
  /** One sentence; empty for a parameter that is not known. */
  readonly summary: string;
  /** What it takes, with its unit and range; empty where it can only be read. */
  readonly form: string;
  readonly writable: boolean;
  /** What a new group begins with. */
  readonly initial?: string;
  /** Why the kernel would refuse the value, or take another one; absent where nothing speaks against it. */
  readonly problem?: { readonly refused: boolean; readonly text: string };
  /** What the kernel makes of the value, or the same value as people say it. */
  readonly hint?: string;
  /** Keys of systemd.resource-control(5) that set it, without their `=`. */
  readonly systemd: readonly string[];
}

const unknown: ParameterMeaning = { summary: '', form: '', writable: true, systemd: [] };

const sentences = {
  refused: l10n.t('The kernel wants'),
  clamped: l10n.t('Out of range: the kernel takes'),
  unitDropped: l10n.t('The kernel drops the unit and takes'),
} as const;

/** Explains a parameter of control groups and judges a value, as for a cgconfig.conf. */
export const parameterMeaning = (version: CgroupVersion, { name, value }: ParameterQuestion): ParameterMeaning => {
  const parameter = parametersNamed(name).find((one) => one.version === version);
  if (parameter === undefined) return unknown;
  const plain = (markdown: string): string => markdown.replaceAll('`', '').replaceAll('"', '');
  const fault = value
    ?.split('\n')
    .map((line) => valueFault(line, parameter))
    .find((one) => one !== undefined);
  const hint =
    value === undefined || fault !== undefined
      ? undefined
      : valueHint({ key: name, value }, parameter, [], { ...defaultContext, libcgroupVersion: '2.0.2' });
  return {
    summary: l10n.t(parameter.text),
    form: parameter.access === 'read' ? '' : plain(formOf(parameter.value)),
    writable: parameter.access !== 'read',
    systemd: parameter.systemd,
    ...(parameter.default === undefined ? {} : { initial: parameter.default }),
    ...(fault === undefined
      ? {}
      : { problem: { refused: fault.kind === 'refused', text: `${sentences[fault.kind]} ${fault.reason}.` } }),
    ...(hint === undefined ? {} : { hint: hint.label }),
  };
};
