import * as l10n from '@vscode/l10n';
import type { ValueType } from '../../../schema/types.ts';
import type { RuleInfo } from '../../finding.ts';
import { commentAfterValue, withCommonMistakes } from './commonMistakes.ts';
import { interfaceNameFault, longestInterfaceName } from './interfaceNameFault.ts';
import { replaceFix, ruleProblem } from './ruleProblem.ts';
import { shown } from '../../shown.ts';
import { utf8Length } from '../../utf8Length.ts';
import type { ValueKind, ValueProblem } from './valueKind.ts';

type Type = Extract<ValueType, { readonly kind: 'zone' }>;

/** What systemd puts in front of a zone to name its bridge. */
const prefix = 'vz-';
const longest = longestInterfaceName - prefix.length;

const ignored = { severity: 'warning', effect: 'ignored' } as const;
const emptyZone: RuleInfo = {
  id: 'empty-zone',
  severity: 'warning',
  effect: 'none',
  title: l10n.t('An empty zone is no reset: it is the zone with the bridge vz-'),
};
const zoneTooLong: RuleInfo = { id: 'zone-too-long', ...ignored, title: l10n.t`A zone has at most ${longest} bytes` };
const invalidZone: RuleInfo = {
  id: 'invalid-zone-name',
  ...ignored,
  title: l10n.t('A zone is a part of the name of an interface'),
};
const zoneWithPrefix: RuleInfo = {
  id: 'zone-with-prefix',
  severity: 'info',
  effect: 'none',
  title: l10n.t('A zone is written without the vz- that its bridge begins with'),
};

const check = (value: string, systemdVersion: number): readonly ValueProblem[] => {
  const span = { start: 0, end: value.length };
  const bytes = utf8Length(value);
  if (bytes > longest)
    return [ruleProblem(zoneTooLong, span, l10n.t`A zone has at most ${longest} bytes, and this one has ${bytes}.`)];
  const fault = interfaceNameFault(prefix + value, systemdVersion);
  if (fault !== undefined)
    return [ruleProblem(invalidZone, span, `${l10n.t`${shown(value)} is no name of a zone.`} ${fault}`)];
  if (!value.startsWith(prefix)) return [];
  return [
    ruleProblem(
      zoneWithPrefix,
      span,
      l10n.t`systemd puts ${prefix} in front of a zone by itself: the bridge is ${`${prefix}${value}`}.`,
      [replaceFix(l10n.t`Remove ${prefix}`, { start: 0, end: prefix.length }, '')],
    ),
  ];
};

/** config_parse_network_zone() of systemd (nspawn/nspawn-settings.c). */
export const zoneKind: ValueKind<Type> = {
  rules: [emptyZone, zoneTooLong, invalidZone, zoneWithPrefix, commentAfterValue],
  problems: (value, _type, at) =>
    value === ''
      ? [
          ruleProblem(
            emptyZone,
            { start: 0, end: 0 },
            l10n.t`Zone= without a value does not reset it: the machine joins the zone with the bridge ${prefix}.`,
          ),
        ]
      : withCommonMistakes(value, (zone) => check(zone, at.context.systemdVersion)),
  suggestions: () => [],
  wishes: (value) => [{ object: 'zone', start: 0, end: value.length }],
  form: () => l10n.t`\`ZONE\`, at most ${longest} characters`,
  snippet: () => '${1:zone}',
};
