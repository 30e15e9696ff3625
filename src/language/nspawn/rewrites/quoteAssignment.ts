import * as l10n from '@vscode/l10n';
import { indexInValue, offsetInText } from '../../document.ts';
import { extractWords } from '../values/extractWord.ts';
import { hasComment, type RewriteOf } from './rewriteOf.ts';

/**
 * `A=b c` in Environment= is a variable and a word of its own. Where a word without a sign follows a variable, the blank
 * was probably meant to be part of the value.
 */
export const quoteAssignment: RewriteOf = ({ document, entry, type, offset }) => {
  if (type.kind !== 'environment' || hasComment(document, entry)) return [];
  const { value } = entry;
  const { words, failure } = extractWords(value, { unquote: true, retainEscape: true });
  if (failure !== undefined) return [];
  const at = Math.max(0, indexInValue(entry, offset));
  const isVariable = (text: string): boolean => /^[^=\s]+=/u.test(text);
  const first = words.findLastIndex(({ start, text }) => start <= at && isVariable(text));
  const variable = words[first];
  if (variable === undefined) return [];
  let last = first;
  for (; words[last + 1] !== undefined && !isVariable(words[last + 1]?.text ?? '='); last++);
  const end = words[last];
  if (last === first || end === undefined) return [];
  const written = value.slice(variable.start, end.end);
  if (/["']/u.test(written)) return [];
  return [
    {
      title: l10n.t`Quote "${written}" as one variable`,
      changes: [
        {
          start: offsetInText(entry, variable.start),
          end: offsetInText(entry, end.end - 1) + 1,
          text: `"${written}"`,
        },
      ],
    },
  ];
};
