import * as l10n from '@vscode/l10n';
import type { ValueType } from '../../../schema/types.ts';
import { valueSets } from '../../../schema/valueSets.ts';
import type { Context } from '../../context.ts';
import type { RuleInfo } from '../../finding.ts';
import { commentAfterValue, withCommonMistakes } from './commonMistakes.ts';
import { didYouMean } from './didYouMean.ts';
import { replaceFix, ruleProblem, type ValueFix } from './ruleProblem.ts';
import { listed, shown } from '../../shown.ts';
import type { ValueContext, ValueKind, ValueProblem } from './valueKind.ts';

type Type = Extract<ValueType, { readonly kind: 'architecture' }>;

const unknownArchitecture: RuleInfo = {
  id: 'unknown-architecture',
  severity: 'warning',
  effect: 'ignored',
  title: l10n.t('Architectures have the names of systemd, such as x86-64'),
};

const foreignArchitecture: RuleInfo = {
  id: 'foreign-architecture',
  severity: 'warning',
  effect: 'ignored',
  title: l10n.t('Personality= takes the architecture of the host and its 32-bit form only'),
};

const names: ReadonlySet<string> = new Set(valueSets.architectures);
/** What uname(1), Debian and Go call them. */
const aliases: ReadonlyMap<string, string> = new Map([
  ['x86_64', 'x86-64'],
  ['amd64', 'x86-64'],
  ['i386', 'x86'],
  ['i486', 'x86'],
  ['i586', 'x86'],
  ['i686', 'x86'],
  ['386', 'x86'],
  ['linux32', 'x86'],
  ['aarch64', 'arm64'],
  ['armhf', 'arm'],
  ['armel', 'arm'],
  ['armv7l', 'arm'],
  ['ppc64le', 'ppc64-le'],
  ['ppc64el', 'ppc64-le'],
  ['mips64el', 'mips64-le'],
]);

const nativeTo = ({ architecture }: Context): readonly string[] | undefined =>
  architecture === undefined ? undefined : (valueSets.nativeArchitectures[architecture] ?? [architecture]);

const fixesFor = (value: string, native: readonly string[] | undefined): readonly ValueFix[] => {
  const word = { start: 0, end: value.length };
  const alias = aliases.get(value.toLowerCase());
  if (alias !== undefined) return [replaceFix(l10n.t`Write ${alias}`, word, alias, true)];
  return didYouMean(value, native ?? names, word);
};

const nativeOnes = (native: readonly string[]): string => l10n.t`This host runs ${listed(native)}.`;

const check = (value: string, { context }: ValueContext): readonly ValueProblem[] => {
  const native = nativeTo(context);
  const word = { start: 0, end: value.length };
  if (!names.has(value))
    return [
      ruleProblem(
        unknownArchitecture,
        word,
        [
          l10n.t`${shown(value)} is no architecture of systemd, so the line is ignored.`,
          native === undefined ? l10n.t('Names are such as `x86-64`, `x86` and `arm64`.') : nativeOnes(native),
        ].join(' '),
        fixesFor(value, native),
      ),
    ];
  return native === undefined || native.includes(value)
    ? []
    : [
        ruleProblem(
          foreignArchitecture,
          word,
          `${l10n.t`This host does not run ${shown(value)}, so the line is ignored.`} ${nativeOnes(native)}`,
        ),
      ];
};

/** config_parse_personality() of systemd; an empty value resets. */
export const architectureKind: ValueKind<Type> = {
  rules: [unknownArchitecture, foreignArchitecture, commentAfterValue],
  problems: (value, _type, at) => (value === '' ? [] : withCommonMistakes(value, (text) => check(text, at))),
  suggestions: (value, _offset, _type, { context }) => {
    const whole = { start: 0, end: value.length };
    const native = nativeTo(context) ?? [];
    return [
      ...native.map((text) => ({ text, detail: l10n.t('of this host'), ...whole })),
      ...valueSets.architectures
        .filter((text) => !native.includes(text))
        .map((text) => ({ text, ...whole, ...(native.length === 0 ? {} : { rare: true as const }) })),
    ];
  },
  form: (_type, { context }) => {
    const native = nativeTo(context);
    return native === undefined
      ? l10n.t('`x86-64`, `x86`, `arm64`, `arm` …: the host’s or its 32-bit form')
      : listed(native);
  },
  snippet: (_type, { context }) => `\${1:${nativeTo(context)?.at(-1) ?? 'x86'}}`,
};
