import type { ValueType } from '../../schema/types.ts';
import type { Context } from '../context.ts';
import { type ConfigDocument, offsetInText, type Span } from '../document.ts';
import type { HostPath } from '../namedOnHost.ts';
import { extractWords, type Word } from './values/extractWord.ts';
import { countingEntry } from './countingEntry.ts';

const fields = (value: string): readonly Word[] => extractWords(value, { separators: ':', emptyWords: true }).words;

/** The parts of a value that name something of the host; what is inside the machine is left out. */
const partsOnHost = (name: string, type: ValueType, value: string): readonly (Span & { readonly text: string })[] => {
  switch (type.kind) {
    case 'bind':
      return fields(value).slice(0, 1);
    case 'overlay': {
      const all = fields(value);
      return all.length > 2 ? all.slice(0, -1) : all;
    }
    case 'absolutePath':
      return name === 'NamespacePath' ? [{ start: 0, end: value.length, text: value }] : [];
    default:
      return [];
  }
};

/** Absolute paths of the host that a `.nspawn` file names. One that begins with `+` is a path in the image. */
export const hostPathsOfNspawn = (document: ConfigDocument, context: Context): readonly HostPath[] =>
  document.sections.flatMap((section) =>
    section.entries.flatMap((entry) => {
      const counting = countingEntry(section, entry, context);
      if (counting === undefined) return [];
      return partsOnHost(entry.key, counting.type, counting.entry.value).flatMap(({ start, end, text }) => {
        if (!text.startsWith('/') || text.includes('\0')) return [];
        const from = offsetInText(entry, start);
        const to = offsetInText(entry, end - 1) + 1;
        // A path over two lines is none that can be followed.
        return to - from === end - start ? [{ start: from, end: to, path: text }] : [];
      });
    }),
  );
