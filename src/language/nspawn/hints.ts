import type { Context } from '../context.ts';
import { type ConfigDocument, offsetInText, type Span } from '../document.ts';
import type { Hint } from '../fileType.ts';
import { countingEntry } from './countingEntry.ts';
import { FileSettings } from './fileSettings.ts';
import { impliedHints } from './hints/impliedHints.ts';
import { valueHints } from './hints/valueHints.ts';

/** A label must not be longer than what it explains is worth. */
const longestLabel = 60;

/** What a `.nspawn` file sets without saying so, in a part of it. */
export const hintsOfNspawn = (document: ConfigDocument, span: Span, context: Context): readonly Hint[] => {
  const settings = new FileSettings();
  const hints: Hint[] = [];
  const isSeen = (offset: number): boolean => span.start <= offset && offset <= span.end;
  for (const section of document.sections)
    for (const entry of section.entries) {
      const counting = countingEntry(section, entry, context);
      if (counting === undefined) continue;
      settings.take(counting.entry, counting.directive, counting.type);
      if (!isSeen(entry.valueEnd)) continue;
      for (const { after, label, tooltip } of valueHints(counting, context)) {
        // The last character decides: behind it a value may go on in another line.
        const at = after === 0 ? entry.valueStart : offsetInText(entry, after - 1) + 1;
        hints.push({ at, label, tooltip });
      }
    }
  // Of a file that is refused nothing holds.
  const isRefused = document.mistakes.some(
    ({ rule }) => rule !== 'missing-equals' && rule !== 'missing-key' && rule !== 'outside-section',
  );
  if (!isRefused) hints.push(...impliedHints(document, settings, context).filter(({ at }) => isSeen(at)));
  return hints.filter(({ label }) => label.length <= longestLabel);
};
