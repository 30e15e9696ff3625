import * as l10n from '@vscode/l10n';
import { parametersNamed } from '../cgconfig/parameters.ts';
import { readableSize, valueHint } from '../cgconfig/valueHint.ts';
import type { Context } from '../context.ts';
import type { Span } from '../document.ts';
import { codeSpan } from '../markdown.ts';
import { readIdRange } from './idMap.ts';
import type { NamedKey } from './keys.ts';
import { consoleBytes } from './sizes.ts';
import { placeInValue } from './words.ts';

type Note = Span & { readonly markdown: string };

const mountFields: readonly (() => string)[] = [
  () => l10n.t('What is mounted: a path of the host, or a name where the type needs none.'),
  () => l10n.t('Where it is mounted, from the root of the container on and without a slash in front.'),
  () => l10n.t('The type of the file system, none for a directory or file of the host.'),
  () => l10n.t('Options of the mount and of LXC, with commas between them.'),
];

const rangeText = (value: string): string | undefined => {
  const range = readIdRange(value);
  if (range === undefined) return undefined;
  const { of, inside, outside, count } = range;
  const [first, last] = [inside, inside + count - 1n].map(String);
  const [from, to] = [outside, outside + count - 1n].map(String);
  return of === 'u'
    ? l10n.t`Users ${first ?? ''} to ${last ?? ''} of the container are users ${from ?? ''} to ${to ?? ''} of the host.`
    : l10n.t`Groups ${first ?? ''} to ${last ?? ''} of the container are groups ${from ?? ''} to ${to ?? ''} of the host.`;
};

/** What a value that is one whole says. */
const wholeText = ({ key: { name, value: type }, rest }: NamedKey, value: string, context: Context) => {
  if (type.kind === 'idmap') return rangeText(value);
  if (type.kind === 'size') {
    const bytes = consoleBytes(value);
    return bytes === undefined ? undefined : l10n.t`LXC keeps ${readableSize(bytes)}.`;
  }
  if (name === 'lxc.cgroup2.' && rest !== undefined) {
    const parameter = parametersNamed(rest).find(({ version }) => version === 2);
    return parameter && valueHint({ key: rest, value }, parameter, [], context)?.tooltip;
  }
  return undefined;
};

/** What the word at that place of a value means. */
export const describeWord = (named: NamedKey, value: string, at: number, context: Context): Note | undefined => {
  if (value === '') return undefined;
  const whole = wholeText(named, value, context);
  if (whole !== undefined) return { start: 0, end: value.length, markdown: whole };
  const { start, end, words, field } = placeInValue(named, value, at, context.lxcVersion);
  if (start === end) return undefined;
  const written = value.slice(start, end);
  const isAnyCase = 'anyCase' in named.key.value;
  const word = words.find(({ text }) => text === (isAnyCase ? written.toLowerCase() : written));
  const meaning = word?.meaning ?? (field === undefined ? undefined : mountFields[field]?.());
  return meaning === undefined ? undefined : { start, end, markdown: `${codeSpan(written)}: ${meaning}` };
};
