import * as l10n from '@vscode/l10n';
import type { ValueType } from '../../schema/types.ts';
import { offsetInText } from '../document.ts';
import type { Entry } from '../document.ts';
import type { Finding, Fix } from '../finding.ts';
import { commentAfterValue } from './values/commonMistakes.ts';
import { found } from '../found.ts';
import { lineEndOf, wholeLines } from './lines.ts';

const isDigit = (code: number): boolean => code >= 48 && code <= 57;

/**
 * A `#` behind a blank and outside quotes, where quotes mean something; -1 when there is none. With a number behind it, it
 * is a number sign, as in names of files.
 */
const noteStart = (value: string, quotes: boolean): number => {
  if (!value.includes('#')) return -1;
  let quote = 0;
  for (let at = 0; at < value.length; at++) {
    const code = value.charCodeAt(at);
    if (quote !== 0) {
      if (code === quote) quote = 0;
    } else if (quotes && (code === 34 || code === 39)) quote = code;
    else if (code === 35 && at > 0 && ' \t'.includes(value.charAt(at - 1)) && !isDigit(value.charCodeAt(at + 1)))
      return at;
  }
  return -1;
};

/** The comment of an entry on one line as a line of its own above it. `at` is where it begins in the value. */
const moveFix = (entry: Entry, at: number, text: string): Fix => {
  const above = wholeLines(text, entry).start;
  const before = entry.value.slice(0, at).trimEnd().length;
  return {
    title: l10n.t('Move the comment above this line'),
    changes: [
      { start: above, end: above, text: `${entry.value.slice(at)}${lineEndOf(text)}` },
      { start: offsetInText(entry, before), end: entry.valueEnd, text: '' },
    ],
  };
};

/** A finding of the value's own check on such a comment, with the better fix that only the file allows. */
export const withMoveFix = (finding: Finding, entry: Entry, at: number, text: string): Finding => {
  if (finding.rule !== commentAfterValue.id || entry.pieces !== undefined) return finding;
  const others = (finding.fixes ?? []).map(({ title, changes }): Fix => ({ title, changes }));
  const move = moveFix(entry, at, text);
  return { ...finding, fixes: [finding.effect === 'none' ? move : { ...move, preferred: true }, ...others] };
};

/** What was meant as a comment behind a value that is taken with it, or is wrong in another way as well. */
export const noteBehindValue = (entry: Entry, type: ValueType, taken: boolean, text: string): Finding | undefined => {
  const at = noteStart(entry.value, type.kind === 'words' || type.kind === 'environment');
  if (at < 0) return undefined;
  const move = moveFix(entry, at, text);
  const fixes = entry.pieces !== undefined ? [] : [taken ? move : { ...move, preferred: true as const }];
  return found(
    commentAfterValue,
    { start: offsetInText(entry, at), end: entry.valueEnd },
    entry.line,
    l10n.t('There are no comments behind a value: this is part of it.'),
    { severity: taken ? 'warning' : 'info', effect: 'none', ...(fixes.length === 0 ? {} : { fixes }) },
  );
};
