/**
 * merge_settings() of nspawn.c: which settings a command line option drops together (SETTING_…), and which do not count in
 * a file that lies next to the image.
 */
import { functionBody, SourceProblem } from './cText.ts';
import type { Trust } from '../types.ts';

export interface MergeBlock {
  /** Such as `NETWORK`. */
  readonly mask: string;
  readonly text: string;
}

/** Its blocks, one a mask; `nspawn` is nspawn.c without comments. */
export const parseMergeSettings = (nspawn: string): readonly MergeBlock[] => {
  const body = functionBody(nspawn, 'merge_settings');
  if (body === undefined) throw new SourceProblem('there is no merge_settings() any more');
  // One statement at the left margin of the body each.
  return body.split(/^ {8}(?=(?:if|for) \()/mu).flatMap((text) => {
    const mask = /\bSETTING_(\w+)/u.exec(text)?.[1];
    return mask === undefined ? [] : [{ mask, text }];
  });
};

/**
 * The mask of a member of Settings.
 * @throws SourceProblem when no block takes it over, or several do
 */
export const maskOf = (blocks: readonly MergeBlock[], field: string): string => {
  const taken = new RegExp(`\\bsettings->${field}\\b|= settings_${field}\\(settings\\)`, 'u');
  const masks = blocks.filter(({ text }) => taken.test(text)).map(({ mask }) => mask);
  const [mask] = masks;
  if (mask === undefined || masks.length > 1)
    throw new SourceProblem(`merge_settings() takes ${field} over in ${masks.length} places (${masks.join(', ')})`);
  return mask;
};

/** What becomes of a directive in a file that is not trusted. */
export const trustIn = (blocks: readonly MergeBlock[], mask: string, directive: string): Trust => {
  const text = blocks.find((block) => block.mask === mask)?.text;
  if (text === undefined) throw new SourceProblem(`merge_settings() has nothing for ${mask} (${directive}=)`);
  if (!text.includes('!arg_settings_trusted')) return 'honoured';
  if (mask === 'SYSCALL_FILTER') {
    if (/!arg_settings_trusted && !strv_isempty\(settings->syscall_(?:allow_list|whitelist)\)/u.test(text))
      return 'denyOnly';
    throw new SourceProblem('merge_settings() decides about SystemCallFilter= in a new way');
  }
  // Here each directive has its own warning; the drop list is merged for every file.
  if (mask === 'CAPABILITY') return text.includes(`Ignoring ${directive}= setting`) ? 'ignored' : 'honoured';
  const warnings = text.match(/Ignoring /gu)?.length;
  if (warnings !== 1)
    throw new SourceProblem(`merge_settings() warns ${warnings ?? 0} times for ${mask}: read it again`);
  return 'ignored';
};
