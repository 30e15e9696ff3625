import * as l10n from '@vscode/l10n';
import type { ValueType } from '../../../schema/types.ts';
import { valueSets } from '../../../schema/valueSets.ts';
import type { RuleInfo } from '../../finding.ts';
import { commentAfterValue, withCommonMistakes } from './commonMistakes.ts';
import { didYouMean } from './didYouMean.ts';
import { emptyValue, emptyValueProblem } from './emptyValue.ts';
import { parseInt32 } from './parseNumber.ts';
import { replaceFix, ruleProblem, type ValueFix } from './ruleProblem.ts';
import { shown } from '../../shown.ts';
import type { ValueContext, ValueKind, ValueProblem } from './valueKind.ts';
import type { Suggestion } from '../../vocabulary.ts';

type Type = Extract<ValueType, { readonly kind: 'signal' }>;

const unknownSignal: RuleInfo = {
  id: 'unknown-signal',
  severity: 'warning',
  effect: 'ignored',
  title: l10n.t('A signal is a name in upper case, such as SIGTERM, or a number from 1 to 64'),
};

const uncaughtSignal: RuleInfo = {
  id: 'signal-cannot-be-caught',
  severity: 'info',
  effect: 'none',
  title: l10n.t('SIGKILL and SIGSTOP reach no program, so it cannot shut down in order'),
};

/** The first and the last real-time signal, as the C library counts them on Linux. */
const firstRealTime = 34;
const lastRealTime = 64;

const numbers: ReadonlyMap<string, number> = new Map(
  valueSets.signals.map(({ name, number }) => [name.slice(3), number]),
);
const names: readonly string[] = [...valueSets.signals.map(({ name }) => name), 'SIGRTMIN', 'SIGRTMAX'];
/** Other names of the same signals, which systemd does not know. */
const aliases: ReadonlyMap<string, string> = new Map([
  ['SIGCLD', 'SIGCHLD'],
  ['SIGIOT', 'SIGABRT'],
  ['SIGPOLL', 'SIGIO'],
]);

/** signal_from_string() of systemd (basic/signal-util.c); undefined for what is none. */
const signalNumber = (text: string, systemdVersion: number): number | undefined => {
  // No number begins with a letter.
  const number = /^[A-Za-z]/u.test(text) ? 'syntax' : parseInt32(text, { systemdVersion });
  if (typeof number === 'number') return number > 0 && number <= lastRealTime ? number : undefined;
  const name = text.startsWith('SIG') ? text.slice(3) : text;
  const plain = numbers.get(name);
  if (plain !== undefined) return plain;
  const edge = name.startsWith('RTMIN') ? firstRealTime : name.startsWith('RTMAX') ? lastRealTime : undefined;
  if (edge === undefined) return undefined;
  const rest = name.slice(5);
  if (rest === '') return edge;
  if (!rest.startsWith(edge === firstRealTime ? '+' : '-')) return undefined;
  const offset = parseInt32(rest, { systemdVersion });
  if (typeof offset !== 'number') return undefined;
  const signal = edge + offset;
  return signal >= firstRealTime && signal <= lastRealTime ? signal : undefined;
};

const fixesFor = (value: string, systemdVersion: number): readonly ValueFix[] => {
  const word = { start: 0, end: value.length };
  const upper = value.trim().toUpperCase().replaceAll(/\s+/gu, '');
  const prefixed = upper.startsWith('SIG') ? upper : `SIG${upper}`;
  const name = aliases.get(prefixed) ?? prefixed;
  if (signalNumber(name, systemdVersion) !== undefined) return [replaceFix(l10n.t`Write ${name}`, word, name, true)];
  return /^[+-]?[0-9]/u.test(value) ? [] : didYouMean(prefixed, names, word);
};

const check = (value: string, { context }: ValueContext): readonly ValueProblem[] => {
  const word = { start: 0, end: value.length };
  const number = signalNumber(value, context.systemdVersion);
  if (number === undefined)
    return [
      ruleProblem(
        unknownSignal,
        word,
        l10n.t`${shown(value)} is no signal, so the line is ignored: names are upper case, such as \`SIGTERM\` or \`SIGRTMIN+3\`, and numbers go from 1 to 64.`,
        fixesFor(value, context.systemdVersion),
      ),
    ];
  return number === 9 || number === 19
    ? [
        ruleProblem(
          uncaughtSignal,
          word,
          l10n.t`${shown(value)} reaches no program, so the machine cannot shut down in order.`,
        ),
      ]
    : [];
};

const details: Readonly<Record<string, string>> = {
  'SIGRTMIN+3': l10n.t('asks systemd to halt'),
  'SIGRTMIN+4': l10n.t('asks systemd to power off'),
  SIGPWR: l10n.t('tells SysV init of a power failure'),
  SIGUSR2: l10n.t('asks BusyBox init to power off'),
  SIGTERM: l10n.t('asks most programs to end; BusyBox init reboots'),
};

/** config_parse_signal() of systemd. */
export const signalKind: ValueKind<Type> = {
  rules: [unknownSignal, uncaughtSignal, emptyValue, commentAfterValue],
  problems: (value, _type, at) =>
    value === ''
      ? [emptyValueProblem(at, l10n.t('a signal such as `SIGTERM`'))]
      : withCommonMistakes(value, (text) => check(text, at)),
  suggestions: (value) => {
    const whole = { start: 0, end: value.length };
    const wanted = Object.entries(details).map(([text, detail]): Suggestion => ({ text, detail, ...whole }));
    const others = names.filter((name) => !(name in details));
    return [...wanted, ...others.map((text): Suggestion => ({ text, ...whole, rare: true }))];
  },
  form: () => l10n.t('`SIGNAME`, such as `SIGTERM` or `SIGRTMIN+3`, or a number from 1 to 64'),
  snippet: () => '${1:SIGRTMIN+3}',
};
