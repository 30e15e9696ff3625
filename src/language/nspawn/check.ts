import type { Context } from '../context.ts';
import type { ConfigDocument } from '../document.ts';
import type { Finding } from '../finding.ts';

/** Everything that is wrong with a `.nspawn` file, in the order of the text. */
export const checkNspawn = (_document: ConfigDocument, _text: string, _context: Context): readonly Finding[] => [];
