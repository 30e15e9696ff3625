import * as l10n from '@vscode/l10n';
import type { Context } from '../context.ts';
import type { ConfigDocument } from '../document.ts';
import { lastEntryBefore } from '../locate.ts';
import { lxcPlaceAt } from '../lxc/cursorPlace.ts';
import { isKnownIn } from '../lxc/keys.ts';
import { codeSpan } from '../markdown.ts';
import type { CursorPlace, HostWish, KeyWord, Vocabulary } from '../vocabulary.ts';
import { type UsernetField, usernetFields } from './checkUsernet.ts';
import { netKeys, systemKeys, type ToolKey } from './keys.ts';

const textOf = ({ meaning, default: usual, since }: ToolKey): string =>
  [
    meaning,
    ...(usual === undefined ? [] : [l10n.t`Without a line it is ${codeSpan(usual)}.`]),
    ...(since === undefined ? [] : [l10n.t`LXC ${since} brought it.`]),
  ].join('\n\n');

const wishesOf = ({ kind }: ToolKey, value: string): readonly HostWish[] => {
  const whole = { start: 0, end: value.length };
  if (kind === 'path') return [{ object: 'path', ...whole }];
  return kind === 'bridge' ? [{ object: 'bridge', ...whole }] : [];
};

const wordOf = (key: ToolKey, snippet: string): KeyWord => ({
  name: key.name,
  documentation: () => textOf(key),
  snippet,
  single: true,
  deprecated: false,
  suggestions: (value) => {
    const words = key.kind === 'truth' ? ['true', 'false'] : key.default === undefined ? [] : [key.default];
    return words.map((text) => ({
      text,
      start: 0,
      end: value.length,
      ...(text === key.default ? { detail: l10n.t('default') } : {}),
    }));
  },
  wishes: (value) => wishesOf(key, value),
  describe: () => undefined,
});

const ofKeys = (keys: () => readonly ToolKey[], snippet: string): Vocabulary => ({
  placeAt: lxcPlaceAt,
  blocks: () => [],
  keys: (_path, { lxcVersion }: Context) =>
    keys().flatMap((key) => (isKnownIn(key, lxcVersion) ? [wordOf(key, snippet)] : [])),
  key: (_path, name) => {
    const key = keys().find((one) => one.name === name);
    return key === undefined ? undefined : wordOf(key, snippet);
  },
});

export const systemVocabulary = ofKeys(systemKeys, ' = $1');
export const netVocabulary = ofKeys(netKeys, '="$1"');

const fieldText = (field: UsernetField, text: string): string => {
  switch (field) {
    case 'type':
      return l10n.t('The type of the network device: LXC knows veth only.');
    case 'bridge':
      return text === 'none'
        ? l10n.t('The devices are linked to no bridge.')
        : l10n.t`The devices are linked to the bridge ${codeSpan(text)} of the host.`;
    case 'count':
      return l10n.t('How many such devices may be there at once. Lines for the same name add up.');
  }
};

const fieldAt = (value: string, at: number): UsernetField | undefined => {
  const before = value.slice(0, at).match(/[^ \t]+/gu)?.length ?? 0;
  const isInside = at > 0 && !/[ \t]/u.test(value.charAt(at - 1));
  return (['type', 'bridge', 'count'] as const)[isInside ? before - 1 : before];
};

/** A line: its name, and what stands behind it. */
const lineWord = (name: string): KeyWord => ({
  name,
  documentation: () =>
    name.startsWith('@')
      ? l10n.t`The members of the group ${codeSpan(name.slice(1))} may make network devices for their containers.`
      : l10n.t`The user ${codeSpan(name)} may make network devices for containers.`,
  snippet: '',
  single: false,
  deprecated: false,
  suggestions: (value, at) => {
    const field = fieldAt(value, at);
    const span = (field === undefined ? undefined : usernetFields(value)[field]) ?? { start: at, end: at };
    const texts =
      field === 'type' ? ['veth'] : field === 'bridge' ? ['lxcbr0', 'none'] : field === 'count' ? ['10'] : [];
    return texts.map((text) => ({ text, start: span.start, end: span.end }));
  },
  wishes: (value, at) => {
    if (fieldAt(value, at) !== 'bridge') return [];
    const { start, end } = usernetFields(value).bridge ?? { start: at, end: at };
    return [{ object: 'bridge', start, end }];
  },
  describe: (value, at) => {
    for (const [name_, field] of Object.entries(usernetFields(value)))
      if (field.start <= at && at <= field.end)
        return { start: field.start, end: field.end, markdown: fieldText(name_ as UsernetField, field.text) };
    return undefined;
  },
});

/** The name of a line that is being typed. */
const nameWord: KeyWord = {
  ...lineWord(''),
  suggestions: (value) =>
    value === '' ? [{ text: '@', start: 0, end: 0, detail: l10n.t('the members of a group') }] : [],
  wishes: (value) =>
    value.startsWith('@')
      ? [{ object: 'hostGroup', start: 1, end: value.length }]
      : [{ object: 'hostUser', start: 0, end: value.length }],
};

const nameKeyword = 'name';

const usernetPlaceAt = (document: ConfigDocument, text: string, offset: number): CursorPlace | undefined => {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const typed = text.slice(lineStart, offset);
  if (!/[ \t]/u.test(typed)) {
    const [rest = ''] = /^[^ \t\r\n]*/u.exec(text.slice(offset, offset + 100)) ?? [];
    const path = [{ keyword: nameKeyword, name: '' }];
    const value = typed + rest;
    return { kind: 'value', path, key: '', value, at: typed.length, offsetInText: (at) => lineStart + at };
  }
  const entry = lastEntryBefore(document, offset);
  if (entry === undefined || entry.start < lineStart || offset <= entry.keyEnd) return undefined;
  const end = Math.max(entry.valueEnd, offset);
  const start = Math.min(entry.valueStart, offset);
  const value = text.slice(start, end);
  return { kind: 'value', path: [], key: entry.key, value, at: offset - start, offsetInText: (at) => start + at };
};

export const usernetVocabulary: Vocabulary = {
  placeAt: usernetPlaceAt,
  blocks: () => [],
  keys: () => [],
  key: (path, name) => (path.at(-1)?.keyword === nameKeyword ? nameWord : lineWord(name)),
};
