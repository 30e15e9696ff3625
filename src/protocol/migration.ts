/** What somebody who migrates a file has to know about a line of it. */
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
  /** Where systemd or LXC looks for it. */
  readonly path: string;
  readonly text: string;
}

export interface MigratedCommand {
  /** What it is for, as a sentence. */
  readonly why: string;
  /** As a shell takes it; words in capitals are to be filled in. */
  readonly line: string;
}

/** About a line of another file that was read with the one that is migrated. */
export interface OtherNote extends MigrationNote {
  /** Such as `cgrules.conf`, `cgrules.d/web.conf` or the path of an included file. */
  readonly file: string;
}

/** Files and commands that do what one file does. */
export interface Migration {
  readonly files: readonly MigratedFile[];
  readonly commands: readonly MigratedCommand[];
  /** Of the file itself, in the order of the lines. */
  readonly notes: readonly MigrationNote[];
  /** Of other files, in the order of reading. */
  readonly otherNotes: readonly OtherNote[];
}

/** What a file becomes elsewhere: `nspawn/migrateToSystemd`, `nspawn/migrateToNspawn`, `nspawn/migrateToLxc`. */
export interface MigratedFiles extends Migration {
  /** What reads them. */
  readonly kind: 'systemd' | 'nspawn' | 'lxc';
  /** All files and commands as one text to look at. */
  readonly text: string;
}
