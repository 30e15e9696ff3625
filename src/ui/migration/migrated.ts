/** What the language server answers about a file of libcgroup that is to be migrated. */

interface MigrationNote {
  readonly line: number;
  readonly level: 'info' | 'warning';
  readonly text: string;
}

/** Why nothing can be made of it. */
export interface Refused {
  readonly kind: 'refused';
  readonly line: number;
  readonly text: string;
}

export interface TextForV2 {
  readonly kind: 'v2';
  readonly text: string;
  readonly notes: readonly MigrationNote[];
  readonly isSame: boolean;
}

export interface UnitsForSystemd {
  readonly kind: 'systemd';
  /** All files and commands as one text to look at. */
  readonly text: string;
  readonly files: readonly { readonly path: string; readonly text: string }[];
  readonly commands: readonly { readonly why: string; readonly line: string }[];
  readonly notes: readonly MigrationNote[];
  readonly ruleNotes: readonly MigrationNote[];
}

export type Migrated = TextForV2 | UnitsForSystemd;
