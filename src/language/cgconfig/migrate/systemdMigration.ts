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

/** Of a file of rules. */
export interface RuleNote extends MigrationNote {
  /** Such as `cgrules.conf` or `cgrules.d/web.conf`. */
  readonly file: string;
}

/** What systemd does in place of libcgroup. */
export interface SystemdMigration {
  readonly files: readonly MigratedFile[];
  readonly commands: readonly MigratedCommand[];
  /** Of cgconfig.conf, in the order of the lines. */
  readonly notes: readonly MigrationNote[];
  /** Of the rules, in the order of reading. */
  readonly ruleNotes: readonly RuleNote[];
}
