import type { Command, CommandOutput } from '../../command.ts';

const field = (entry: unknown, name: string): unknown =>
  typeof entry === 'object' && entry !== null ? Object.entries(entry).find(([key]) => key === name)?.[1] : undefined;

/** A message that is no UTF-8 comes as an array of its bytes, one that is too long as null. */
const text = (value: unknown): string => {
  if (typeof value === 'string') return value;
  if (Array.isArray(value) && value.every((byte) => typeof byte === 'number'))
    return Buffer.from(value).toString('utf8');
  return '';
};

/** Reads `journalctl -o json`: one object a line. What cannot be read is left out: it is shown, nothing hangs on it. */
export const parseJournal = ({ stdout }: CommandOutput): readonly string[] =>
  stdout.split('\n').flatMap((line) => {
    try {
      return text(field(JSON.parse(line), 'MESSAGE'))
        .split('\n')
        .filter(Boolean);
    } catch {
      return [];
    }
  });

const journal = (matches: readonly string[], lines: number): Command<readonly string[]> => ({
  file: 'journalctl',
  args: ['--quiet', '--no-pager', '--output=json', '--output-fields=MESSAGE', `--lines=${lines}`, ...matches],
  parse: parseJournal,
});

/** The last messages of a unit, oldest first. Empty for a user who may not read the system's journal. */
export const unitJournal = (unit: string, lines: number): Command<readonly string[]> =>
  journal([`--unit=${unit}`], lines);

/** What the processes of one run of a unit said, without what systemd said of it (`_PID=1`, by `INVOCATION_ID=`). */
export const ownJournal = (invocation: string, lines: number): Command<readonly string[]> =>
  journal([`_SYSTEMD_INVOCATION_ID=${invocation}`], lines);

/** The same for one run of a unit: what its processes said, and what systemd said of it. */
export const invocationJournal = (invocation: string, lines: number): Command<readonly string[]> =>
  journal([`_SYSTEMD_INVOCATION_ID=${invocation}`, '+', `INVOCATION_ID=${invocation}`], lines);

/** Whether this user can read a journal of the machine's own from the host. False also exits 0, with nothing printed. */
export const hasReadableJournal = (name: string): Command<boolean> => ({
  file: 'journalctl',
  args: ['--quiet', '--no-pager', '--output=cat', '--lines=1', `--machine=${name}`],
  parse: ({ stdout }) => stdout !== '',
  timeoutMs: 5_000,
});
