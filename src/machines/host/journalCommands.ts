import type { Command, CommandOutput } from '../command.ts';

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
const parseEntries = ({ stdout }: CommandOutput): readonly unknown[] =>
  stdout.split('\n').flatMap((line): readonly unknown[] => {
    try {
      return [JSON.parse(line)];
    } catch {
      return [];
    }
  });

const messagesOf = (entries: readonly unknown[]): readonly string[] =>
  entries.flatMap((entry) => text(field(entry, 'MESSAGE')).split('\n').filter(Boolean));

export const parseJournal = (output: CommandOutput): readonly string[] => messagesOf(parseEntries(output));

const journalArguments = (unit: string, fields: string, lines: number): readonly string[] => [
  ...['--quiet', '--no-pager', '--output=json', `--output-fields=${fields}`, `--lines=${lines}`, `--unit=${unit}`],
];

/** The last messages of a unit, oldest first. Empty for a user who may not read the system's journal. */
export const unitJournal = (unit: string, lines: number): Command<readonly string[]> => ({
  file: 'journalctl',
  args: journalArguments(unit, 'MESSAGE', lines),
  parse: parseJournal,
});

/** What the journal has of one run of a unit, oldest first. */
export interface RunJournal {
  /** What its processes printed. */
  readonly own: readonly string[];
  /** That, and what systemd said of it. */
  readonly all: readonly string[];
  /** Whether systemd has said how it ended, which is the last that it says of a run. */
  readonly ended: boolean;
}

/** SD_MESSAGE_UNIT_SUCCESS and SD_MESSAGE_UNIT_FAILURE_RESULT of sd-messages.h, in every supported version. */
const ends: ReadonlySet<string> = new Set(['7ad2d189f7e94e70a38c781354912448', 'd9b373ed55a64feb8242e02dbe79a49c']);

const fieldsOfRun =
  'MESSAGE,MESSAGE_ID,_SYSTEMD_UNIT,_SYSTEMD_USER_UNIT,_SYSTEMD_INVOCATION_ID,INVOCATION_ID,USER_INVOCATION_ID';
/** There is more than one entry a line, so that the beginning of the run is among them. */
const entriesPerLine = 5;

/**
 * The last messages of one run of a unit. journald looks up the run of what a process prints when it reads it: where the
 * unit has ended by then, the entry names the unit and no run, and may stand before what systemd said first. So all behind
 * the last entry of another run belongs to this one.
 */
export const runJournal = (unit: string, invocation: string, lines: number): Command<RunJournal> => ({
  file: 'journalctl',
  args: journalArguments(unit, fieldsOfRun, lines * entriesPerLine),
  parse: (output) => {
    const entries = parseEntries(output);
    const isOwn = (entry: unknown): boolean =>
      [field(entry, '_SYSTEMD_UNIT'), field(entry, '_SYSTEMD_USER_UNIT')].includes(unit);
    // What the systemd of a user says has another field.
    const runOf = (entry: unknown): string =>
      isOwn(entry)
        ? text(field(entry, '_SYSTEMD_INVOCATION_ID'))
        : text(field(entry, 'INVOCATION_ID')) || text(field(entry, 'USER_INVOCATION_ID'));
    const ofRun = entries.slice(entries.findLastIndex((entry) => !['', invocation].includes(runOf(entry))) + 1);
    return {
      own: messagesOf(ofRun.filter(isOwn)).slice(-lines),
      all: messagesOf(ofRun).slice(-lines),
      ended: ofRun.some((entry) => !isOwn(entry) && ends.has(text(field(entry, 'MESSAGE_ID')))),
    };
  },
});
