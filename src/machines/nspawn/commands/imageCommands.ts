import type { Command } from '../../command.ts';
import { ignoreOutput } from '../../command.ts';

/** Copying or removing a plain directory takes as long as its files do. */
const longTimeoutMs = 1_800_000;

const machinectl = (args: readonly string[]): Command<void> => ({
  file: 'machinectl',
  args,
  parse: ignoreOutput,
  acts: true,
  timeoutMs: longTimeoutMs,
});

export const clone = (from: string, to: string, readOnly: boolean): Command<void> =>
  machinectl(['clone', ...(readOnly ? ['--read-only'] : []), '--', from, to]);

export const rename = (from: string, to: string): Command<void> => machinectl(['rename', '--', from, to]);

export const remove = (name: string): Command<void> => machinectl(['remove', '--', name]);

export const setReadOnly = (name: string, readOnly: boolean): Command<void> =>
  machinectl(['read-only', '--', name, readOnly ? 'yes' : 'no']);
