import * as l10n from '@vscode/l10n';
import type { ValueType } from '../../../schema/types.ts';
import { valueSets } from '../../../schema/valueSets.ts';
import type { RuleInfo } from '../../finding.ts';
import { once } from '../../once.ts';
import { commentAfterValue, withCommonMistakes } from './commonMistakes.ts';
import { didYouMean, mostCompared } from './didYouMean.ts';
import { emptyResetsNothing, emptyResetsNothingProblem } from './emptyResetsNothing.ts';
import { extractFirstWord, type Word, wordAt } from './extractWord.ts';
import { replaceFix, ruleProblem, type ValueFix } from './ruleProblem.ts';
import { shown } from '../../shown.ts';
import { trailingBackslash, wordFailureProblem } from './wordRules.ts';
import { allowedByDefault, callNames, callsOf, groupNames, groupSince, isAllowedAnyway } from './syscallSets.ts';
import type { ValueKind, ValueProblem } from './valueKind.ts';

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

const tildeDeniesAll: RuleInfo = {
  id: 'tilde-denies-all',
  severity: 'warning',
  effect: 'none',
  title: l10n.t('A ~ at the beginning denies every name behind it'),
};

const limitsNothing: RuleInfo = {
  id: 'allow-list-limits-nothing',
  severity: 'info',
  effect: 'none',
  title: l10n.t('SystemCallFilter= without ~ adds to what a machine may use anyway'),
};

const known = once((): ReadonlySet<string> => {
  const names = new Set(valueSets.syscalls);
  for (const { name, members } of valueSets.syscallGroups) {
    names.add(name);
    for (const member of members) names.add(member);
  }
  return names;
});

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
  if (bare !== text && known().has(bare)) return [replaceFix(l10n.t`Write ${bare}`, word, bare, true)];
  return compares
    ? didYouMean(bare, bare.startsWith('@') ? groupNames() : [...callNames(), ...groupNames()], word)
    : [];
};

const unknownMessage = (text: string): string => {
  const name = shown(text);
  if (text.startsWith('~'))
    return l10n.t`${name} does not count, because its ~ is in the wrong place: only as the first character of the value it counts, for all names behind it.`;
  if (text.includes(','))
    return l10n.t`${name} is no system call and does not count: names have blanks between them, not commas.`;
  if (text.includes(':'))
    return l10n.t`${name} is no system call and does not count: an errno behind a colon is not taken here.`;
  return text.startsWith('@')
    ? l10n.t`${name} is no group of system calls and does not count.`
    : l10n.t`${name} is no system call that systemd knows, and does not count.`;
};

/** What a denied name does, apart from lines of the same file that allow it. */
const denialProblems = (word: Word, systemdVersion: number): readonly ValueProblem[] => {
  const allowed = allowedByDefault(systemdVersion);
  if (allowed.has(word.text)) return [];
  const calls = word.text.startsWith('@') ? callsOf(word.text).filter((call) => allowed.has(call)) : [];
  const left = calls.filter((call) => isAllowedAnyway(call, systemdVersion));
  const [first] = left;
  if (first === undefined)
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
      left.length === 1
        ? l10n.t`${shown(first)} stays allowed although ${shown(word.text)} is denied: systemd-nspawn allows it as a part of another group, and only takes a group away that it allows under the same name. Deny the system call by name.`
        : l10n.t`${left.length} system calls of ${shown(word.text)} stay allowed although the group is denied, such as ${shown(first)}: systemd-nspawn allows them as parts of other groups, and only takes a group away that it allows under the same name. Deny the system calls by name.`,
      [replaceFix(l10n.t('Name the system calls that are allowed'), word, calls.join(' '))],
    ),
  ];
};

/** A group that is nearly all allowed anyway was meant as a list of all that is allowed. */
const limitProblems = (words: readonly Word[], systemdVersion: number): readonly ValueProblem[] => {
  for (const word of words) {
    const isGroup = word.text.startsWith('@') && known().has(word.text) && groupSince(word.text) <= systemdVersion;
    const calls = isGroup ? callsOf(word.text) : [];
    const added = calls.filter((call) => !isAllowedAnyway(call, systemdVersion));
    if (calls.length === 0 || added.length * 4 > calls.length) continue;
    const [first] = added;
    const message =
      first === undefined
        ? l10n.t`This limits nothing and adds nothing: a machine may use all of ${shown(word.text)} anyway. To take system calls away, begin the value with ~.`
        : l10n.t`This limits nothing, because a machine may use most of ${shown(word.text)} anyway; it only adds the rest, such as ${shown(first)}. To take system calls away, begin the value with ~.`;
    return [ruleProblem(limitsNothing, word, message)];
  }
  return [];
};

/** Who writes a second ~ takes the first one to be for one name only. */
const tildeProblems = (words: readonly Word[]): readonly ValueProblem[] =>
  words.some(({ text }) => text.startsWith('~'))
    ? words
        .slice(1)
        .filter(({ text }) => known().has(text))
        .map((word) =>
          ruleProblem(
            tildeDeniesAll,
            word,
            l10n.t`The ~ at the beginning of the value denies ${shown(word.text)} too: give what is to be allowed a line of its own.`,
          ),
        )
    : [];

const check = (value: string, systemdVersion: number): readonly ValueProblem[] => {
  const denies = value.startsWith('~');
  const problems: ValueProblem[] = [];
  const words: Word[] = [];
  let from: number | undefined = denies ? 1 : 0;
  while (from !== undefined) {
    const { word, failure, next }: ReturnType<typeof extractFirstWord> = extractFirstWord(value, from, {});
    if (word !== undefined) words.push(word);
    if (failure !== undefined)
      problems.push(wordFailureProblem(value, failure, l10n.t('What stands from here on is ignored.')));
    else if (word !== undefined && !known().has(word.text))
      problems.push(
        ruleProblem(unknownCall, word, unknownMessage(word.text), fixesFor(word, problems.length < mostCompared)),
      );
    else if (word !== undefined && groupSince(word.text) > systemdVersion)
      problems.push(
        ruleProblem(
          unknownCall,
          word,
          l10n.t`${shown(word.text)} needs systemd ${groupSince(word.text)}. In version ${systemdVersion} it does not count.`,
        ),
      );
    else if (word !== undefined && denies) problems.push(...denialProblems(word, systemdVersion));
    from = next;
  }
  return [...problems, ...(denies ? tildeProblems(words) : limitProblems(words, systemdVersion))];
};

/**
 * config_parse_syscall_filter() of systemd (nspawn/nspawn-settings.c), which takes any word; the names are looked up when
 * the filter is built (nspawn-seccomp.c), and there an unknown one is left out.
 */
export const syscallFilterKind: ValueKind<Type> = {
  rules: [
    ...[unknownCall, deniesNothing, deniedAnyway, tildeDeniesAll, limitsNothing],
    ...[emptyResetsNothing, trailingBackslash, commentAfterValue],
  ],
  problems: (value, _type, at) =>
    value === ''
      ? [emptyResetsNothingProblem(at)]
      : withCommonMistakes(value, (text) => check(text, at.context.systemdVersion)),
  suggestions: (value, offset, _type, { context }) => {
    const word = wordAt(value, offset);
    const span = value.startsWith('~') && word.start === 0 && offset > 0 ? { ...word, start: 1 } : word;
    return [
      ...groupNames()
        .filter((name) => groupSince(name) <= context.systemdVersion)
        .map((text) => ({ text, detail: l10n.t`${callsOf(text).length} system calls`, ...span })),
      ...callNames().map((text) => ({ text, ...span, rare: true as const })),
    ];
  },
  form: () => l10n.t('`[~]NAME @GROUP …`, where `~` at the very beginning denies all of them'),
  snippet: () => '${1:@}',
};
