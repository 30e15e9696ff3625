import type { ValueType } from '../../schema/types.ts';
import { offsetInText } from '../document.ts';
import type { Entry } from '../document.ts';
import type { Finding, RuleInfo } from '../finding.ts';
import { found } from './found.ts';
import { lineEndOf, wholeLines } from './lines.ts';

const noteRule: RuleInfo = {
  id: 'comment-after-value',
  severity: 'warning',
  effect: 'none',
  variants: [{ severity: 'info', effect: 'none' }],
  title: 'A comment stands on a line of its own',
};

export const noteRules: readonly RuleInfo[] = [noteRule];

/** A `#` behind a blank and outside quotes, where quotes mean something; -1 when there is none. */
const noteStart = (value: string, quotes: boolean): number => {
  if (!value.includes('#')) return -1;
  let quote = 0;
  for (let at = 0; at < value.length; at++) {
    const code = value.charCodeAt(at);
    if (quote !== 0) {
      if (code === quote) quote = 0;
    } else if (quotes && (code === 34 || code === 39)) quote = code;
    else if (code === 35 && at > 0 && (value.charCodeAt(at - 1) === 32 || value.charCodeAt(at - 1) === 9)) return at;
  }
  return -1;
};

/** What was meant as a comment behind a value; `taken` is whether systemd takes the value with it. */
export const noteBehindValue = (entry: Entry, type: ValueType, taken: boolean, text: string): Finding | undefined => {
  const at = noteStart(entry.value, type.kind === 'words' || type.kind === 'environment');
  if (at < 0) return undefined;
  const start = offsetInText(entry, at);
  const fixes =
    entry.pieces === undefined
      ? [
          {
            title: 'Move the comment above this line',
            changes: [
              ...[wholeLines(text, entry).start].map((above) => ({
                start: above,
                end: above,
                text: `${entry.value.slice(at)}${lineEndOf(text)}`,
              })),
              { start: offsetInText(entry, entry.value.slice(0, at).trimEnd().length), end: entry.valueEnd, text: '' },
            ],
            ...(taken ? {} : { preferred: true as const }),
          },
        ]
      : [];
  return found(
    noteRule,
    { start, end: entry.valueEnd },
    entry.line,
    'There are no comments behind a value: this is part of it.',
    { ...(taken ? {} : { severity: 'info' }), ...(fixes.length === 0 ? {} : { fixes }) },
  );
};
