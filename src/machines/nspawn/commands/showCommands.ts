import type { Command } from '../../command.ts';
import { parseProperties } from '../../host/properties.ts';

type Properties = ReadonlyMap<string, string>;

/** Everything that machined says of a running machine. Exits 1 when it does not run. */
export const machineProperties = (name: string): Command<Properties> => ({
  file: 'machinectl',
  args: ['show', '--', name],
  parse: parseProperties,
});

/** Everything that machined says of an image. Exits 1 when there is none. */
export const imageProperties = (name: string): Command<Properties> => ({
  file: 'machinectl',
  args: ['show-image', '--', name],
  parse: parseProperties,
});

/** The status page of a running machine, for a person to read. */
export const machineStatus = (name: string): Command<string> => ({
  file: 'machinectl',
  args: ['status', '--full', '--no-pager', '--', name],
  parse: ({ stdout }) => stdout,
});

/** The status page of an image, for a person to read. */
export const imageStatus = (name: string): Command<string> => ({
  file: 'machinectl',
  args: ['image-status', '--no-pager', '--', name],
  parse: ({ stdout }) => stdout,
});

/** Whether this user can read a journal of the machine's own from the host. False also exits 0, with nothing printed. */
export const hasReadableJournal = (name: string): Command<boolean> => ({
  file: 'journalctl',
  args: ['--quiet', '--no-pager', '--output=cat', '--lines=1', `--machine=${name}`],
  parse: ({ stdout }) => stdout !== '',
  timeoutMs: 5_000,
});
