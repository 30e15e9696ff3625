import * as l10n from '@vscode/l10n';
import type { ValueType } from '../../../schema/types.ts';
import { valueSets } from '../../../schema/valueSets.ts';
import type { RuleInfo } from '../../finding.ts';
import { asciiUpperCase, extractWords, type Word, wordAt } from './extractWord.ts';
import { commentAfterValue, withCommonMistakes } from './commonMistakes.ts';
import { didYouMean, mostCompared } from './didYouMean.ts';
import { emptyResetsNothing, emptyResetsNothingProblem } from './emptyResetsNothing.ts';
import { parseInt32 } from './parseNumber.ts';
import { replaceFix, ruleProblem, type ValueFix } from './ruleProblem.ts';
import { shown } from '../../shown.ts';
import { trailingBackslash, wordFailureProblem } from './wordRules.ts';
import type { ValueContext, ValueKind, ValueProblem } from './valueKind.ts';

type Type = Extract<ValueType, { readonly kind: 'capabilities' }>;

const unknownCapability: RuleInfo = {
  id: 'unknown-capability',
  severity: 'warning',
  effect: 'ignored',
  title: l10n.t('Capabilities are names such as CAP_NET_ADMIN with blanks between them'),
};

const unnamedCapability: RuleInfo = {
  id: 'capability-without-name',
  severity: 'info',
  effect: 'none',
  title: l10n.t('A capability number that no kernel has a name for grants nothing'),
};

const ambientAll: RuleInfo = {
  id: 'ambient-capability-all',
  severity: 'error',
  effect: 'start-refused',
  title: l10n.t('AmbientCapability= does not take the word all'),
};

const names: readonly string[] = valueSets.capabilities.map(({ name }) => name);
const known: ReadonlySet<string> = new Set(names);
const newest = Math.max(...valueSets.capabilities.map(({ number }) => number));

/** The highest number that is taken without a name: see capability_from_name() and CAP_LIMIT of systemd. */
const highest = (systemdVersion: number): number => (systemdVersion < 246 ? newest : systemdVersion < 254 ? 63 : 62);

const fixesFor = (word: Word, compares: boolean, directive: string): readonly ValueFix[] => {
  const parts = word.text.split(/[,;|]+/u).filter((part) => part !== '');
  const isKnown = (part: string): boolean => known.has(asciiUpperCase(part));
  if (/[,;|]/u.test(word.text) && (parts.length > 1 || parts.some(isKnown)))
    return [
      replaceFix(
        l10n.t('Write blanks between the capabilities'),
        word,
        parts.join(' '),
        parts.every(isKnown) ? true : undefined,
      ),
    ];
  const bare = asciiUpperCase(parts.join('').replaceAll(/["']/gu, ''));
  if (bare === 'ALL') {
    // With that word the machine would not start.
    if (directive === 'AmbientCapability') return [];
    // A machine that loses every capability may well not start any more.
    return [replaceFix(l10n.t('Write all'), word, 'all', directive === 'DropCapability' ? undefined : true)];
  }
  const prefixed = bare.startsWith('CAP_') ? bare : `CAP_${bare}`;
  if (known.has(prefixed)) return [replaceFix(l10n.t`Write ${prefixed}`, word, prefixed, true)];
  return compares ? didYouMean(prefixed, names, word) : [];
};

const unknownMessage = (text: string, systemdVersion: number, directive: string): string => {
  const name = shown(text);
  if (text.includes(','))
    return l10n.t`${name} is no capability, so this word is ignored: names have blanks between them, not commas.`;
  if (text === 'all') return l10n.t`${name} is known since systemd 244 only, so this word is ignored.`;
  if (/^[+-]?[0-9]/u.test(text))
    return l10n.t`${name} is no capability, so this word is ignored: numbers go from 0 to ${highest(systemdVersion)}.`;
  if (directive === 'AmbientCapability')
    return l10n.t`${name} is no capability, so this word is ignored: capabilities are named like \`CAP_NET_ADMIN\`.`;
  return l10n.t`${name} is no capability, so this word is ignored: capabilities are named like \`CAP_NET_ADMIN\`, or \`all\`.`;
};

const wordProblem = (word: Word, compares: boolean, { context, directive }: ValueContext): ValueProblem | undefined => {
  const { systemdVersion } = context;
  if (word.text === 'all' && systemdVersion >= 244)
    return directive.name === 'AmbientCapability'
      ? ruleProblem(
          ambientAll,
          word,
          l10n.t('AmbientCapability= does not take `all`, and the machine does not start: name each capability.'),
        )
      : undefined;
  if (known.has(asciiUpperCase(word.text))) return undefined;
  const number = parseInt32(word.text, { systemdVersion });
  if (typeof number !== 'number' || number < 0 || number > highest(systemdVersion))
    return ruleProblem(
      unknownCapability,
      word,
      unknownMessage(word.text, systemdVersion, directive.name),
      fixesFor(word, compares, directive.name),
    );
  return number <= newest
    ? undefined
    : ruleProblem(
        unnamedCapability,
        word,
        l10n.t`No kernel has a capability of number ${number}; the last one is ${newest}, ${names.at(-1) ?? ''}.`,
      );
};

const check = (value: string, at: ValueContext): readonly ValueProblem[] => {
  const { words, failure } = extractWords(value, {});
  if (failure !== undefined) return [wordFailureProblem(value, failure, l10n.t('The line is ignored.'))];
  const problems: ValueProblem[] = [];
  for (const word of words) {
    const problem = wordProblem(word, problems.length < mostCompared, at);
    if (problem !== undefined) problems.push(problem);
  }
  return problems;
};

/** config_parse_capability() of systemd (nspawn/nspawn-settings.c). */
export const capabilitiesKind: ValueKind<Type> = {
  rules: [unknownCapability, unnamedCapability, ambientAll, emptyResetsNothing, trailingBackslash, commentAfterValue],
  problems: (value, _type, at) =>
    value === '' ? [emptyResetsNothingProblem(at)] : withCommonMistakes(value, (text) => check(text, at)),
  suggestions: (value, offset, _type, { directive }) => {
    const span = wordAt(value, offset);
    return [
      ...valueSets.capabilities.map(({ name, summary }) => ({ text: name, detail: l10n.t(summary), ...span })),
      ...(directive.name === 'AmbientCapability' ? [] : [{ text: 'all', detail: l10n.t('every capability'), ...span }]),
    ];
  },
  form: (_type, { directive }) =>
    directive.name === 'AmbientCapability' ? '`CAP_NAME CAP_NAME …`' : l10n.t('`CAP_NAME CAP_NAME …` or `all`'),
  snippet: () => '${1:CAP_}',
};
