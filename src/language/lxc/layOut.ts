import type { Entry } from '../document.ts';
import type { TextChange } from '../finding.ts';
import { parseLxc } from './parse.ts';

/** How a configuration of LXC is laid out: one blank on both sides of “=”, none in front of a key. */
export const layOutLxc = (text: string): readonly TextChange[] =>
  parseLxc(text).loose.flatMap((entry): readonly TextChange[] => {
    const changes: TextChange[] = [];
    const rewrite = (start: number, end: number, wanted: string): void => {
      if (text.slice(start, end) !== wanted) changes.push({ start, end, text: wanted });
    };
    let lineStart = entry.start;
    while (lineStart > 0 && ' \t'.includes(text.charAt(lineStart - 1))) lineStart--;
    rewrite(lineStart, entry.start, '');
    const equals = text.indexOf('=', entry.keyEnd);
    let from = equals + 1;
    while (from < entry.end && ' \t'.includes(text.charAt(from))) from++;
    rewrite(entry.keyEnd, from, from < entry.end ? ' = ' : ' =');
    return changes;
  });

/** Quotes that are left out of a value stay as they are. */
export const meaningOfSetting = ({ key, value, valueEnd, end }: Entry): readonly string[] => [
  key,
  value,
  valueEnd < end ? 'quoted' : '',
];
