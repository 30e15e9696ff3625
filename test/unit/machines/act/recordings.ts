import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import type { Command, CommandOutput } from '../../../../src/machines/command.ts';

interface RecordedCommand extends CommandOutput {
  readonly file: string;
  readonly args: readonly string[];
}

interface RecordedProcess {
  readonly name: string;
  readonly file: string;
  readonly text: string;
}

export interface Recordings {
  /** What the tool said to exactly these arguments; another argument is another recording. */
  readonly outputOf: (command: Command<unknown>) => CommandOutput;
  /** A file below `/proc/LEADER` of a machine. */
  readonly processFile: (name: string, file: string) => string;
}

/** systemd 252, 257 and 262; made by test/host/recordActions.ts. */
export const suites = ['bookworm', 'trixie', 'forky'] as const;

export const recordingsOf = (suite: (typeof suites)[number]): Recordings => {
  const url = new URL(`../../../fixtures/act/${suite}.json`, import.meta.url);
  const recorded = JSON.parse(readFileSync(url, 'utf8')) as {
    readonly commands: readonly RecordedCommand[];
    readonly processes: readonly RecordedProcess[];
  };
  const found = <Value>(value: Value | undefined, what: string): Value => {
    if (value === undefined) throw new Error(`not recorded on ${suite}: ${what}`);
    return value;
  };
  return {
    outputOf: ({ file, args }) =>
      found(
        recorded.commands.find((one) => one.file === file && isDeepStrictEqual(one.args, args)),
        [file, ...args].join(' '),
      ),
    processFile: (name, file) =>
      found(recorded.processes.find((one) => one.name === name && one.file === file)?.text, `${name}: ${file}`),
  };
};
