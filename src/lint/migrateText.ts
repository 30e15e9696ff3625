import * as l10n from '@vscode/l10n';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { migrateToSystemd, migrateToV2 } from '../language/cgconfig/migrate/migrate.ts';
import type { Context } from '../language/context.ts';
import type { FileType, LanguageId } from '../language/fileType.ts';
import { openFileAs } from '../language/openFile.ts';
import type { MigrationNote } from '../protocol/migration.ts';

export interface Migrated {
  /** What is to be printed. */
  readonly text: string;
  /** A line for each thing to know. */
  readonly notes: readonly string[];
}

const noteLine = (name: string, { line, level, text }: MigrationNote): string => `${name}:${line}: ${level}: ${text}`;

/** @throws Error whose message says why the file cannot be migrated */
export const migrateText = (
  name: string,
  text: string,
  language: LanguageId,
  context: Context,
  to: 'v2' | 'systemd',
  types: readonly FileType[],
): Migrated => {
  const file = openFileAs(TextDocument.create('file:///', language, 0, text), language, types);
  const result = file && (to === 'v2' ? migrateToV2(file, context) : migrateToSystemd(file, context));
  if (result === undefined)
    throw new Error(
      to === 'v2'
        ? l10n.t('--migrate v2 is for a cgconfig.conf or a cgrules.conf.')
        : l10n.t('--migrate systemd is for a cgconfig.conf.'),
    );
  if (result.kind === 'refused') throw new Error(l10n.t`line ${result.line}: ${result.text}`);
  const otherNotes = result.kind === 'systemd' ? result.otherNotes : [];
  return {
    text: result.text,
    notes: [
      ...result.notes.map((note) => noteLine(name, note)),
      ...otherNotes.map((note) => noteLine(note.file, note)),
    ],
  };
};
