import type { ConversionNote } from './conversionNotes.ts';
import type { ShellWord } from '../../shellWords.ts';

/** A call of systemd-nspawn in a text. */
export interface FoundCommand {
  /** Behind the name of the program. */
  readonly words: readonly ShellWord[];
  /** Who replaces parts of words. */
  readonly replacedBy: 'shell' | 'systemd';
  /** What of the command is not among its words. */
  readonly notes: readonly ConversionNote[];
}
