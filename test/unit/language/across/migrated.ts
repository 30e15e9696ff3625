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

const places = { lxc: '/var/lib/lxc/web/config', nspawn: '/etc/systemd/nspawn/web.nspawn' };

/** What a text is for the other one, by the name `web` where its path says no other. */
export const across = (
  languageId: 'lxc' | 'nspawn',
  text: string,
  of: Context = context,
  path: string = places[languageId],
): MigratedFiles | Refused => {
  const file = openFile(TextDocument.create('file:///a', languageId, 0, text), languageId);
  const result = file && (languageId === 'lxc' ? migrateToNspawn(file, of, path) : migrateToLxc(file, of, path));
  if (result === undefined) throw new Error('it is not converted');
  return result;
};

export const toFiles = (...asked: Parameters<typeof across>): MigratedFiles => {
  const result = across(...asked);
  if (result.kind === 'refused') throw new Error(result.text);
  return result;
};

/** The text of the file whose path ends so. */
export const fileOf = ({ files }: MigratedFiles, end: string): string =>
  files.find(({ path }) => path.endsWith(end))?.text ?? '';
