import * as l10n from '@vscode/l10n';
import { migrateToLxc, migrateToNspawn } from '../language/across/migrate.ts';
import { migrateToSystemd, migrateToV2 } from '../language/cgconfig/migrate/migrate.ts';
import type { Context } from '../language/context.ts';
import type { SourceFile } from '../language/fileType.ts';
import { inOneLine } from '../language/markdown.ts';
import type { MigratedFiles, MigrationNote, Refused, TextForV2 } from '../protocol/migration.ts';
import type { MigrationTarget } from './options.ts';

export interface Migrated {
  /** What is to be printed. */
  readonly text: string;
  /** A line for each thing to know. */
  readonly notes: readonly string[];
}

const noteLine = (name: string, { line, level, text }: MigrationNote): string => `${name}:${line}: ${level}: ${text}`;

const migrations: Readonly<
  Record<
    MigrationTarget,
    (file: SourceFile, context: Context, path: string | undefined) => TextForV2 | MigratedFiles | Refused | undefined
  >
> = { v2: migrateToV2, systemd: migrateToSystemd, nspawn: migrateToNspawn, lxc: migrateToLxc };

const wrongFile = (to: MigrationTarget): string => {
  switch (to) {
    case 'v2':
      return l10n.t('--migrate v2 is for a cgconfig.conf or a cgrules.conf.');
    case 'systemd':
      return l10n.t('--migrate systemd is for a cgconfig.conf.');
    case 'nspawn':
      return l10n.t('--migrate nspawn is for the configuration of a container of LXC.');
    case 'lxc':
      return l10n.t('--migrate lxc is for a .nspawn file.');
  }
};

/**
 * `path` is where the file is, where that is known.
 * @throws Error whose message says why the file cannot be migrated
 */
export const migrateText = (
  name: string,
  path: string | undefined,
  file: SourceFile | undefined,
  context: Context,
  to: MigrationTarget,
): Migrated => {
  const result = file && migrations[to](file, context, path);
  if (result === undefined) throw new Error(wrongFile(to));
  if (result.kind === 'refused') throw new Error(l10n.t`line ${result.line}: ${result.text}`);
  const otherNotes = result.kind === 'v2' ? [] : result.otherNotes;
  return {
    text: result.text,
    notes: [
      ...result.notes.map((note) => noteLine(name, note)),
      ...otherNotes.map((note) => noteLine(inOneLine(note.file), note)),
    ],
  };
};
