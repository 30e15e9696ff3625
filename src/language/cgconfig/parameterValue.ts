import * as l10n from '@vscode/l10n';
import type { CgroupParameter, CgroupValue } from '../../schema/cgroupTypes.ts';
import { controllerNames } from './parameters.ts';

/** Why the kernel does not take a value, or takes another one than was meant. */
export interface ValueFault {
  readonly kind: 'refused' | 'clamped' | 'unitDropped';
  /** What is allowed, or what is taken: the end of a sentence. */
  readonly reason: string;
}

const refused = (reason: string): ValueFault => ({ kind: 'refused', reason });

const range = (min?: number, max?: number): string =>
  min === undefined
    ? l10n.t('a number')
    : max === undefined
      ? l10n.t`a number from ${min}`
      : l10n.t`a number from ${min} to ${max}`;

/** kstrtoull() and kstrtoll() with base 0. */
export const readNumber = (text: string): bigint | undefined => {
  const [, sign = '', digits = ''] = /^([+-]?)(0x[0-9a-f]+|0[0-7]*|[1-9]\d*)$/iu.exec(text) ?? [];
  if (digits === '') return undefined;
  const number = BigInt(/^0\d/u.test(digits) ? `0o${digits.slice(1)}` : digits);
  return sign === '-' ? -number : number;
};

/** Larger numbers than these the kernel refuses, whatever the range. */
const largest = { signed: 2n ** 63n - 1n, unsigned: 2n ** 64n - 1n };

const isWithin = (number: bigint, min?: number, max?: number): boolean =>
  (min === undefined || number >= BigInt(min)) && (max === undefined || number <= BigInt(max));

const integerFault = (text: string, value: Extract<CgroupValue, { kind: 'integer' }>): ValueFault | undefined => {
  const { min, max, unlimited, clamps } = value;
  // Without a range the file is a counter that any write sets to zero.
  if ((min === undefined && max === undefined) || text === unlimited) return undefined;
  const number = readNumber(text);
  const words = unlimited === undefined ? range(min, max) : l10n.t`${range(min, max)} or ${unlimited}`;
  if (number === undefined || number > (unlimited === '-1' ? largest.signed : largest.unsigned)) return refused(words);
  if (isWithin(number, min, max) || (unlimited === '-1' && number < 0n)) return undefined;
  if (clamps !== true || number < 0n) return refused(words);
  return { kind: 'clamped', reason: String(min !== undefined && number < BigInt(min) ? min : max) };
};

/** memparse(): a number with one letter. */
export const bytesForm = /^(0x[0-9a-f]+|\d+)([kmgtpe]?)$/iu;

/** Bytes of a size as memparse() reads it, which counts on from 0 behind its largest number; undefined for none. */
export const readBytes = (text: string): bigint | undefined => {
  const [, digits = '', letter = ''] = bytesForm.exec(text) ?? [];
  const number = digits === '' ? undefined : readNumber(digits);
  return number === undefined
    ? undefined
    : (number << BigInt(10 * ('kmgtpe'.indexOf(letter.toLowerCase()) + 1) * Number(letter !== ''))) & largest.unsigned;
};

const cpuRange = /^(?:all|(\d+|n)(?:-(\d+|n)(?::\d+\/\d+)?)?)$/iu;
const isNumberList = (text: string): boolean =>
  text
    .split(/[\s,]+/u)
    .filter((part) => part !== '')
    .every((part) => {
      const [all, from, to] = cpuRange.exec(part) ?? [];
      return all !== undefined && !(Number(from) > Number(to));
    });

/** cpu_period_quota_parse() of the kernel reads digits and drops what follows them; a period without any stays what it is. */
const cpuMaxFault = (text: string, value: Extract<CgroupValue, { kind: 'cpuMax' }>): ValueFault | undefined => {
  const [limit = '', period = ''] = text.split(/\s+/u);
  const quota = /^\d+/u.exec(limit)?.[0];
  if (limit !== 'max' && (quota === undefined || !isWithin(BigInt(quota), value.min)))
    return refused(l10n.t`a quota of at least ${value.min} microseconds, or max, and a period`);
  const length = /^\d+/u.exec(period)?.[0];
  if (length !== undefined && !isWithin(BigInt(length), value.periodMin, value.periodMax))
    return refused(l10n.t`a period of ${value.periodMin} to ${value.periodMax} microseconds behind the quota`);
  const taken = [quota ?? 'max', ...(length === undefined ? [] : [length])].join(' ');
  const written = [limit, ...(period === '' ? [] : [period])].join(' ');
  return taken === written ? undefined : { kind: 'unitDropped', reason: taken };
};

/** A number as sscanf() reads it: what follows its digits is dropped. */
const deviceNumberFault = (text: string, min?: number, max?: number): ValueFault | undefined => {
  const [, digits = '', rest = ''] = /^(\d+)(.*)$/u.exec(text) ?? [];
  const words = l10n.t`MAJOR:MINOR and ${range(min, max)}`;
  if (digits === '') return refused(words);
  if (rest !== '') return { kind: 'unitDropped', reason: digits };
  // 0 takes the rule of a device back.
  return digits === '0' || isWithin(BigInt(digits), min, max) ? undefined : refused(words);
};

const device = /^\d+:\d+$/u;

const deviceValueFault = (text: string, { min, max }: { min?: number; max?: number }): ValueFault | undefined => {
  const [name = '', number = ''] = text.split(/\s+/u);
  return device.test(name) ? deviceNumberFault(number, min, max) : refused(l10n.t`MAJOR:MINOR and ${range(min, max)}`);
};

const weightsFault = (text: string, min: number, max: number): ValueFault | undefined => {
  const [first = '', second] = text.split(/\s+/u);
  const number = readNumber(second ?? first);
  const hasPlace = second === undefined || first === 'default' || device.test(first);
  const isReset = second === 'default' && device.test(first);
  return isReset || (hasPlace && number !== undefined && isWithin(number, min, max))
    ? undefined
    : refused(l10n.t`a weight from ${min} to ${max}, alone or behind default or MAJOR:MINOR`);
};

const deviceKeysFault = (text: string, value: Extract<CgroupValue, { kind: 'deviceKeys' }>): ValueFault | undefined => {
  const [name = '', ...pairs] = text.split(/\s+/u);
  const words = l10n.t`${value.of === 'block' ? 'MAJOR:MINOR' : l10n.t('the name of a device')} and ${value.keys.map((key) => `${key}=N`).join(' ')}`;
  if ((value.of === 'block' && !device.test(name)) || pairs.length === 0) return refused(words);
  for (const pair of pairs) {
    const [key = '', setting] = pair.split('=');
    if (!value.keys.includes(key) || setting === undefined || setting === '') return refused(words);
    if (value.unlimited === undefined || setting === value.unlimited) continue;
    const [, digits = '', rest = ''] = /^(\d+)(.*)$/u.exec(setting) ?? [];
    if (digits === '') return refused(words);
    // tg_set_limit() of block/blk-throttle.c takes no lower limit.
    if (value.of === 'block' && BigInt(digits) < 2n) return refused(l10n.t('limits of at least 2, or max'));
    if (rest !== '') return { kind: 'unitDropped', reason: digits };
  }
  return undefined;
};

/** Flags of v1 that take every number but 0 as 1. */
const takesAnyNumber = /^(?:cpuset\.|notify_on_release$|cgroup\.clone_children$)/u;

const booleanFault = (text: string, { name }: CgroupParameter, only: string | undefined): ValueFault | undefined => {
  if (only !== undefined) return text === only ? undefined : refused(only);
  const number = readNumber(text);
  const isFlag = number !== undefined && (takesAnyNumber.test(name) ? number >= 0n : number === 0n || number === 1n);
  return isFlag ? undefined : refused(l10n.t('0 or 1'));
};

const formFault = (fits: boolean, words: string): ValueFault | undefined => (fits ? undefined : refused(words));

/** Judges one line, which is one write, as the kernel reads it; what is not known for sure is no fault. */
export const valueFault = (line: string, parameter: CgroupParameter): ValueFault | undefined => {
  const text = line.trim();
  const { value } = parameter;
  if (text === '') return undefined;
  switch (value.kind) {
    case 'integer':
      return integerFault(text, value);
    case 'percent': {
      const isPercent = /^\d+(?:\.\d{1,2})?$/u.test(text) && Number(text) >= value.min && Number(text) <= value.max;
      return formFault(
        isPercent || text === value.unlimited,
        l10n.t`${value.min} to ${value.max} with at most two decimals`,
      );
    }
    case 'bytes':
      // Without an unlimited value the file is a counter that any write sets back.
      return formFault(
        value.unlimited === undefined || text === value.unlimited || bytesForm.test(text),
        l10n.t`a number of bytes with one letter k, m, g or t at most, or ${value.unlimited ?? ''}`,
      );
    case 'boolean':
      return booleanFault(text, parameter, value.only);
    case 'words':
      return formFault(value.words.includes(text), value.words.join(', '));
    case 'numberList':
      return formFault(isNumberList(text), l10n.t('numbers and rising ranges such as 0-3,6'));
    case 'taskIds':
      return formFault(/^\d+$/u.test(text), l10n.t('a process number a line'));
    case 'controllers':
      return formFault(
        text.split(/\s+/u).every((word) => /^[+-]/u.test(word) && controllerNames.includes(word.slice(1))),
        l10n.t('controllers with + or - in front of each'),
      );
    case 'cpuMax':
      return cpuMaxFault(text, value);
    case 'weights':
      return weightsFault(text, value.min, value.max);
    case 'deviceValue':
      return deviceValueFault(text, value);
    case 'deviceKeys':
      return deviceKeysFault(text, value);
    case 'namedValue':
      return formFault(/^\S+\s+(?:max|\d+)$/u.test(text), l10n.t('a name and a number or max'));
    case 'deviceRule':
      return formFault(
        // One blank between the parts, and behind three letters nothing is read.
        /^(?:a.*|[bc]\s(?:\d+|\*):(?:\d+|\*)\s(?:[rwm]{1,2}|[rwm]{3}.*))$/u.test(text),
        l10n.t('a, or b or c with MAJOR:MINOR and some of rwm, such as “c 1:3 rwm”'),
      );
    case 'interfacePriority':
      return formFault(/^\S+\s+\d+$/u.test(text), l10n.t('an interface and a number'));
    case 'reclaim':
    case 'pressure':
    case 'path':
    case 'text':
    case 'statistics':
      return undefined;
  }
};

/** What atoi() makes of it: a long that goes no further than its ends, cut to an int; 0 where it begins with no number. */
export const cNumber = (value: string): number => {
  const [, sign = '', digits = '0'] = /^[ \t\n\v\f\r]*([+-]?)(\d+)/u.exec(value) ?? [];
  const number = BigInt(digits);
  const long =
    sign === '-' ? (number > 2n ** 63n ? -(2n ** 63n) : -number) : number < 2n ** 63n ? number : 2n ** 63n - 1n;
  return Number(BigInt.asIntN(32, long));
};
