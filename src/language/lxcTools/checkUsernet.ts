import * as l10n from '@vscode/l10n';
import type { Context } from '../context.ts';
import type { ConfigDocument, Entry, Span } from '../document.ts';
import type { Finding } from '../finding.ts';
import { found } from '../found.ts';
import { usernetCount, usernetGroup, usernetLineUnread } from './rules.ts';

export type UsernetField = 'type' | 'bridge' | 'count';

/** The fields behind the name, by offsets in the value of a line. */
export const usernetFields = (
  value: string,
): Readonly<Partial<Record<UsernetField, Span & { readonly text: string }>>> => {
  const [type, bridge, count] = [...value.matchAll(/[^ \t]+/gu)]
    .slice(0, 3)
    .map(({ 0: text, index }) => ({ text, start: index, end: index + text.length }));
  return {
    ...(type === undefined ? {} : { type }),
    ...(bridge === undefined ? {} : { bridge }),
    ...(count === undefined ? {} : { count }),
  };
};

/** What LXC reads of one field at once. */
const longestField = 99;

const checkLine = (entry: Entry): Finding | undefined => {
  const { type, bridge, count } = usernetFields(entry.value);
  const unread = (message: string, span: Span = entry, meant?: string): Finding =>
    found(usernetLineUnread, span, entry.line, message, {
      fixes: meant === undefined ? [] : [{ title: l10n.t`Write ${meant}`, changes: [{ ...span, text: meant }] }],
    });
  const inText = ({ start, end }: Span): Span => ({ start: entry.valueStart + start, end: entry.valueStart + end });
  const key = { start: entry.keyStart, end: entry.keyEnd };
  if (type === undefined || bridge === undefined || count === undefined)
    return unread(
      l10n.t(
        'LXC leaves this line out: one is a user or @group, veth, a bridge and a number, as in “anna veth lxcbr0 10”.',
      ),
    );
  if ([entry.key, type.text, bridge.text].some((text) => text.length > longestField))
    return unread(l10n.t`LXC reads at most ${longestField} bytes of a field, and leaves this line out.`);
  if (/^(?:\*|\d+)$/u.test(entry.key))
    return unread(
      l10n.t(
        'LXC looks for the name of a user here, or for @ and the name of a group, and gives nothing to numbers and *.',
      ),
      key,
    );
  if (type.text !== 'veth')
    return unread(
      l10n.t('LXC gives users devices of the type veth only, so this line gives nothing.'),
      inText(type),
      'veth',
    );
  const [written, sign = '', digits] = /^([+-]?)(\d+)/u.exec(count.text) ?? [];
  if (written === undefined || digits === undefined)
    return unread(l10n.t('This is no number, so LXC leaves the line out.'), inText(count));
  if (sign === '-' || /^0+$/u.test(digits))
    return found(
      usernetCount,
      inText(count),
      entry.line,
      l10n.t('This gives no network device; with a number below 0 other lines of the user give fewer, too.'),
    );
  return written === count.text
    ? undefined
    : found(usernetCount, inText(count), entry.line, l10n.t`LXC reads ${written} here and leaves the rest out.`);
};

/** What is wrong with an lxc-usernet, of which LXC says nothing. */
export const checkUsernet = (document: ConfigDocument, _text: string, { lxcVersion }: Context): readonly Finding[] => {
  const wrong = document.loose.flatMap((entry) => checkLine(entry) ?? []);
  const indented = document.mistakes.map(({ start, end, line }) =>
    found(usernetLineUnread, { start, end }, line, l10n.t('LXC leaves out a line that begins with a blank.')),
  );
  const group = lxcVersion === '7.0' ? undefined : document.loose.find(({ key }) => key.startsWith('@'));
  const crash =
    group === undefined
      ? []
      : [
          found(
            usernetGroup,
            { start: group.keyStart, end: group.keyEnd },
            group.line,
            l10n.t`With this line lxc-user-nic of LXC ${lxcVersion} crashes for every user who is not in the group, also for those who have a line of their own: name the users one by one.`,
          ),
        ];
  return [...wrong, ...indented, ...crash].sort((a, b) => a.start - b.start || a.end - b.end);
};
