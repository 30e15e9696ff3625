import * as l10n from '@vscode/l10n';
import { enumTexts } from '../../../schema/enumTexts.ts';
import type { ValueType } from '../../../schema/types.ts';
import { parseBoolean } from '../values/boolean.ts';
import type { ValueContext } from '../values/valueKind.ts';
import type { Description } from '../describeValue.ts';
import { codeSpan } from '../../markdown.ts';
import { machineUsersOf, ownersExample } from '../owners.ts';

type TypeOf<Kind extends ValueType['kind']> = Extract<ValueType, { readonly kind: Kind }>;

const whole = (value: string, markdown: string | undefined): Description | undefined =>
  markdown === undefined ? undefined : { start: 0, end: value.length, markdown };

/** Says which of the two a word is, unless it says so itself. */
export const describeBoolean = (value: string): Description | undefined => {
  const answer = parseBoolean(value);
  const word = answer === true ? 'yes' : 'no';
  return answer === undefined || value.toLowerCase() === word
    ? undefined
    : whole(value, l10n.t`${codeSpan(value)} means **${word}**.`);
};

/** Boot= and ProcessTwo=. */
export const describeStartMode = (
  value: string,
  _offset: number,
  _type: TypeOf<'startMode'>,
  { directive: { name } }: ValueContext,
): Description | undefined => {
  const answer = parseBoolean(value);
  if (answer === undefined) return undefined;
  if (!answer) return whole(value, l10n.t('**no**: the command runs as PID 1; Parameters= of this file counts.'));
  return whole(
    value,
    name === 'Boot'
      ? l10n.t('**yes**: an init program is looked for in the machine and runs as PID 1.')
      : l10n.t('**yes**: the command runs as PID 2, below a small init.'),
  );
};

const textOfWord = ({ directive: { section, name } }: ValueContext, word: string): string | undefined =>
  enumTexts()[`${section}.${name}.${word}`];

/** One of some words, or the yes or no that stands for one. */
export const describeEnum = (
  value: string,
  _offset: number,
  { words, booleans }: TypeOf<'enum'>,
  at: ValueContext,
): Description | undefined => {
  const answer = parseBoolean(value);
  const isWord = words.some(({ name }) => name === value);
  const word = !isWord && answer !== undefined ? booleans?.[answer ? 'true' : 'false'] : value;
  if (word === undefined) return undefined;
  const text = textOfWord(at, word);
  if (text === undefined) return undefined;
  return whole(value, word === value ? `**${word}**: ${text}` : l10n.t`${codeSpan(value)} means **${word}**: ${text}`);
};

const count = (number: number): string => number.toLocaleString('en');

/** A word, or `BASE[:COUNT]`. */
export const describePrivateUsers = (
  value: string,
  _offset: number,
  _type: TypeOf<'privateUsers'>,
  at: ValueContext,
): Description | undefined => {
  const answer = parseBoolean(value);
  const users = machineUsersOf(value);
  const example =
    users === undefined
      ? ''
      : `\n\n${l10n.t('In a bind mount without an option for owners:')} ${ownersExample('noidmap', users)}`;
  const word = answer === undefined ? value : answer ? 'yes' : 'no';
  const text = textOfWord(at, word);
  if (text !== undefined)
    return whole(
      value,
      `${word === value ? `**${word}**: ${text}` : l10n.t`${codeSpan(value)} means **${word}**: ${text}`}${example}`,
    );
  const numbers = /^(\d{1,10})(?::(\d{1,10}))?$/u.exec(value);
  if (numbers === null) return undefined;
  const base = Number(numbers[1]);
  const size = numbers[2] === undefined ? 65_536 : Number(numbers[2]);
  if (size === 0) return undefined;
  return whole(
    value,
    `${l10n.t`Users 0 to ${count(size - 1)} of the machine are users ${count(base)} to ${count(base + size - 1)} of the host.`}${example}`,
  );
};
