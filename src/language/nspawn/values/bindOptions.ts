import * as l10n from '@vscode/l10n';
import { valueSets } from '../../../schema/valueSets.ts';
import type { RuleInfo } from '../../finding.ts';
import { extractWords, type Word } from './extractWord.ts';
import { nearestName } from '../../nearestName.ts';
import { fieldIndexAt, rawFields, withSeparator } from './rawFields.ts';
import { replaceFix, ruleProblem, type ValueFix } from './ruleProblem.ts';
import { inSeries, shown } from '../../shown.ts';
import type { ValueProblem } from './valueKind.ts';
import type { Suggestion } from '../../vocabulary.ts';

export const unknownBindOption: RuleInfo = {
  id: 'unknown-bind-option',
  severity: 'error',
  effect: 'start-refused',
  variants: [{ severity: 'warning', effect: 'none' }],
  title: l10n.t('A bind option is one of those that systemd knows'),
};
export const overriddenBindOption: RuleInfo = {
  id: 'bind-option-overridden',
  severity: 'info',
  effect: 'none',
  title: l10n.t('Of two bind options that exclude each other the last one counts'),
};

/** Before it, whatever stands in place of options is dropped without a word, and every mount is recursive. */
const optionsSince = 243;

const details: Readonly<Record<string, string>> = {
  rbind: l10n.t('with all mounts below it (the default)'),
  norbind: l10n.t('without the mounts below it'),
  idmap: l10n.t('users keep their numbers inside and outside'),
  noidmap: l10n.t('no mapping of users (the default)'),
  rootidmap: l10n.t('the owner of the source is root in the machine'),
  owneridmap: l10n.t('the owner of the source is the owner of the destination in the machine'),
};

/** What is written so in other tools, and what it is here. */
const foreign: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ro: l10n.t('For a read-only mount there is BindReadOnly=.'),
    readonly: l10n.t('For a read-only mount there is BindReadOnly=.'),
    rw: l10n.t('Bind= is for reading and writing anyway.'),
    z: l10n.t('There are no options for SELinux labels.'),
    bind: l10n.t('Leave it out, and write norbind where the mounts below should stay away.'),
  }),
);

const knownIn = (systemdVersion: number): readonly string[] =>
  systemdVersion < optionsSince
    ? []
    : valueSets.bindOptions.filter(({ since = 0 }) => since <= systemdVersion).map(({ name }) => name);

const optionFixes = (option: Word, from: number, value: string, known: readonly string[]): readonly ValueFix[] => {
  const meant = option.text.trim().toLowerCase();
  const near = known.includes(meant) ? meant : nearestName(meant, known);
  const fixes =
    near === undefined ? [] : [replaceFix(l10n.t`Change to ${near}`, option, near, meant === near ? true : undefined)];
  return [...fixes, replaceFix(l10n.t`Remove ${option.text}`, withSeparator(option, value, ',', from), '')];
};

const unknownProblem = (option: Word, from: number, value: string, systemdVersion: number): ValueProblem => {
  const { text } = option;
  const since = valueSets.bindOptions.find(({ name }) => name === text)?.since;
  const known = knownIn(systemdVersion);
  const advice = foreign.get(text.toLowerCase());
  const message =
    since === undefined
      ? l10n.t`${shown(text)} is no bind option; there are ${inSeries(known)}, with commas between them.`
      : l10n.t`${text} is a bind option only since systemd ${since}; before that the machine does not start.`;
  return ruleProblem(
    unknownBindOption,
    option,
    advice === undefined ? message : `${message} ${advice}`,
    optionFixes(option, from, value, known),
  );
};

const overridden = (options: readonly Word[]): readonly ValueProblem[] => {
  const last = new Map<string, Word>();
  for (const option of options) last.set(option.text.endsWith('rbind') ? 'rbind' : 'idmap', option);
  return options.flatMap((option) => {
    const winner = last.get(option.text.endsWith('rbind') ? 'rbind' : 'idmap');
    return winner === undefined || winner === option
      ? []
      : [
          ruleProblem(
            overriddenBindOption,
            option,
            l10n.t`${option.text} has no effect, as ${winner.text} follows it.`,
          ),
        ];
  });
};

/**
 * parse_mount_bind_options() of systemd (nspawn/nspawn-mount.c), which is called when the mount is made: what it does not
 * take stops the start. The options stand behind `from`.
 */
export const bindOptionProblems = (value: string, from: number, systemdVersion: number): readonly ValueProblem[] => {
  if (systemdVersion < optionsSince) {
    const span = { start: from, end: value.length };
    const message = l10n.t`Options of a bind mount are read since systemd ${optionsSince}; before that they have no effect.`;
    return value.slice(from) === 'rbind' ? [] : [{ ...ruleProblem(unknownBindOption, span, message), ...unread }];
  }
  const { words, failure } = extractWords(value.slice(from), { separators: ',' });
  const options = words.map(({ start, end, text }) => ({ start: start + from, end: end + from, text }));
  const known = new Set(knownIn(systemdVersion));
  const problems = options
    .filter(({ text }) => !known.has(text))
    .map((option) => unknownProblem(option, from, value, systemdVersion));
  if (failure !== undefined) {
    const span = { start: value.length - 1, end: value.length };
    problems.push(
      ruleProblem(unknownBindOption, span, l10n.t('A backslash at the end of bind options stops the start.')),
    );
  }
  return problems.length > 0 ? problems : overridden(options);
};

const unread = { severity: 'warning', effect: 'none' } as const;

export const bindOptionSuggestions = (
  value: string,
  from: number,
  offset: number,
  systemdVersion: number,
): readonly Suggestion[] => {
  const fields = rawFields(value, ',', from);
  const index = fieldIndexAt(fields, offset);
  const others = new Set(fields.filter((_, at) => at !== index).map(({ start, end }) => value.slice(start, end)));
  const { start, end } = fields[index] ?? { start: offset, end: offset };
  return knownIn(systemdVersion)
    .filter((name) => !others.has(name))
    .map((name) => ({ start, end, text: name, detail: details[name] ?? '' }));
};
