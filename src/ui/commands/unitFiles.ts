import type { Command } from '../../machines/command.ts';

/** The unit's file and its drop-ins as systemd reads them, each below its path. Exits 1 for a unit without any. */
export const unitFiles = (unit: string): Command<string> => ({
  file: 'systemctl',
  args: ['cat', '--no-pager', '--', unit],
  parse: ({ stdout }) => stdout,
});
