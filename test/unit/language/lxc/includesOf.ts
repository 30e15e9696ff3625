import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Included, Includes } from '../../../../src/language/includes.ts';
import { openFile } from '../../../../src/language/languageService.ts';

/** Of what is no file. */
type Other = Exclude<Included, { readonly kind: 'file' }>;

const fileAt = (path: string, text: string): Included => {
  const file = openFile(TextDocument.create(`file://${path}`, 'lxc', 0, text), 'lxc');
  return file === undefined ? { kind: 'unknown' } : { kind: 'file', file };
};

/** What lies where the configuration of a container may include it: files by their texts, and all else. */
export const includesOf = (
  at: Readonly<Record<string, string | Other>>,
  from = '/var/lib/lxc/web/config',
): Includes => ({
  from,
  at: new Map(
    Object.entries(at).map(([path, one]) => [path, typeof one === 'string' ? fileAt(path, one) : one] as const),
  ),
});
