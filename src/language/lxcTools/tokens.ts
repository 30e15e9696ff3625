import type { Context } from '../context.ts';
import type { ConfigDocument, Entry } from '../document.ts';
import { isKnownIn } from '../lxc/keys.ts';
import type { Token } from '../token.ts';
import { usernetFields } from './checkUsernet.ts';
import { netKeys, systemKeys, type ToolKey } from './keys.ts';

const outdated = (entry: Entry, keys: readonly ToolKey[], { lxcVersion }: Context): readonly Token[] => {
  const key = keys.find(({ name }) => name === entry.key);
  return key !== undefined && !isKnownIn(key, lxcVersion)
    ? [{ type: 'property', start: entry.keyStart, end: entry.keyEnd, deprecated: true }]
    : [];
};

const unread = ({ mistakes }: ConfigDocument): readonly Token[] =>
  mistakes.flatMap(({ start, end }) => ({ type: 'comment' as const, start, end }));

/** What LXC does not read, and keys of other versions. */
export const tokensOfSystem = (document: ConfigDocument, context: Context): readonly Token[] => [
  ...unread(document),
  ...document.loose.flatMap((entry) => outdated(entry, systemKeys(), context)),
];

export const tokensOfUsernet = (document: ConfigDocument): readonly Token[] => [
  ...unread(document),
  ...document.loose.flatMap(({ value, valueStart }): readonly Token[] => {
    const { type } = usernetFields(value);
    return type?.text === 'veth'
      ? [{ type: 'enumMember', start: valueStart + type.start, end: valueStart + type.end }]
      : [];
  }),
];

export const tokensOfNet = (document: ConfigDocument, context: Context): readonly Token[] =>
  document.loose.flatMap((entry): readonly Token[] => {
    const isWord = entry.value === 'true' || entry.value === 'false';
    const word: readonly Token[] = isWord ? [{ type: 'enumMember', start: entry.valueStart, end: entry.valueEnd }] : [];
    return [...outdated(entry, netKeys(), context), ...word];
  });
