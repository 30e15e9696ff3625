import * as l10n from '@vscode/l10n';
import { valueSets } from '../../schema/valueSets.ts';
import { parametersNamed } from '../cgconfig/parameters.ts';
import { readableSize, valueHint } from '../cgconfig/valueHint.ts';
import type { Context } from '../context.ts';
import type { ConfigDocument, Entry, Span } from '../document.ts';
import type { Hint } from '../fileType.ts';
import { readIdRange } from './idMap.ts';
import { isKnownIn, keyNamed, type NamedKey } from './keys.ts';
import { readNumber } from './numbers.ts';
import { consoleBytes } from './sizes.ts';
import { valueFault } from './values.ts';

type ValueHint = Omit<Hint, 'at'>;

/** The first user and group of a person on nearly every system. */
const firstPerson = 1000n;

const idHint = (value: string): ValueHint | undefined => {
  const range = readIdRange(value);
  if (range === undefined) return undefined;
  const { of, inside, outside, count } = range;
  const hasPerson = inside <= firstPerson && firstPerson < inside + count;
  const one = hasPerson ? firstPerson : inside + count - 1n;
  // Of a single number the line says it itself.
  if (one === inside) return undefined;
  const [from, to] = [String(one), String(outside + one - inside)];
  return {
    label: `${from} → ${to}`,
    tooltip:
      of === 'u'
        ? l10n.t`User ${from} of the container is user ${to} of the host.`
        : l10n.t`Group ${from} of the container is group ${to} of the host.`,
  };
};

const bytesHint = (bytes: bigint): ValueHint | undefined => {
  if (bytes < 1024n) return undefined;
  const size = readableSize(bytes);
  return { label: `= ${size}`, tooltip: l10n.t`${String(bytes)} bytes are ${size}.` };
};

const consoleHint = (value: string): ValueHint | undefined => {
  const bytes = consoleBytes(value);
  if (bytes === undefined || value === `${bytes / 1024n}KB` || value === `${bytes / 1024n ** 2n}MB`) return undefined;
  return {
    label: `→ ${readableSize(bytes)}`,
    tooltip: l10n.t('LXC rounds up to a power of two, and to 4 KiB at least; a single letter does not count.'),
  };
};

/** Limits of setrlimit(2) that are counted in bytes. */
const inBytes: ReadonlySet<string> = new Set(['as', 'core', 'data', 'fsize', 'memlock', 'msgqueue', 'rss', 'stack']);

const limitHint = (name: string, value: string): ValueHint | undefined => {
  if (!inBytes.has(name)) return undefined;
  const sizes = value.split(':', 2).map((one) => {
    const text = one.trim();
    return /^\d{1,19}$/u.test(text) ? readableSize(BigInt(text)) : text;
  });
  const label = `= ${sizes.join(':')}`;
  return /[KMGTPE]iB/u.test(label)
    ? { label, tooltip: l10n.t('The limit in larger units; the first one is the soft limit.') }
    : undefined;
};

/** A number that is written otherwise than people do. */
const numberHint = (value: string): ValueHint | undefined => {
  const number = readNumber(value);
  return number === undefined || /^-?(?:0|[1-9]\d*)$/u.test(value)
    ? undefined
    : {
        label: `= ${String(number)}`,
        tooltip: l10n.t('The same number as it is mostly written; with a 0 in front it is octal.'),
      };
};

const signalHint = (value: string): ValueHint | undefined => {
  const number = readNumber(value);
  const signal = valueSets.signals.find((one) => BigInt(one.number) === number);
  return signal && { label: `= ${signal.name}`, tooltip: l10n.t('The signal of that number.') };
};

const hintOf = ({ key: { name, value: type }, rest = '' }: NamedKey, value: string, context: Context) => {
  switch (type.kind) {
    case 'idmap':
      return idHint(value);
    case 'size':
      return consoleHint(value);
    case 'laxBytes': {
      const bytes = readNumber(value);
      return bytes === undefined ? undefined : bytesHint(bytes);
    }
    case 'limit':
      return limitHint(rest, value);
    case 'signal':
      return signalHint(value);
    case 'unsigned':
    case 'laxUnsigned':
    case 'signed':
      return numberHint(value);
    case 'text': {
      if (name !== 'lxc.cgroup2.') return undefined;
      const parameter = parametersNamed(rest).find(({ version }) => version === 2);
      return parameter && valueHint({ key: rest, value }, parameter, [], context);
    }
    default:
      return undefined;
  }
};

const hintsOfEntry = (entry: Entry, context: Context): readonly Hint[] => {
  const named = keyNamed(entry.key);
  if (named === undefined || entry.value === '' || !isKnownIn(named.key, context.lxcVersion)) return [];
  // A finding says what is wrong with it.
  if (valueFault(entry.value, named.key.value, context.lxcVersion) !== undefined) return [];
  const hint = hintOf(named, entry.value, context);
  return hint === undefined ? [] : [{ at: entry.end, ...hint }];
};

/** What LXC and the kernel make of the values in a part of a configuration. */
export const hintsOfLxc = (document: ConfigDocument, span: Span, context: Context): readonly Hint[] =>
  document.loose.flatMap((entry) =>
    entry.end < span.start || entry.end > span.end ? [] : hintsOfEntry(entry, context),
  );
