import type { MigratedCommand, MigratedFile } from '../../protocol/migration.ts';
import type { Entry } from '../document.ts';
import { Notes } from './draft.ts';
import { cannotHold } from './reasons.ts';

interface Line {
  readonly key: string;
  readonly value: string;
  readonly from?: Entry;
}

/** LXC takes one pair of quotes round the whole value off, and blanks around it. */
const written = (value: string): string =>
  /^[ \t]|[ \t]$/u.test(value) || /^(["']).*\1$/su.test(value) ? `"${value}"` : value;

/** What a machine of systemd-nspawn becomes for LXC, as it is gathered. */
export class LxcDraft {
  readonly lines: Line[] = [];
  /** Beside the configuration. */
  readonly files: MigratedFile[] = [];
  readonly commands: MigratedCommand[] = [];
  readonly notes = new Notes();
  readonly container: string;

  constructor(container: string) {
    this.container = container;
  }

  /** A value that no line can hold is said to be lost. */
  set(key: string, value: string | undefined, from?: Entry): void {
    if (value !== undefined && value !== '' && !/[\n\r\0\p{Cs}]/u.test(value))
      this.lines.push({ key, value: written(value), ...(from === undefined ? {} : { from }) });
    else if (from !== undefined) this.notes.lost(from, cannotHold());
  }
}
