import * as l10n from '@vscode/l10n';
import { cgroupSchema } from '../../schema/cgroupSchema.ts';
import { describeDestination } from '../cgroups/describeDestination.ts';
import type { Context } from '../context.ts';
import type { Span } from '../document.ts';
import { codeSpan, escapeMarkdown } from '../markdown.ts';
import { userOf } from './fields.ts';
import type { FieldName } from './fields.ts';
import { inSeries } from '../shown.ts';

type Note = Span & { readonly markdown: string };

/** What cgroup_change_cgroup_flags() of api.c puts into a destination. */
export const placeholders: ReadonlyMap<string, string> = new Map([
  ['%u', l10n.t('the name of the user that the process runs as')],
  ['%U', l10n.t('the number of that user')],
  ['%g', l10n.t('the name of the group that the process runs as')],
  ['%G', l10n.t('the number of that group')],
  ['%p', l10n.t('the name of the process, or its number where the name is not known')],
  ['%P', l10n.t('the number of the process')],
]);

export const optionTexts: ReadonlyMap<string, string> = new Map([
  [
    'ignore',
    l10n.t(
      'A process that is in the destination already, or in a group whose name begins so, is left alone; for all others the next rules are looked at. libcgroup 3.2 leaves processes with realtime priority out.',
    ),
  ],
  ['ignore_rt', l10n.t('Like `ignore`, for processes with realtime priority only. Since libcgroup 3.2.')],
]);

const numberOf = (
  name: string,
  accounts: readonly { readonly name: string; readonly id?: number }[] = [],
): number | undefined => accounts.find((one) => one.name === name)?.id;

const userText = (user: string, { host, libcgroupVersion }: Context): string => {
  if (user.startsWith('*'))
    return l10n.t('Every user. The first rule that fits a process counts, so it belongs to the end.');
  if (user.startsWith('%'))
    return libcgroupVersion === '3.2'
      ? l10n.t('Goes on with the user of the line above, but libcgroup 3.2 skips all such lines.')
      : l10n.t('Goes on with the user of the line above: a process that it fits is moved for both lines.');
  if (user.startsWith('@')) {
    const group = user.slice(1);
    const name = escapeMarkdown(group);
    const gid = numberOf(group, host?.groups);
    return gid === undefined
      ? l10n.t`Every user whose group is **${name}**, or who is a member of it.`
      : l10n.t`Every user whose group is **${name}** (${gid} on this host), or who is a member of it.`;
  }
  const uid = numberOf(user, host?.users);
  return uid === undefined
    ? l10n.t`Processes that run as the user **${escapeMarkdown(user)}**. A user is named, not numbered.`
    : l10n.t`Processes that run as the user **${escapeMarkdown(user)}** (${uid} on this host). A user is named, not numbered.`;
};

const processText = (process: string): string =>
  process.endsWith('*')
    ? l10n.t`Only processes whose name begins with ${codeSpan(process.slice(0, -1))}.`
    : l10n.t`Only the process ${codeSpan(process)}, by its name or its whole path; a \`*\` at the end stands for any rest.`;

const controllerText = (name: string, { host }: Context): string => {
  if (name === '*') return l10n.t('All controllers that are mounted.');
  const known = cgroupSchema.controllers.find((one) => one.name === name);
  if (known === undefined) return '';
  const mounted = host?.controllers.find((one) => one.name === name);
  const what = l10n.t`The controller **${name}** of cgroup ${inSeries(known.versions.map((version) => `v${version}`))}.`;
  return mounted === undefined ? what : `${what} ${l10n.t`This host has it as cgroup v${mounted.version}.`}`;
};

/** The word between commas that a place touches. */
export const wordBetweenCommas = (text: string, at: number): Span & { readonly word: string } => {
  const start = text.lastIndexOf(',', at - 1) + 1;
  const next = text.indexOf(',', Math.max(at, start));
  const end = next < 0 ? text.length : next;
  return { start, end, word: text.slice(start, end) };
};

const destinationNote = (text: string, at: number, context: Context): Note => {
  for (const { 0: written, index } of text.matchAll(/\\.|%[UuGgPp]/gu)) {
    if (at < index || at >= index + written.length) continue;
    const meaning = placeholders.get(written);
    const markdown =
      meaning === undefined
        ? l10n.t('The backslash is left out, and what follows it stands for itself.')
        : l10n.t`Becomes ${meaning}.`;
    return { start: index, end: index + written.length, markdown };
  }
  const made = [...placeholders.keys()].some((one) => text.includes(one))
    ? ` ${l10n.t('It is made when a process needs it.')}`
    : '';
  const place = `${l10n.t('The group that the process is moved to, below the root of the hierarchy of each controller.')}${made}`;
  const defined = describeDestination(text, context);
  return { start: 0, end: text.length, markdown: defined === '' ? place : `${place}\n\n${defined}` };
};

/** What a part of a field means; `at` is a place in the text of the field. */
export const describeField = (field: FieldName, text: string, at: number, context: Context): Note | undefined => {
  switch (field) {
    case 'key': {
      const user = userOf(text);
      if (at <= user.length) return { start: 0, end: user.length, markdown: userText(user, context) };
      return { start: user.length + 1, end: text.length, markdown: processText(text.slice(user.length + 1)) };
    }
    case 'controllers': {
      const { word, start, end } = wordBetweenCommas(text, at);
      const markdown = controllerText(word, context);
      return markdown === '' ? undefined : { start, end, markdown };
    }
    case 'destination':
      return destinationNote(text, at, context);
    case 'options': {
      const { word, start, end } = wordBetweenCommas(text, at);
      const markdown = optionTexts.get(word);
      return markdown === undefined ? undefined : { start, end, markdown };
    }
  }
};
