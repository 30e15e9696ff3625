import * as l10n from '@vscode/l10n';
import { valueSets } from '../../../schema/valueSets.ts';
import type { ValueType } from '../../../schema/types.ts';
import type { Context } from '../../context.ts';
import { extractWords } from '../values/extractWord.ts';
import { parseBoolean } from '../values/boolean.ts';
import { parseInt32, parseUint32 } from '../values/parseNumber.ts';
import type { CountingEntry } from '../countingEntry.ts';
import { limitHint } from './limitHint.ts';

/** `after` is the length of the part of the value that it stands behind. */
export interface ValueHint {
  readonly after: number;
  readonly label: string;
  readonly tooltip: string;
}

const fields = (value: string): readonly string[] =>
  extractWords(value, { separators: ':', emptyWords: true }).words.map(({ start, end }) => value.slice(start, end));

const withoutPlus = (path: string): string => path.replace(/^\+/u, '');

const behind = (value: string, label: string, tooltip: string): readonly ValueHint[] => [
  { after: value.length, label, tooltip },
];

const bindHints = (value: string): readonly ValueHint[] => {
  const [source = '', ...rest] = fields(value);
  if (rest.length === 0)
    return behind(
      value,
      `:${withoutPlus(source)}`,
      l10n.t('Without a destination it is mounted at the same path in the machine.'),
    );
  return source === ''
    ? behind(
        value,
        l10n.t('= a new empty directory'),
        l10n.t('Without a source the machine gets an empty directory, which is removed when it ends.'),
      )
    : [];
};

const overlayHints = (value: string): readonly ValueHint[] => {
  const [, upper, destination] = fields(value);
  return upper === undefined || destination !== undefined
    ? []
    : behind(
        value,
        `:${withoutPlus(upper)}`,
        l10n.t('Of two directories the upper one says where in the machine they are mounted.'),
      );
};

const portHints = (value: string, context: Context): readonly ValueHint[] => {
  const [, protocol = 'tcp', host = '', inside = host] = /^(?:(tcp|udp):)?([^:]*)(?::(.*))?$/u.exec(value) ?? [];
  const ports = [host, inside].map((port) => parseUint32(port, context));
  const whole = [protocol, ...ports].join(':');
  return whole === value || !ports.every((port) => typeof port === 'number')
    ? []
    : behind(value, `= ${whole}`, l10n.t('Protocol, port of the host and port in the machine.'));
};

const enumHints = (
  value: string,
  { words, booleans }: Extract<ValueType, { readonly kind: 'enum' }>,
): readonly ValueHint[] => {
  if (words.some(({ name }) => name === value)) return [];
  const answer = parseBoolean(value);
  const word = answer === undefined ? undefined : booleans?.[answer ? 'true' : 'false'];
  return word === undefined || parseBoolean(word) !== undefined
    ? []
    : behind(value, `= ${word}`, l10n.t('What yes and no stand for in this directive.'));
};

const usersHints = (value: string): readonly ValueHint[] => {
  if (value === 'identity')
    return behind(value, '= 0:65536', l10n.t('The first user of the host and how many follow.'));
  if (!/^[0-9]+$/u.test(value)) return [];
  const answer = parseBoolean(value);
  return answer === undefined
    ? behind(value, ':65536', l10n.t('How many users there are when the number is left out.'))
    : behind(
        value,
        `= ${answer ? 'yes' : 'no'}`,
        l10n.t('A single 0 or 1 is taken as no or yes, not as a first user.'),
      );
};

const signalHints = (value: string, context: Context): readonly ValueHint[] => {
  const number = parseInt32(value, context);
  const signal = valueSets.signals.find((one) => one.number === number);
  return signal === undefined ? [] : behind(value, `= ${signal.name}`, l10n.t('The signal of that number.'));
};

const capabilityHints = (value: string, context: Context): readonly ValueHint[] =>
  extractWords(value, {}).words.flatMap(({ text, end }) => {
    const number = parseInt32(text, context);
    const capability = valueSets.capabilities.find((one) => one.number === number);
    return capability === undefined
      ? []
      : [{ after: end, label: `= ${capability.name}`, tooltip: l10n.t('The capability of that number.') }];
  });

const numberHints = (value: string, context: Context): readonly ValueHint[] => {
  const number = parseInt32(value, context);
  return typeof number !== 'number' || /^-?(?:0|[1-9][0-9]*)$/u.test(value)
    ? []
    : behind(value, `= ${number}`, l10n.t('The same number as it is mostly written; with a 0 in front it is octal.'));
};

/** What a value means where that is not what it says. */
export const valueHints = ({ entry, type }: CountingEntry, context: Context): readonly ValueHint[] => {
  const { key, value } = entry;
  if (value === '') return [];
  switch (type.kind) {
    case 'rlimit':
      return limitHint(value, type.unit, context);
    case 'bind':
      return bindHints(value);
    case 'overlay':
      return overlayHints(value);
    case 'port':
      return portHints(value, context);
    case 'vethPair':
      return fields(value).length === 1
        ? behind(value, `:${value}`, l10n.t('The link is called the same inside the machine.'))
        : [];
    case 'zone':
      return behind(
        value,
        l10n.t`= bridge vz-${value}`,
        l10n.t('The bridge that all machines of this zone are connected to.'),
      );
    case 'enum':
      return enumHints(value, type);
    case 'privateUsers':
      return usersHints(value);
    case 'signal':
      return signalHints(value, context);
    case 'capabilities':
      return capabilityHints(value, context);
    case 'integer':
    case 'unsigned':
      return numberHints(value, context);
    default:
      return key === 'PrivateUsersChown'
        ? behind(
            value,
            `= PrivateUsersOwnership=${parseBoolean(value) === true ? 'chown' : 'off'}`,
            l10n.t('PrivateUsersOwnership= has taken the place of this directive.'),
          )
        : [];
  }
};
