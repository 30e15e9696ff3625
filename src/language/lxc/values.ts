import * as l10n from '@vscode/l10n';
import type { LxcRelease, LxcValue } from '../../schema/lxcTypes.ts';
import type { Span } from '../document.ts';
import type { RuleInfo } from '../finding.ts';
import { inOneLine } from '../markdown.ts';
import { nearestName, orMeant } from '../nearestName.ts';
import { utf8Length } from '../utf8Length.ts';
import { isAddress } from './addresses.ts';
import { isKnownIn } from './keys.ts';
import { readNumber, readSigned, readUnsigned } from './numbers.ts';
import { invalidNumber, invalidValue, unknownWord, valueTooLong } from './rules.ts';
import { sizeBytes } from './sizes.ts';

/** Why LXC refuses a value; offsets are in the value. */
export interface ValueFault extends Partial<Span> {
  readonly rule: RuleInfo;
  readonly message: string;
  /** What was probably meant in place of the marked part. */
  readonly meant?: string;
}

const longestPath = 4095;
const lastCapability = 40;

/** As LXC shortens a path before it measures it. */
const shortened = (path: string): string => path.replaceAll(/\/(?:\.?\/)+/gu, '/');

const tooLong = (most: number): ValueFault => ({
  rule: valueTooLong,
  message: l10n.t`LXC takes at most ${most} bytes here.`,
});

const listed = (words: readonly string[]): string => words.slice(0, 12).join(', ') + (words.length > 12 ? ', …' : '');

const unknown = (word: string, words: readonly string[], span: Partial<Span> = {}): ValueFault => {
  const meant = nearestName(word, words);
  const message = orMeant(
    l10n.t`“${inOneLine(word)}” is none of the words that LXC takes here: ${listed(words)}.`,
    meant,
  );
  return { rule: unknownWord, message, ...span, ...(meant === undefined ? {} : { meant }) };
};

const numberFault = (most: number): ValueFault => ({
  rule: invalidNumber,
  message:
    most === 1
      ? l10n.t('LXC takes 0 or 1 here, and no word such as yes or true.')
      : l10n.t`LXC takes a whole number from 0 to ${most} here, and nothing behind it.`,
});

const hasForm = (isRight: boolean, message: () => string): ValueFault | undefined =>
  isRight ? undefined : { rule: invalidValue, message: message() };

/** Words between blanks or tabs, which are looked up one by one. */
const firstWrong = (
  value: string,
  words: readonly string[],
  isTaken: (word: string) => boolean,
): ValueFault | undefined => {
  for (const { 0: word, index } of value.matchAll(/[^ \t]+/gu))
    if (!isTaken(word)) return unknown(word, words, { start: index, end: index + word.length });
  return undefined;
};

export const signals: readonly string[] = (
  'HUP INT QUIT ILL ABRT FPE KILL SEGV PIPE ALRM TERM USR1 USR2 CHLD CONT STOP TSTP TTIN TTOU TRAP IOT BUS STKFLT CLD URG XCPU XFSZ ' +
  'VTALRM PROF WINCH IO POLL PWR SYS'
)
  .split(' ')
  .map((name) => `SIG${name}`);

const isSignal = (value: string): boolean => {
  if (/^\d/u.test(value)) return readSigned(value) !== undefined;
  const realTime = /^SIGRT(?:MIN\+|MAX-)(\d{1,9})$/iu.exec(value);
  return realTime === null ? signals.includes(value.toUpperCase()) : Number(realTime[1]) <= 30;
};

export const logLevels: readonly string[] = 'TRACE DEBUG INFO NOTICE WARN ERROR CRIT ALERT FATAL'.split(' ');

const mostSigned = 2n ** 63n - 1n;
const secondsOf: Readonly<Record<string, bigint>> = { h: 3600n, m: 60n, s: 1n, ms: 1n, us: 1n, ns: 1n };

const isTime = (value: string, release: LxcRelease): boolean => {
  const [, sign = '', digits, blankUnit, plainUnit] =
    /^[ \t]*([+-]?)(\d{1,30})(?: ([hms])|([hms]|[mun]s))$/u.exec(value) ?? [];
  const unit = blankUnit ?? plainUnit;
  if (digits === undefined || unit === undefined) return false;
  if (sign === '-' && release === '5.0' && BigInt(digits) > 0n && !['s', 'ns'].includes(unit)) return false;
  return BigInt(digits) * (secondsOf[unit] ?? 1n) <= mostSigned;
};

const isIdmap = (value: string): boolean => {
  const words = value.split(/[ \t]+/u);
  const [type = '', ...numbers] = words;
  return (
    /^[ug]$/u.test(type) &&
    numbers.length === 3 &&
    numbers.every((one) => !one.startsWith('-') && readNumber(one) !== undefined)
  );
};

const mostLimit = 2n ** 64n;
const isLimit = (value: string): boolean => {
  const part = /^(?:unlimited|[+-]?\d{0,40})$/u;
  const [soft = '', hard, ...more] = value.split(':');
  if (more.length > 0) return false;
  return [soft, hard ?? ''].every((one) => {
    const text = one.trim();
    return part.test(text) && (!/\d/u.test(text) || BigInt(text.replace(/^[+-]/u, '')) < mostLimit);
  });
};

/** LXC looks for these anywhere in the text, not between commas only, and reads the first `idmap=`. */
const isMountOptions = (options: string): boolean =>
  !/optional|relative|create=dir|create=file/u.test(options) && !/^(?:(?!idmap=).)*idmap=(?:,|$)/su.test(options);

/** Why LXC of that release refuses a value that is not empty; undefined where it takes it. */
export const valueFault = (value: string, type: LxcValue, release: LxcRelease): ValueFault | undefined => {
  switch (type.kind) {
    case 'text':
      return type.longest !== undefined && utf8Length(value) > type.longest ? tooLong(type.longest) : undefined;
    case 'path':
      return utf8Length(shortened(value)) > longestPath ? tooLong(longestPath) : undefined;
    case 'unsigned':
      return readUnsigned(value, type.most) === undefined ? numberFault(type.most) : undefined;
    case 'laxUnsigned': {
      // What is no number, or none of 32 bits, is taken and does not count.
      const number = value.trimStart().startsWith('-') ? undefined : readNumber(value);
      const isTooLarge = number !== undefined && number > BigInt(type.most);
      return isTooLarge && (number < 2n ** 32n || number >= 2n ** 64n) ? numberFault(type.most) : undefined;
    }
    case 'signed': {
      const number = readSigned(value);
      return number !== undefined && number >= BigInt(type.least)
        ? undefined
        : { rule: invalidNumber, message: l10n.t`LXC takes a whole number of at least ${type.least} here.` };
    }
    case 'size':
      return hasForm(sizeBytes(value) !== undefined, () =>
        l10n.t('A size is auto, or a number of bytes, with KB, MB or GB behind it where it is one of these.'),
      );
    case 'signal':
      return hasForm(isSignal(value), () =>
        l10n.t('A signal is a number, a name with SIG such as SIGPWR, SIGRTMIN+3 or SIGRTMAX-3.'),
      );
    case 'logLevel':
      if (/^\d/u.test(value)) return readUnsigned(value, 8) === undefined ? numberFault(8) : undefined;
      return logLevels.includes(value.toUpperCase()) ? undefined : unknown(value, logLevels);
    case 'time':
      return hasForm(isTime(value, release), () =>
        release === '5.0'
          ? l10n.t(
              'A time is a number with h, m, s, ms, us or ns behind it; LXC 5.0 takes a negative one only in s and ns.',
            )
          : l10n.t('A time is a number with h, m, s, ms, us or ns behind it.'),
      );
    case 'word': {
      const words = type.words.filter((word) => {
        const since = type.since?.[word];
        return since === undefined || isKnownIn({ since }, release);
      });
      const written = type.anyCase === true ? value.toLowerCase() : value;
      return words.includes(written) ? undefined : unknown(value, words);
    }
    case 'words':
      return firstWrong(value, type.words, (word) =>
        type.words.includes(type.anyCase === true ? word.toLowerCase() : word),
      );
    case 'capabilities':
      return firstWrong(
        value,
        type.words,
        (word) => type.words.includes(word) || readUnsigned(word, lastCapability) !== undefined,
      );
    case 'autoMounts':
      return firstWrong(value, type.words, (word) => type.words.includes(word) || word.startsWith('shmounts:'));
    case 'idmap':
      return hasForm(isIdmap(value), () =>
        l10n.t(
          'A range is u or g, its first number inside, its first number outside and how many: “u 0 100000 65536”.',
        ),
      );
    case 'groupNumbers': {
      const parts = value.split(',').filter((part) => part !== '');
      const isRight = parts.length > 0 && parts.every((part) => readUnsigned(part, 4_294_967_295) !== undefined);
      return hasForm(isRight, () => l10n.t('Groups are numbers with commas between them.'));
    }
    case 'mountOptions':
      return hasForm(isMountOptions(value), () =>
        l10n.t('The options of the root file system take no create=, optional, relative or empty idmap=.'),
      );
    case 'notifyProxy':
      return hasForm(/^unix:[/@]/u.test(value), () =>
        l10n.t('The proxy is unix: and an absolute path, or unix:@ and a name.'),
      );
    case 'cgroupPath': {
      const isRight =
        type.single === true
          ? !value.includes('/') && value !== '.' && value !== '..'
          : !value.startsWith('/') && !value.includes('..');
      return hasForm(isRight, () =>
        type.single === true
          ? l10n.t('The name of a control group has no “/” in it, and is neither “.” nor “..”.')
          : l10n.t('A control group is named without a “/” in front and without “..” anywhere.'),
      );
    }
    case 'limit':
      return hasForm(isLimit(value), () =>
        l10n.t(
          'A limit is a decimal number or unlimited, or two of them with a colon between: the soft and the hard one.',
        ),
      );
    case 'address':
      return hasForm(isAddress(value, type.family, type.form), () => {
        if (type.form === 'gateway') return l10n.t`A gateway is an address of IPv${type.family}, auto or dev.`;
        if (type.form === 'route')
          return l10n.t`A route is an address of IPv${type.family} with the length of its prefix.`;
        return type.family === 4
          ? l10n.t('An address is such as 10.0.3.2/24; one blank and a broadcast address may stand behind it.')
          : l10n.t('An address is such as fd00::2/64.');
      });
    case 'vlan':
      if (type.none && value === 'none') return undefined;
      // A minus does no harm to nothing.
      return readUnsigned(value, 4094) === undefined && readNumber(value) !== 0n ? numberFault(4094) : undefined;
    case 'assignment':
    case 'clearOnly':
    case 'flags':
    case 'include':
    case 'interfaceName':
    case 'laxBytes':
    case 'logFile':
    case 'mountEntry':
      return undefined;
  }
};
