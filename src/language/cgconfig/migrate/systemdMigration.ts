import type { MigrationNote } from './migrationNote.ts';

export interface MigratedFile {
  /** Where systemd looks for it. */
  readonly path: string;
  readonly text: string;
}

export interface MigratedCommand {
  /** What it is for, as a sentence. */
  readonly why: string;
  /** As a shell takes it; words in capitals are to be filled in. */
  readonly line: string;
}

/** What systemd does in place of libcgroup. */
export interface SystemdMigration {
  readonly files: readonly MigratedFile[];
  readonly commands: readonly MigratedCommand[];
  /** Of cgconfig.conf, in the order of the lines. */
  readonly notes: readonly MigrationNote[];
  /** Of cgrules.conf, in the order of the lines. */
  readonly ruleNotes: readonly MigrationNote[];
}
