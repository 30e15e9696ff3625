import * as l10n from '@vscode/l10n';
import type { ValueType } from '../../schema/types.ts';
import type { RuleInfo } from '../finding.ts';
import { commentAfterValue, withCommonMistakes } from './commonMistakes.ts';
import { didYouMean, mostCompared } from './didYouMean.ts';
import { emptyResetsNothing, emptyResetsNothingProblem } from './emptyResetsNothing.ts';
import { extractFirstWord, type Word } from './extractWord.ts';
import { replaceFix, ruleProblem, type ValueFix } from './ruleProblem.ts';
import { shown } from './shown.ts';
import { trailingBackslash } from './trailingBackslash.ts';
import { allowedByDefault, callNames, callsOf, groupNames, groupSince } from './syscallSets.ts';
import type { ValueKind, ValueProblem } from './valueKind.ts';
import { wordAt } from './wordAt.ts';
import { wordFailureProblem } from './wordRules.ts';

type Type = Extract<ValueType, { readonly kind: 'syscallFilter' }>;

const unknownCall: RuleInfo = {
  id: 'unknown-system-call',
  severity: 'warning',
  effect: 'ignored',
  title: l10n.t('System calls and their groups are named without commas and errno, and an unknown one does not count'),
};

const deniesNothing: RuleInfo = {
  id: 'denied-group-without-effect',
  severity: 'warning',
  effect: 'none',
  title: l10n.t('A denied group only counts where the list of allowed ones names that very group'),
};

const deniedAnyway: RuleInfo = {
  id: 'denied-anyway',
  severity: 'hint',
  effect: 'none',
  title: l10n.t('The system call is not allowed in the first place'),
};

const known: ReadonlySet<string> = new Set([...callNames, ...groupNames]);

const fixesFor = (word: Word, compares: boolean): readonly ValueFix[] => {
  const { text } = word;
  if (/[,;|]/u.test(text))
    return [
      replaceFix(
        l10n.t('Write blanks between the names'),
        word,
        text
          .split(/[,;|]+/u)
          .join(' ')
          .trim(),
        true,
      ),
    ];
  // Without its ~ a name would be allowed that was meant to be denied.
  if (text.startsWith('~')) return [];
  const bare = text
    .replace(/:.*$/su, '')

    .replaceAll(/["'()]/gu, '');
  if (bare !== text && known.has(bare)) return [replaceFix(l10n.t`Write ${bare}`, word, bare, true)];
  return compares ? didYouMean(bare, bare.startsWith('@') ? groupNames : known, word) : [];
};

const why = (text: string): string => {
  if (text.startsWith('~'))
    return l10n.t(
      'has its ~ in the wrong place: only as the first character of the value it counts, for all names behind it',
    );
  if (text.includes(',')) return l10n.t('is no system call: names have blanks between them, not commas');
  if (text.includes(':')) return l10n.t('is no system call: an errno behind a colon is not taken here');
  return text.startsWith('@') ? l10n.t('is no group of system calls') : l10n.t('is no system call that systemd knows');
};

/** What a denied name does, apart from lines of the same file that allow it. */
const denialProblems = (word: Word): readonly ValueProblem[] => {
  if (allowedByDefault.has(word.text)) return [];
  const calls = word.text.startsWith('@') ? callsOf(word.text).filter((call) => allowedByDefault.has(call)) : [];
  if (calls.length === 0)
    return [
      ruleProblem(
        deniedAnyway,
        word,
        l10n.t`${shown(word.text)} is not allowed to begin with; denying it only counts against a line that allows it.`,
      ),
    ];
  return [
    ruleProblem(
      deniesNothing,
      word,
      l10n.t`Denying ${shown(word.text)} leaves ${shown(calls[0] ?? '')} and others of it allowed: what systemd-nspawn allows comes from other groups, and names are only compared as they are written. Deny the system calls by name.`,
      [replaceFix(l10n.t('Name the system calls that are allowed'), word, calls.join(' '))],
    ),
  ];
};

const check = (value: string, systemdVersion: number): readonly ValueProblem[] => {
  const denies = value.startsWith('~');
  const problems: ValueProblem[] = [];
  let from: number | undefined = denies ? 1 : 0;
  while (from !== undefined) {
    const { word, failure, next }: ReturnType<typeof extractFirstWord> = extractFirstWord(value, from, {});
    if (failure !== undefined)
      problems.push(wordFailureProblem(value, failure, l10n.t('what stands from here on is ignored')));
    else if (word !== undefined && !known.has(word.text))
      problems.push(
        ruleProblem(
          unknownCall,
          word,
          l10n.t`${shown(word.text)} ${why(word.text)}. It does not count.`,
          fixesFor(word, problems.length < mostCompared),
        ),
      );
    else if (word !== undefined && groupSince(word.text) > systemdVersion)
      problems.push(
        ruleProblem(
          unknownCall,
          word,
          l10n.t`${shown(word.text)} needs systemd ${groupSince(word.text)}. In version ${systemdVersion} it does not count.`,
        ),
      );
    else if (word !== undefined && denies) problems.push(...denialProblems(word));
    from = next;
  }
  return problems;
};

/**
 * config_parse_syscall_filter() of systemd (nspawn/nspawn-settings.c), which takes any word; the names are looked up when
 * the filter is built (nspawn-seccomp.c), and there an unknown one is left out.
 */
export const syscallFilterKind: ValueKind<Type> = {
  rules: [unknownCall, deniesNothing, deniedAnyway, emptyResetsNothing, trailingBackslash, commentAfterValue],
  problems: (value, _type, at) =>
    value === ''
      ? [emptyResetsNothingProblem(at)]
      : withCommonMistakes(value, (text) => check(text, at.context.systemdVersion)),
  suggestions: (value, offset, _type, { context }) => {
    const word = wordAt(value, offset);
    const span = value.startsWith('~') && word.start === 0 && offset > 0 ? { ...word, start: 1 } : word;
    return [
      ...groupNames
        .filter((name) => groupSince(name) <= context.systemdVersion)
        .map((text) => ({ text, detail: l10n.t`${callsOf(text).length} system calls`, ...span })),
      ...callNames.map((text) => ({ text, ...span, rare: true as const })),
    ];
  },
  form: () => l10n.t('`[~]NAME @GROUP …`, where `~` at the very beginning denies all of them'),
  snippet: () => '${1:@}',
};
