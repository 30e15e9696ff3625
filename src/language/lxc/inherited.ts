import * as l10n from '@vscode/l10n';
import type { Context } from '../context.ts';
import type { Entry } from '../document.ts';
import { codeSpan } from '../markdown.ts';
import type { Here } from '../vocabulary.ts';
import { keyNamed, type NamedKey } from './keys.ts';
import type { Reading } from './reading.ts';
import { readLxc } from './readLxc.ts';

const mostShown = 8;

/** Which of the lines of a key count behind the last line of all files. */
const countingOf = (named: NamedKey, kept: readonly Entry[]): ReadonlySet<Entry> => {
  const { key } = named;
  // The words of one key are of several mounts.
  const addUp = key.repeat === 'append' || key.name === 'lxc.mount.auto';
  return new Set(addUp ? kept : kept.slice(-1));
};

/** Tells of the settings that are taken whether they count behind the last line of all files. */
export const countingIn = (reading: Reading): ((entry: Entry) => boolean) => {
  const counting = new Map<string, ReadonlySet<Entry>>();
  return (entry) => {
    const named = keyNamed(entry.key);
    if (named === undefined || reading.clearedBy.has(entry)) return false;
    const kept = reading.kept(named);
    const known = counting.get(entry.key) ?? countingOf(named, kept);
    counting.set(entry.key, known);
    // What stands before a file that is not known may still count.
    return known.has(entry) || (kept.length === 0 && reading.isUnsure);
  };
};

const lineOf = ({ value, line, file = '' }: Entry, counts: boolean): string => {
  if (value === '') return l10n.t`Line ${line} of ${codeSpan(file)} clears it`;
  return counts
    ? l10n.t`Line ${line} of ${codeSpan(file)}: ${codeSpan(value)}`
    : l10n.t`Line ${line} of ${codeSpan(file)}, which does not count: ${codeSpan(value)}`;
};

/** What included files set of a key, as markdown behind what is known of it; nothing where they do not. */
export const inheritedText = (named: NamedKey, written: string, context: Context, { document }: Here): string => {
  const { parts, taken, reading } = readLxc(document, context);
  if (parts.length === 0) return '';
  const inherited = taken.filter(({ file, key }) => file !== undefined && key === written);
  if (inherited.length === 0 || named.key.value.kind === 'include') return '';
  const counting = countingOf(named, reading.kept(named));
  const lines = inherited.slice(-mostShown).map((entry) => `- ${lineOf(entry, counting.has(entry))}`);
  const left = inherited.length - lines.length;
  return [
    '',
    '',
    '---',
    '',
    l10n.t('Included files say of this key:'),
    '',
    ...(left > 0 ? [`- ${l10n.t`${left} more lines`}`] : []),
    ...lines,
  ].join('\n');
};
