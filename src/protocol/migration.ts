/** What somebody who migrates a file of libcgroup has to know about a line of it. */
export interface MigrationNote {
  /** From 1, of the file that was migrated. */
  readonly line: number;
  /** `warning` where something gets lost or is not the same any more. */
  readonly level: 'info' | 'warning';
  readonly text: string;
}

/** Why a file cannot be migrated: nobody knows what is meant behind a mistake. */
export interface Refused {
  readonly kind: 'refused';
  readonly line: number;
  readonly text: string;
}

/** A file for cgroup v2; `nspawn/migrateToV2`. */
export interface TextForV2 {
  readonly kind: 'v2';
  readonly text: string;
  readonly notes: readonly MigrationNote[];
  /** All of it is for cgroup v2 already. */
  readonly isSame: boolean;
}

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

/** The units that do what a file does; `nspawn/migrateToSystemd`. */
export interface UnitsForSystemd extends SystemdMigration {
  readonly kind: 'systemd';
  /** All files and commands as one text to look at. */
  readonly text: string;
}
