import * as l10n from '@vscode/l10n';
import type { LxcRelease } from '../../schema/lxcTypes.ts';
import type { Context } from '../context.ts';
import { type ConfigDocument, type Entry, valueSpan } from '../document.ts';
import type { Finding } from '../finding.ts';
import { found } from '../found.ts';
import { isKnownIn, keyNamed } from '../lxc/keys.ts';
import { inOneLine } from '../markdown.ts';
import { nearestName, orMeant } from '../nearestName.ts';
import { beforeBlanks } from '../sorted.ts';
import { systemKeys } from './keys.ts';
import { systemLineUnread, systemValue } from './rules.ts';

const unread = (entry: Entry, message: string, meant?: string): Finding => {
  const span = { start: entry.keyStart, end: entry.keyEnd };
  const fixes = meant === undefined ? [] : [{ title: l10n.t`Write ${meant}`, changes: [{ ...span, text: meant }] }];
  return found(systemLineUnread, span, entry.line, message, { fixes });
};

const unknownKey = (entry: Entry, release: LxcRelease): Finding => {
  const { key } = entry;
  const known = systemKeys().find(({ name }) => name === key);
  if (known !== undefined)
    return unread(entry, l10n.t`LXC ${release} does not know this key; LXC ${known.since ?? ''} brought it.`);
  if (keyNamed(key) !== undefined)
    return unread(
      entry,
      l10n.t(
        'This is a key of containers, which LXC does not read here: it belongs to the configuration of one, or to default.conf.',
      ),
    );
  const names = systemKeys().map(({ name }) => name);
  const meant = nearestName(key, names);
  return unread(
    entry,
    orMeant(l10n.t`LXC has no key “${inOneLine(key)}” for its tools, and leaves the line out.`, meant),
    meant,
  );
};

const checkValue = (entry: Entry): Finding | undefined => {
  const { key, value, line, valueStart, valueEnd } = entry;
  if (value === '')
    return found(
      systemValue,
      entry,
      line,
      l10n.t('An empty value is no default: LXC has an empty text here. Take the line out.'),
    );
  const end = beforeBlanks(value, value.length, ' \t\r');
  const span = { start: valueStart + end, end: valueEnd };
  const remove = [{ title: l10n.t('Remove them'), changes: [{ ...span, text: '' }] }];
  if (end < value.length)
    return found(
      systemValue,
      span,
      line,
      l10n.t('Blanks and a carriage return at the end of the line are a part of the value.'),
      {
        fixes: remove,
      },
    );
  const comment = value.search(/[ \t]#/u);
  if (comment > 0)
    return found(
      systemValue,
      { start: valueStart + comment + 1, end: valueEnd },
      line,
      l10n.t('LXC knows no comments behind a value, so this is a part of it.'),
    );
  if (/^(["']).*\1$/su.test(value))
    return found(systemValue, valueSpan(entry), line, l10n.t('LXC leaves quotes in the value here: write it without.'));
  const isPath = systemKeys().find(({ name }) => name === key)?.kind === 'path';
  return isPath && !value.startsWith('/')
    ? found(
        systemValue,
        valueSpan(entry),
        line,
        l10n.t('A path that does not begin with / begins where the tool is called.'),
      )
    : undefined;
};

/** What is wrong with an lxc.conf, of which LXC says nothing. */
export const checkSystem = (document: ConfigDocument, text: string, { lxcVersion }: Context): readonly Finding[] => {
  const names = new Set(systemKeys().flatMap((key) => (isKnownIn(key, lxcVersion) ? [key.name] : [])));
  const first = new Map<string, Entry>();
  const findings = document.loose.flatMap((entry): readonly Finding[] => {
    if (!names.has(entry.key)) return [unknownKey(entry, lxcVersion)];
    const before = first.get(entry.key);
    if (before !== undefined)
      return [unread(entry, l10n.t`Line ${before.line} sets this key already, and LXC takes the first line.`)];
    // What stands at the very end of the file is no line for LXC.
    if (entry.value === '' && entry.end === text.length) return [];
    first.set(entry.key, entry);
    return [checkValue(entry) ?? []].flat();
  });
  const mistakes = document.mistakes.map(({ start, end, line }) =>
    found(
      systemLineUnread,
      { start, end },
      line,
      text.startsWith('\uFEFF') && line === 1
        ? l10n.t('A byte order mark hides this line from LXC: save the file without it.')
        : l10n.t('LXC leaves this line out: one is a key, “=” and a value.'),
    ),
  );
  return [...findings, ...mistakes].sort((a, b) => a.start - b.start || a.end - b.end);
};
