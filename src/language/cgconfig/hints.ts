import type { Context } from '../context.ts';
import type { ConfigDocument, Span } from '../document.ts';
import type { Hint } from '../fileType.ts';
import { parametersNamed } from './parameters.ts';
import { valueHint } from './valueHint.ts';

/** What the kernel makes of the values in a part of a cgconfig.conf. */
export const hintsOfCgconfig = (document: ConfigDocument, span: Span, context: Context): readonly Hint[] => {
  const hints: Hint[] = [];
  for (const group of document.sections) {
    if (group.end < span.start || group.start > span.end) continue;
    if (group.keyword !== 'group' && group.keyword !== 'template') continue;
    for (const { keyword, entries } of group.sections) {
      if (keyword !== 'controller') continue;
      for (const entry of entries) {
        if (entry.valueEnd < span.start || entry.valueEnd > span.end) continue;
        const [parameter] = parametersNamed(entry.key);
        const hint = parameter && valueHint(entry, parameter, entries, context);
        if (hint !== undefined) hints.push({ at: entry.end, ...hint });
      }
    }
  }
  return hints;
};
