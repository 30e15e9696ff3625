import { TextDocument } from 'vscode-languageserver-textdocument';
import { migrateToLxc, migrateToNspawn } from '../../../../src/language/across/migrate.ts';
import { type Context, defaultContext } from '../../../../src/language/context.ts';
import type { Finding } from '../../../../src/language/finding.ts';
import { openFile } from '../../../../src/language/languageService.ts';
import type { MigratedFiles, Refused } from '../../../../src/protocol/migration.ts';

export const context: Context = { ...defaultContext, systemdVersion: 257, lxcVersion: '6.0' };

export const judged = (languageId: 'lxc' | 'nspawn', text: string, of: Context): readonly Finding[] => {
  const file = openFile(TextDocument.create('file:///a', languageId, 0, text), languageId);
  if (file === undefined) throw new Error('no such file type');
  return file.type.check(file.document, text, { ...of, place: { trust: 'trusted' } });
};

/** What a text is for the other one, under the name `web`. */
export const across = (languageId: 'lxc' | 'nspawn', text: string, of: Context = context): MigratedFiles | Refused => {
  const file = openFile(TextDocument.create('file:///a', languageId, 0, text), languageId);
  const result =
    file &&
    (languageId === 'lxc'
      ? migrateToNspawn(file, of, '/var/lib/lxc/web/config')
      : migrateToLxc(file, of, '/etc/systemd/nspawn/web.nspawn'));
  if (result === undefined) throw new Error('it is not converted');
  return result;
};

export const toFiles = (languageId: 'lxc' | 'nspawn', text: string, of: Context = context): MigratedFiles => {
  const result = across(languageId, text, of);
  if (result.kind === 'refused') throw new Error(result.text);
  return result;
};

/** The text of the file whose path ends so. */
export const fileOf = ({ files }: MigratedFiles, end: string): string =>
  files.find(({ path }) => path.endsWith(end))?.text ?? '';
