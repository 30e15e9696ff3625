import * as l10n from '@vscode/l10n';
import type { ValueType } from '../../../schema/types.ts';
import type { RuleInfo } from '../../finding.ts';
import { commentAfterValue, withCommonMistakes } from './commonMistakes.ts';
import { extractFirstWord, extractWords, type Word, wordAt, wordBlanks } from './extractWord.ts';
import { withOctalHint, octalNumber, octalProblems } from './numberRules.ts';
import { parseUint32 } from './parseNumber.ts';
import { replaceFix, ruleProblem, type ValueFix } from './ruleProblem.ts';
import { shown } from '../../shown.ts';
import { trailingBackslash, unbalancedQuote, wordFailureProblem } from './wordRules.ts';
import type { ValueContext, ValueKind, ValueProblem } from './valueKind.ts';

type Type = Extract<ValueType, { readonly kind: 'cpuSet' }>;

const refused = { severity: 'error', effect: 'file-refused' } as const;

const invalidRange: RuleInfo = {
  id: 'invalid-cpu-range',
  severity: 'warning',
  effect: 'ignored',
  variants: [refused],
  title: l10n.t(
    'CPUs are numbers and ranges such as 0-3, with blanks or commas between them; a bad one may refuse the file',
  ),
};

const separators = `${wordBlanks},`;
/** CPU_SET_MAX_NCPU of systemd. */
const mostCpus = 8192;
const lastUnsigned = 0xffffffff;

interface Range {
  readonly lower: number;
  readonly upper: number;
}

/** parse_range() of systemd, which takes a backslash out once more. */
const parseRange = (text: string, context: ValueContext['context']): Range | undefined => {
  const { word, next } = extractFirstWord(text, 0, { separators: '-', emptyWords: true });
  const lower = word === undefined ? 'syntax' : parseUint32(word.text, context);
  const upper = next === undefined ? lower : parseUint32(text.slice(next), context);
  return typeof lower === 'number' && typeof upper === 'number' ? { lower, upper } : undefined;
};

const fixesFor = (word: Word, value: string): readonly ValueFix[] => {
  const raw = value.slice(word.start, word.end);
  const dots = /^([0-9]+)(?:\.\.+|:|–|-{2,})([0-9]+)$/u.exec(raw);
  if (dots !== null) {
    const text = `${dots[1] ?? ''}-${dots[2] ?? ''}`;
    return [replaceFix(l10n.t`Write ${text}`, word, text, true)];
  }
  const semicolons = /^[0-9-]+(?:[;|][0-9-]+)+$/u.test(raw) ? raw.replaceAll(/[;|]/gu, ',') : undefined;
  return semicolons === undefined ? [] : [replaceFix(l10n.t`Write ${semicolons}`, word, semicolons, true)];
};

const wordProblems = (word: Word, value: string, type: Type, at: ValueContext): readonly ValueProblem[] => {
  const range = parseRange(word.text, at.context);
  const effect = type.refusesFile ? refused : {};
  if (range === undefined) {
    const message = type.refusesFile
      ? l10n.t`${shown(word.text)} is no range of CPUs, and systemd refuses the whole file: CPUs are numbers and ranges such as \`0-3\`, with blanks or commas between them.`
      : l10n.t`${shown(word.text)} is no range of CPUs, and it is ignored: CPUs are numbers and ranges such as \`0-3\`, with blanks or commas between them.`;
    return [
      {
        ...ruleProblem(invalidRange, word, withOctalHint(message, word.text), fixesFor(word, value)),
        ...effect,
      },
    ];
  }
  const { lower, upper } = range;
  // Up to version 257 an empty range has no CPU that could be too high, and neither has the very last number.
  if (lower > upper)
    return [
      ruleProblem(
        invalidRange,
        word,
        l10n.t`${shown(word.text)} is ignored: its first number is above its last.`,
        /^[0-9]+-[0-9]+$/u.test(word.text)
          ? [replaceFix(l10n.t`Write ${upper}-${lower}`, word, `${upper}-${lower}`)]
          : [],
      ),
    ];
  if (upper >= mostCpus && !(type.refusesFile && lower === lastUnsigned))
    return [
      {
        ...ruleProblem(
          invalidRange,
          word,
          type.refusesFile
            ? l10n.t`CPU ${upper} is too high, and systemd refuses the whole file: ${mostCpus - 1} is the highest that systemd takes.`
            : l10n.t`CPU ${upper} is too high, and it is ignored: ${mostCpus - 1} is the highest that systemd takes.`,
        ),
        ...effect,
      },
    ];
  return octalProblems(word.text, word);
};

/** The first word that refuses the file ends the reading. */
const untilRefused = (problems: readonly ValueProblem[]): readonly ValueProblem[] => {
  const end = problems.findIndex(({ effect }) => effect === 'file-refused');
  return end < 0 ? problems : problems.slice(0, end + 1);
};

const check = (value: string, type: Type, at: ValueContext): readonly ValueProblem[] => {
  const { words, failure } = extractWords(value, { separators, unquote: true });
  const problems = [...words.flatMap((word) => wordProblems(word, value, type, at))];
  if (failure === undefined) return untilRefused(problems);
  if (!type.refusesFile) return [...problems, wordFailureProblem(value, failure, l10n.t('The line is ignored.'))];
  return untilRefused([
    ...problems,
    { ...wordFailureProblem(value, failure, l10n.t('systemd refuses the whole file.')), ...refused },
  ]);
};

/** config_parse_cpu_set() of systemd, and config_parse_cpu_affinity() up to version 257; an empty value resets. */
export const cpuSetKind: ValueKind<Type> = {
  rules: [invalidRange, octalNumber, unbalancedQuote, trailingBackslash, commentAfterValue],
  problems: (value, type, at) => withCommonMistakes(value, (text) => check(text, type, at)),
  suggestions: () => [],
  wishes: (value, offset) => {
    const { start, end } = wordAt(value, offset, `${separators}-`);
    return [{ object: 'cpu', start, end }];
  },
  form: () => l10n.t('CPU numbers and ranges such as `0-3`, with blanks or commas between them'),
  snippet: () => '${1:0-1}',
};
