import * as l10n from '@vscode/l10n';
import { enumTexts } from '../../../schema/enumTexts.ts';
import type { EnumWord, ValueType } from '../../../schema/types.ts';
import type { RuleInfo } from '../../finding.ts';
import { commentAfterValue, withCommonMistakes } from './commonMistakes.ts';
import { didYouMean } from './didYouMean.ts';
import { emptyValue, emptyValueProblem } from './emptyValue.ts';
import { parseBoolean } from './boolean.ts';
import { replaceFix, ruleProblem } from './ruleProblem.ts';
import { listed, shown } from '../../shown.ts';
import type { ValueContext, ValueKind, ValueProblem } from './valueKind.ts';

type Type = Extract<ValueType, { readonly kind: 'enum' }>;

const unknownChoice: RuleInfo = {
  id: 'unknown-choice',
  severity: 'warning',
  effect: 'ignored',
  title: l10n.t('The directive takes some fixed words, in lower case'),
};

/** For words of other kinds, too. */
export const choiceOfOtherVersion: RuleInfo = {
  id: 'choice-of-other-version',
  severity: 'warning',
  effect: 'ignored',
  title: l10n.t('The word is taken by other versions of systemd only'),
};

const isKnown = ({ since = 0, until = Infinity }: EnumWord, systemdVersion: number): boolean =>
  since <= systemdVersion && systemdVersion <= until;

const namesFor = ({ words }: Type, systemdVersion: number): readonly string[] =>
  words.filter((word) => isKnown(word, systemdVersion)).map(({ name }) => name);

/** What a boolean word stands for, if the directive takes them. */
const standsFor = ({ booleans }: Type, value: string): string | undefined => {
  const flag = booleans === undefined ? undefined : parseBoolean(value);
  return flag === undefined ? undefined : booleans?.[flag ? 'true' : 'false'];
};

const check = (value: string, type: Type, { context, directive }: ValueContext): readonly ValueProblem[] => {
  const { systemdVersion } = context;
  const span = { start: 0, end: value.length };
  const names = namesFor(type, systemdVersion);
  if (standsFor(type, value) !== undefined || names.includes(value)) return [];
  const other = type.words.find(({ name }) => name === value);
  if (other !== undefined)
    return [
      ruleProblem(
        choiceOfOtherVersion,
        span,
        other.since !== undefined && other.since > systemdVersion
          ? l10n.t`${shown(value)} needs systemd ${other.since}; version ${systemdVersion} ignores the line and takes ${listed(names)}.`
          : l10n.t`${shown(value)} was last taken by systemd ${other.until ?? 0}; version ${systemdVersion} ignores the line and takes ${listed(names)}.`,
      ),
    ];
  const lower = value.toLowerCase();
  const what =
    type.booleans === undefined
      ? l10n.t`${shown(value)} is not taken, so the line is ignored: it takes ${listed(names)}, and case counts.`
      : l10n.t`${shown(value)} is not taken, so the line is ignored: it takes ${listed(names)}, or yes and no, and case counts.`;
  const isZone = directive.name === 'Timezone' && value.includes('/');
  return [
    ruleProblem(
      unknownChoice,
      span,
      isZone ? `${what} ${l10n.t('It says how to follow the host, and takes no name of a zone.')}` : what,
      names.includes(lower) ? [replaceFix(l10n.t`Write ${lower}`, span, lower, true)] : didYouMean(value, names, span),
    ),
  ];
};

/** DEFINE_CONFIG_PARSE_ENUM() of systemd. */
export const enumKind: ValueKind<Type> = {
  rules: [unknownChoice, choiceOfOtherVersion, emptyValue, commentAfterValue],
  problems: (value, type, at) =>
    value === ''
      ? [emptyValueProblem(at, listed(namesFor(type, at.context.systemdVersion)))]
      : withCommonMistakes(value, (text) => check(text, type, at)),
  suggestions: (value, _offset, type, { context, directive }) => {
    const whole = { start: 0, end: value.length };
    const names = namesFor(type, context.systemdVersion);
    const texts = enumTexts();
    const booleans = (['yes', 'no'] as const).filter((word) => !names.includes(word));
    return [
      ...names.map((text) => {
        const detail = texts[`${directive.section}.${directive.name}.${text}`];
        return { text, ...whole, ...(detail === undefined ? {} : { detail }) };
      }),
      ...booleans.flatMap((text) => {
        const word = standsFor(type, text);
        return word === undefined ? [] : [{ text, detail: l10n.t`the same as ${word}`, ...whole, rare: true as const }];
      }),
    ];
  },
  form: (type, { context }) => listed(namesFor(type, context.systemdVersion)),
  snippet: (type, { context }) => `\${1|${namesFor(type, context.systemdVersion).join(',')}|}`,
};
