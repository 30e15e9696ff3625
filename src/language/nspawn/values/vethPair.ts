import * as l10n from '@vscode/l10n';
import type { ValueType } from '../../../schema/types.ts';
import type { RuleInfo } from '../../finding.ts';
import { commentAfterValue, withCommonMistakes } from './commonMistakes.ts';
import { emptyValue, emptyValueProblem } from './emptyValue.ts';
import { extractWords } from './extractWord.ts';
import { interfaceNameFault, invalidInterfaceName } from './interfaceNameFault.ts';
import { replaceFix, ruleProblem } from './ruleProblem.ts';
import { shown } from '../../shown.ts';
import { trailingBackslash, wordFailureProblem } from './wordRules.ts';
import type { ValueKind, ValueProblem } from './valueKind.ts';
import { visible } from './rawFields.ts';

type Type = Extract<ValueType, { readonly kind: 'vethPair' }>;

const tooManyNames: RuleInfo = {
  id: 'too-many-veth-names',
  severity: 'warning',
  effect: 'ignored',
  title: l10n.t('A line has one pair of names: outside, and inside the machine'),
};
const secondNameDropped: RuleInfo = {
  id: 'second-veth-name-dropped',
  severity: 'warning',
  effect: 'none',
  title: l10n.t('An invalid second name is dropped without a word, and the first one is used inside as well'),
};

const check = (value: string, systemdVersion: number): readonly ValueProblem[] => {
  const { words, failure, rest } = extractWords(value, { separators: ':', emptyWords: true }, 2);
  if (failure !== undefined) return [wordFailureProblem(value, failure, l10n.t('The line is ignored.'))];
  const [outside, inside] = words;
  const problems: ValueProblem[] = [];
  const fault = outside && interfaceNameFault(outside.text, systemdVersion);
  if (outside !== undefined && fault !== undefined) {
    const hint = /[ \t]/u.test(outside.text) ? ` ${l10n.t('Give every pair a line of its own.')}` : '';
    const message = `${l10n.t`${shown(outside.text)} is no name of an interface.`} ${fault}${hint}`;
    problems.push(ruleProblem(invalidInterfaceName, visible(outside), message));
  }
  if (rest !== undefined)
    problems.push(
      ruleProblem(
        tooManyNames,
        { start: rest - 1, end: value.length },
        l10n.t(
          'A line has at most two names, the one outside and the one inside the machine; give every pair a line of its own.',
        ),
      ),
    );
  if (problems.length > 0 || outside === undefined || inside === undefined || inside.text === '') return problems;
  const dropped = interfaceNameFault(inside.text, systemdVersion);
  if (dropped === undefined) return [];
  return [
    ruleProblem(
      secondNameDropped,
      inside,
      `${l10n.t`${shown(inside.text)} is no name of an interface, so the one inside is called ${shown(outside.text)}, without a word.`} ${dropped}`,
      [replaceFix(l10n.t('Remove the second name'), { start: inside.start - 1, end: inside.end }, '')],
    ),
  ];
};

/** veth_extra_parse() of systemd (nspawn/nspawn-network.c). */
export const vethPairKind: ValueKind<Type> = {
  rules: [emptyValue, trailingBackslash, invalidInterfaceName, tooManyNames, secondNameDropped, commentAfterValue],
  problems: (value, _type, at) =>
    value === ''
      ? [emptyValueProblem(at, l10n.t('one or two names of interfaces'))]
      : withCommonMistakes(value, (pair) => check(pair, at.context.systemdVersion)),
  suggestions: () => [],
  form: () => l10n.t('`OUTSIDE[:INSIDE]`, each at most 15 characters'),
  snippet: () => '${1:ve-name}:${2:host0}',
};
