import * as l10n from '@vscode/l10n';
import type { RewriteOf } from './rewriteOf.ts';

/** Words that are selected together become one by quotes, in the lists where quotes group. */
export const quoteSelection: RewriteOf = ({ text, entry, type, offset, end }) => {
  if (type.kind !== 'words' && type.kind !== 'environment') return [];
  if (offset < entry.valueStart || end > entry.valueEnd) return [];
  const selected = text.slice(offset, end);
  const written = selected.trim();
  if (!/[ \t]/u.test(written) || /["'\r\n\0]/u.test(written)) return [];
  const start = offset + selected.indexOf(written);
  return [
    {
      title: l10n.t('Quote the selection as one word'),
      changes: [{ start, end: start + written.length, text: `"${written}"` }],
    },
  ];
};
