import * as l10n from '@vscode/l10n';
import { enumTexts } from '../../../schema/enumTexts.ts';
import type { ValueType } from '../../../schema/types.ts';
import type { RuleInfo } from '../../finding.ts';
import { commentAfterValue, withCommonMistakes } from './commonMistakes.ts';
import { didYouMean } from './didYouMean.ts';
import { emptyValue, emptyValueProblem } from './emptyValue.ts';
import { choiceOfOtherVersion } from './enum.ts';
import { parseBoolean } from './boolean.ts';
import { parseUid, parseUint32 } from './parseNumber.ts';
import { ruleProblem } from './ruleProblem.ts';
import { shown } from '../../shown.ts';
import type { ValueContext, ValueKind, ValueProblem } from './valueKind.ts';

type Type = Extract<ValueType, { readonly kind: 'privateUsers' }>;

const invalidUsers: RuleInfo = {
  id: 'invalid-private-users',
  severity: 'warning',
  effect: 'ignored',
  variants: [{ severity: 'error', effect: 'start-refused' }],
  title: l10n.t('PrivateUsers= takes yes, no, one of its words, or the first UID with how many follow'),
};

const digitIsBoolean: RuleInfo = {
  id: 'digit-means-yes-or-no',
  severity: 'info',
  effect: 'none',
  title: l10n.t('0 and 1 mean no and yes here, not a first UID as on the command line'),
};

/** With the version that brought them. */
const words: readonly (readonly [name: string, since: number])[] = [
  ['pick', 0],
  ['identity', 252],
  ['managed', 261],
];
const largestUid = 0xffffffff;
const defaultRange = 65_536;

const wordsFor = (systemdVersion: number): readonly string[] =>
  words.filter(([, since]) => since <= systemdVersion).map(([name]) => name);

const takenWords = (systemdVersion: number): string => wordsFor(systemdVersion).join(', ');

const rangeProblems = (value: string, { context }: ValueContext): readonly ValueProblem[] => {
  const { systemdVersion } = context;
  const colon = value.indexOf(':');
  const base = { start: 0, end: colon < 0 ? value.length : colon };
  const count = { start: colon + 1, end: value.length };
  const range = colon < 0 ? defaultRange : parseUint32(value.slice(count.start), context);
  const strict = systemdVersion >= 249;
  if (typeof range !== 'number' || (!strict && range === 0))
    return [
      ruleProblem(
        invalidUsers,
        count,
        l10n.t`${shown(value.slice(count.start))} is no number of UIDs, so the line is ignored; it takes yes, no, ${takenWords(systemdVersion)}, or a first UID and how many there are, such as 524288:65536.`,
      ),
    ];
  const first = parseUid(value.slice(0, base.end), context);
  if (typeof first !== 'number')
    return [
      ruleProblem(
        invalidUsers,
        base,
        first === 'range'
          ? l10n.t`${shown(value.slice(0, base.end))} is no UID, so the line is ignored. UIDs go up to 4294967294, without 65535.`
          : l10n.t`${shown(value.slice(0, base.end))} is not taken, so the line is ignored; it takes yes, no, ${takenWords(systemdVersion)}, or a first UID and how many there are, such as 524288:65536. A UID is decimal, without sign or leading zero.`,
        didYouMean(value.slice(0, base.end), [...wordsFor(systemdVersion), 'yes', 'no'], {
          start: 0,
          end: value.length,
        }),
      ),
    ];
  if (range > 0 && first <= largestUid - range) return [];
  const problem = ruleProblem(
    invalidUsers,
    { start: 0, end: value.length },
    range === 0
      ? l10n.t('A range of no UIDs is ignored.')
      : strict
        ? l10n.t`${range} UIDs from ${first} on go beyond the last one, 4294967294, so the line is ignored.`
        : l10n.t`${range} UIDs from ${first} on go beyond the last one, 4294967294, so the machine does not start.`,
  );
  return [strict ? problem : { ...problem, severity: 'error', effect: 'start-refused' }];
};

const check = (value: string, at: ValueContext): readonly ValueProblem[] => {
  const { systemdVersion } = at.context;
  const whole = { start: 0, end: value.length };
  if (value === '0' || value === '1')
    return [
      ruleProblem(
        digitIsBoolean,
        whole,
        value === '0'
          ? l10n.t('`0` means no here: no user namespace. As a first UID it is written 0:65536.')
          : l10n.t(
              '`1` means yes here: the UIDs begin with the owner of the image. As a first UID it is written 1:65536.',
            ),
      ),
    ];
  if (parseBoolean(value) !== undefined) return [];
  const word = words.find(([name]) => name === value);
  if (word === undefined) return rangeProblems(value, at);
  const [name, since] = word;
  return since <= systemdVersion
    ? []
    : [
        ruleProblem(
          choiceOfOtherVersion,
          whole,
          l10n.t`${shown(name)} needs systemd ${since}; version ${systemdVersion} ignores the line, and it takes yes, no, ${takenWords(systemdVersion)}, or a first UID and how many there are, such as 524288:65536.`,
        ),
      ];
};

/** config_parse_private_users() of systemd (nspawn/nspawn-settings.c). */
export const privateUsersKind: ValueKind<Type> = {
  rules: [invalidUsers, digitIsBoolean, choiceOfOtherVersion, emptyValue, commentAfterValue],
  problems: (value, _type, at) =>
    value === ''
      ? [emptyValueProblem(at, l10n.t('`yes`, `no`, `pick` or a range of UIDs'))]
      : withCommonMistakes(value, (text) => check(text, at)),
  suggestions: (value, _offset, _type, { context, directive }) => {
    const texts = enumTexts();
    return ['yes', 'no', ...wordsFor(context.systemdVersion)].map((text) => {
      const detail = texts[`${directive.section}.${directive.name}.${text}`];
      return { text, start: 0, end: value.length, ...(detail === undefined ? {} : { detail }) };
    });
  },
  form: (_type, { context }) =>
    l10n.t`\`yes\`, \`no\`, ${wordsFor(context.systemdVersion)
      .map((word) => `\`${word}\``)
      .join(', ')} or \`UIDBASE[:NUIDS]\``,
  snippet: (_type, { context }) => `\${1|${[...wordsFor(context.systemdVersion), 'yes', 'no'].join(',')}|}`,
};
