import * as l10n from '@vscode/l10n';
import type { ValueType } from '../../../schema/types.ts';
import type { Span } from '../../document.ts';
import { commentAfterValue, withCommonMistakes } from './commonMistakes.ts';
import { extractFirstWord, extractWords, type Word, wordAt } from './extractWord.ts';
import { commaInName, commaProblems, interfaceNameFault, invalidInterfaceName } from './interfaceNameFault.ts';
import { ruleProblem } from './ruleProblem.ts';
import { shown } from '../../shown.ts';
import { trailingBackslash, wordFailureProblem } from './wordRules.ts';
import type { ValueContext, ValueKind, ValueProblem } from './valueKind.ts';
import { visible } from './rawFields.ts';

type Type = Extract<ValueType, { readonly kind: 'interfacePairs' }>;

const refused = { severity: 'error', effect: 'file-refused' } as const;
/** A part of a word, where it stands in the value; all of the word when backslashes shift it. */
const inWord = (word: Word, start: number, end: number): Span =>
  word.text.length === word.end - word.start ? { start: word.start + start, end: word.start + end } : word;

const nameProblem = (name: string, span: Span, systemdVersion: number, ofHost: boolean): readonly ValueProblem[] => {
  const fault = interfaceNameFault(name, systemdVersion);
  if (fault !== undefined) {
    const message = `${l10n.t`${shown(name)} is no name of an interface, so the machine does not start.`} ${fault}`;
    return [{ ...ruleProblem(invalidInterfaceName, visible(span), message), ...refused }];
  }
  return commaProblems(name, span, ofHost);
};

const pairProblems = (pair: Word, systemdVersion: number): readonly ValueProblem[] => {
  const { word: outside, next } = extractFirstWord(pair.text, 0, { separators: ':', emptyWords: true });
  if (outside === undefined) {
    const message = l10n.t('Nothing stands behind the last backslash, so the machine does not start.');
    return [{ ...ruleProblem(trailingBackslash, { start: pair.end - 1, end: pair.end }, message), ...refused }];
  }
  const problems = nameProblem(outside.text, inWord(pair, outside.start, outside.end), systemdVersion, true);
  const inside = pair.text.slice(next ?? pair.text.length);
  if (next === undefined || inside === '') return problems;
  return [...problems, ...nameProblem(inside, inWord(pair, next, pair.text.length), systemdVersion, false)];
};

const check = (value: string, systemdVersion: number): readonly ValueProblem[] => {
  const { words, failure } = extractWords(value, {});
  const problems = words.flatMap((pair) => pairProblems(pair, systemdVersion));
  if (failure === undefined) return problems;
  return [...problems, { ...wordFailureProblem(value, failure, l10n.t('The machine does not start.')), ...refused }];
};

const insidePrefix = ({ directive }: ValueContext): string =>
  directive.name === 'MACVLAN' ? 'mv-' : directive.name === 'IPVLAN' ? 'iv-' : '';

/** network_iface_pair_parse() of systemd (nspawn/nspawn-network.c): any bad name refuses the whole file. */
export const interfacePairsKind: ValueKind<Type> = {
  rules: [invalidInterfaceName, trailingBackslash, commaInName, commentAfterValue],
  problems: (value, _type, at) => withCommonMistakes(value, (pairs) => check(pairs, at.context.systemdVersion)),
  suggestions: (value, offset, _type, at) => {
    const { start, end } = wordAt(value, offset);
    const colon = value.slice(start, offset).indexOf(':');
    if (colon < 0) return [];
    const prefix = insidePrefix(at);
    const name = prefix + value.slice(start, start + colon);
    return [{ start: start + colon + 1, end, text: name, detail: l10n.t('its name inside when none is given') }];
  },
  wishes: (value, offset) => {
    const { start, end } = wordAt(value, offset);
    const colon = value.slice(start, end).indexOf(':');
    if (colon >= 0 && start + colon < offset) return [];
    return [{ object: 'interface', start, end: colon < 0 ? end : start + colon }];
  },
  form: () => l10n.t('`INTERFACE[:NAME-INSIDE] …`, each at most 15 characters'),
  snippet: () => '${1:eth0}',
};
