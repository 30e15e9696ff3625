import * as l10n from '@vscode/l10n';
import type { ValueType } from '../../../schema/types.ts';
import type { RuleInfo } from '../../finding.ts';
import { commentAfterValue, withCommonMistakes } from './commonMistakes.ts';
import { emptyValue, emptyValueProblem } from './emptyValue.ts';
import { replaceFix, ruleProblem } from './ruleProblem.ts';
import { shown } from '../../shown.ts';
import type { ValueContext, ValueKind, ValueProblem } from './valueKind.ts';

type Type = Extract<ValueType, { readonly kind: 'hostname' }>;

const invalidHostname: RuleInfo = {
  id: 'invalid-hostname',
  severity: 'warning',
  effect: 'ignored',
  title: l10n.t(
    'A host name is labels of letters, digits and inner hyphens with dots between them, at most 64 characters',
  ),
};

/** HOST_NAME_MAX of Linux, and what DNS allows a label. */
const longestName = 64;
const longestLabel = 63;

interface Fault {
  readonly start: number;
  readonly end: number;
  readonly why: string;
}

/** hostname_is_valid() of systemd, and since version 251 dns_name_is_valid() behind it. */
const faultOf = (value: string, systemdVersion: number): Fault | undefined => {
  const bad = (systemdVersion >= 240 ? /[^A-Za-z0-9.-]/u : /[^A-Za-z0-9._-]/u).exec(value);
  if (bad !== null)
    return {
      start: bad.index,
      end: bad.index + bad[0].length,
      why:
        value[bad.index] === '%'
          ? l10n.t('Specifiers such as %i are not expanded here.')
          : l10n.t`${shown(bad[0])} is not allowed.`,
    };
  let start = 0;
  for (const label of value.split('.')) {
    const end = start + label.length;
    if (label === '') return { start: Math.max(0, start - 1), end, why: l10n.t('A label between two dots is empty.') };
    if (systemdVersion >= 240 && (label.startsWith('-') || label.endsWith('-')))
      return { start, end, why: l10n.t('A label neither begins nor ends with a hyphen.') };
    if (systemdVersion >= 251 && label.length > longestLabel)
      return { start, end, why: l10n.t`A label has at most ${longestLabel} characters.` };
    start = end + 1;
  }
  return value.length > longestName
    ? {
        start: longestName,
        end: value.length,
        why: l10n.t`The name has ${value.length} characters, and ${longestName} are the most.`,
      }
    : undefined;
};

/** The name with everything that is not allowed left out or turned into hyphens. */
const cleaned = (value: string): string =>
  value
    .replaceAll(/[^A-Za-z0-9.-]+/gu, '-')
    .replaceAll(/-*\.[.-]*/gu, '.')
    .replaceAll(/^[.-]+|[.-]+$/gu, '');

const check = (value: string, { context }: ValueContext): readonly ValueProblem[] => {
  const fault = faultOf(value, context.systemdVersion);
  if (fault === undefined) return [];
  const clean = value.length > 4 * longestName ? '' : cleaned(value);
  return [
    ruleProblem(
      invalidHostname,
      fault,
      [
        l10n.t`${shown(value)} is no host name, so the line is ignored.`,
        fault.why,
        l10n.t('A host name consists of letters, digits and hyphens, with dots between labels.'),
      ].join(' '),
      clean === '' || value.includes('%') || faultOf(clean, context.systemdVersion) !== undefined
        ? []
        : [replaceFix(l10n.t`Write ${clean}`, { start: 0, end: value.length }, clean)],
    ),
  ];
};

/** config_parse_hostname() of systemd; an empty value resets since version 251. */
export const hostnameKind: ValueKind<Type> = {
  rules: [invalidHostname, emptyValue, commentAfterValue],
  problems: (value, _type, at) => {
    if (value !== '') return withCommonMistakes(value, (text) => check(text, at));
    return at.context.systemdVersion >= 251 ? [] : [emptyValueProblem(at, l10n.t('a host name'))];
  },
  suggestions: () => [],
  wishes: (value) => [{ object: 'machine', start: 0, end: value.length }],
  form: () => l10n.t('letters, digits and hyphens, with dots between labels, at most 64 characters'),
  snippet: () => '${1:name}',
};
