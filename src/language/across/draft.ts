import type { MigratedCommand, MigrationNote, OtherNote } from '../../protocol/migration.ts';
import type { Entry } from '../document.ts';
import type { Remark } from '../cgconfig/migrate/migrationNote.ts';
import { info, warning } from '../cgconfig/migrate/migrationNote.ts';
import type { UnitPart } from '../cgconfig/migrate/unitDraft.ts';
import { fitsInLine, type Setting } from '../nspawn/commandLine/settingsText.ts';
import { cannotHold } from './reasons.ts';

/**
 * A word as `Exec…=` of a unit takes it back: specifiers and variables doubled, escapes in double quotes. Undefined where a
 * line cannot hold it.
 */
export const quoteForUnit = (word: string): string | undefined => {
  if (/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u.test(word)) return undefined;
  if (/^[\w@+=:,./-]+$/u.test(word)) return word;
  const escaped = word.replaceAll(/["\\]/gu, '\\$&').replaceAll('%', '%%').replaceAll('$', '$$$$');
  return `"${escaped}"`;
};

/** What a container of LXC becomes for systemd-nspawn, as it is gathered. */
export class NspawnDraft {
  /** Each with the line that it is made of; undefined where it is for what LXC does without a line. */
  readonly settings: (Setting & { readonly from?: Entry })[] = [];
  /** Of `[Service]` in the drop-in; `needs` is the line without whose setting a part has nothing to work on. */
  readonly service: (UnitPart & { readonly needs?: Entry })[] = [];
  readonly commands: MigratedCommand[] = [];
  /** When the machine runs. */
  readonly commandsAfter: MigratedCommand[] = [];
  readonly notes = new Notes();
  /** Interfaces of the host that are written already, with their settings. */
  readonly links = new Set<string>();
  readonly machine: string;
  readonly systemdVersion: number;

  constructor(machine: string, systemdVersion: number) {
    this.machine = machine;
    this.systemdVersion = systemdVersion;
  }

  /** A value that no line can hold is said to be lost, and so is one that would not be seen as it is. */
  set(section: Setting['section'], key: string, value: string | undefined, from?: Entry): void {
    if (value !== undefined && fitsInLine(value) && !/\p{Cs}|(?!\t)\p{Cc}/u.test(value))
      this.settings.push({ section, key, value, ...(from === undefined ? {} : { from }) });
    else if (from !== undefined) this.notes.lost(from, cannotHold());
  }

  unit(key: string, value: string, needs?: Entry): void {
    this.service.push({ comments: [], settings: [{ key, value }], ...(needs === undefined ? {} : { needs }) });
  }

  /** A command that the unit runs, `first` as it is; nothing where a line of a unit cannot hold one of the words. */
  run(
    key: 'ExecStartPre' | 'ExecStartPost' | 'ExecStopPost',
    first: string,
    words: readonly string[],
    needs?: Entry,
  ): boolean {
    const quoted = words.map(quoteForUnit);
    if (!quoted.every((word) => word !== undefined)) return false;
    this.unit(key, [first, ...quoted].join(' '), needs);
    return true;
  }
}

/** What there is to know about lines, also of files that are included. */
export class Notes {
  readonly own: MigrationNote[] = [];
  readonly ofOthers: OtherNote[] = [];

  add({ key, line, file }: Pick<Entry, 'key' | 'line' | 'file'>, { level, text }: Remark): void {
    const note = { line, level, text: info(`${key}: ${text}`).text };
    if (file === undefined) this.own.push(note);
    else this.ofOthers.push({ ...note, file });
  }

  lost(entry: Entry, text: string): void {
    this.add(entry, warning(text));
  }

  tell(entry: Entry, text: string): void {
    this.add(entry, info(text));
  }
}
