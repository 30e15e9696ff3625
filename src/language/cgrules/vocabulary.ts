import * as l10n from '@vscode/l10n';
import { cgroupSchema } from '../../schema/cgroupSchema.ts';
import type { Context } from '../context.ts';
import type { HostWish, KeyWord, Suggestion, Vocabulary } from '../vocabulary.ts';
import { cgrulesPlaceAt, fieldKeyword } from './cursorPlace.ts';
import { describeField, optionTexts, placeholders, wordBetweenCommas } from './describeField.ts';
import { fieldsOf, userOf } from './fields.ts';
import type { FieldName } from './fields.ts';

const names: readonly FieldName[] = ['key', 'controllers', 'destination', 'options'];

const userSuggestions = (value: string, at: number): readonly Suggestion[] => {
  const { length: end } = userOf(value);
  if (at > end) return [];
  return [
    { text: '*', start: 0, end, detail: l10n.t('every user') },
    { text: '%', start: 0, end, detail: l10n.t('goes on with the user of the line above') },
    ...(value.startsWith('@') ? [] : [{ text: '@', start: 0, end, detail: l10n.t('the members of a group') }]),
  ];
};

const userWishes = (value: string, at: number): readonly HostWish[] => {
  const { length: end } = userOf(value);
  if (at > end) return [];
  return value.startsWith('@') && at > 0
    ? [{ object: 'hostGroup', start: 1, end }]
    : [{ object: 'hostUser', start: 0, end }];
};

/** Those that the host has mounted, before the others. */
const controllerSuggestions = (value: string, at: number, { host }: Context): readonly Suggestion[] => {
  const { start, end } = wordBetweenCommas(value, at);
  const used = new Set((value.slice(0, start) + value.slice(end)).split(','));
  const mounted = host?.controllers ?? [];
  const known = cgroupSchema.controllers.map(({ name }) => name);
  const others = known.filter((name) => name !== 'cgroup' && !mounted.some((one) => one.name === name));
  return [
    ...mounted.map(({ name, version }) => ({ text: name, detail: l10n.t`cgroup v${version} here` })),
    ...(used.size <= 1 ? [{ text: '*', detail: l10n.t('all that are mounted') }] : []),
    ...others.map((text) => ({ text, ...(mounted.length === 0 ? {} : { detail: l10n.t('not mounted here') }) })),
  ]
    .filter(({ text }) => !used.has(text))
    .map((one) => ({ ...one, start, end }));
};

/** Groups and templates of the files that are read with this one, and what is replaced for each process. */
const destinationSuggestions = (value: string, at: number, { groups }: Context): readonly Suggestion[] => {
  const blocks = (groups?.others ?? []).flatMap((file) =>
    file.blocks.map(({ keyword, name }) => ({ text: name, detail: l10n.t`${keyword} of ${file.name}` })),
  );
  const byName = new Map(blocks.map((block) => [block.text, block]));
  const start = value.charAt(at - 1) === '%' ? at - 1 : at;
  return [
    ...[...byName.values()].map((block) => ({ ...block, start: 0, end: value.length })),
    ...[...placeholders].map(([text, detail]) => ({ text, detail, start, end: at })),
  ];
};

const optionSuggestions = (value: string, at: number, { libcgroupVersion }: Context): readonly Suggestion[] => {
  const { start, end } = wordBetweenCommas(value, at);
  const known = [...optionTexts.keys()].filter((name) => libcgroupVersion === '3.2' || name === 'ignore');
  return known.map((text) => ({ text, start, end }));
};

const suggestionsOf = (field: FieldName, value: string, at: number, context: Context): readonly Suggestion[] => {
  switch (field) {
    case 'key':
      return userSuggestions(value, at);
    case 'controllers':
      return controllerSuggestions(value, at, context);
    case 'destination':
      return destinationSuggestions(value, at, context);
    case 'options':
      return optionSuggestions(value, at, context);
  }
};

const plain = { snippet: '', single: false, deprecated: false } as const;

/** A field, for completion. */
const fieldWord = (field: FieldName, context: Context): KeyWord => ({
  ...plain,
  name: field,
  documentation: () => '',
  suggestions: (value, at) => suggestionsOf(field, value, at, context),
  wishes: (value, at) => (field === 'key' ? userWishes(value, at) : []),
  describe: (value, at) => describeField(field, value, at, context),
});

/** A rule, for hover: its key is the first word, its value the rest of the line. */
const ruleWord = (key: string, context: Context): KeyWord => ({
  ...plain,
  name: key,
  documentation: () => {
    const user = userOf(key.replaceAll('"', ''));
    const ofUser = describeField('key', key.replaceAll('"', ''), 0, context);
    const ofProcess =
      key.length > user.length + 1
        ? describeField('key', key.replaceAll('"', ''), user.length + 1, context)
        : undefined;
    return [ofUser, ofProcess].flatMap((note) => (note === undefined ? [] : [note.markdown])).join('\n\n');
  },
  suggestions: () => [],
  wishes: () => [],
  describe: (value, at) => {
    const text = `${key} ${value}`;
    const from = key.length + 1;
    const fields = fieldsOf(text, { start: 0, end: text.length }, context.libcgroupVersion);
    for (const name of names) {
      const field = fields[name];
      if (field === undefined || from + at < field.start || from + at > field.end) continue;
      const inner = text.indexOf(field.text, field.start);
      const note = describeField(name, field.text, Math.max(0, from + at - inner), context);
      if (note === undefined) return undefined;
      return { ...note, start: Math.max(0, inner + note.start - from), end: inner + note.end - from };
    }
    return undefined;
  },
});

/** What may be written in a cgrules.conf. */
export const cgrulesVocabulary: Vocabulary = {
  placeAt: cgrulesPlaceAt,
  blocks: () => [],
  keys: () => [],
  key: (path, name, context) => {
    const block = path.at(-1);
    if (block?.keyword !== fieldKeyword) return ruleWord(name, context);
    const field = names.find((one) => one === block.name);
    return field === undefined ? undefined : fieldWord(field, context);
  },
};
