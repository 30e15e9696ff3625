import * as vscode from 'vscode';
import type { Command, Run } from '../machines/command.ts';
import { MachineError } from '../machines/errors.ts';
import { type Reach, reachInBackground, reachInTerminal } from '../machines/host/reach.ts';
import type { Executable } from './settingDefaults.ts';
import { readSettings } from './settings.ts';

/** Where a tool is: as the setting says, else its name, which is looked up in PATH. */
export const toolPath = (file: string): string => {
  const set: Partial<Record<string, string>> = readSettings().executables satisfies Partial<Record<Executable, string>>;
  return set[file] ?? file;
};

interface ToolCall {
  readonly file: string;
  readonly args: readonly string[];
}

/** For a terminal: the tool and what gives it its privileges, both from where the settings say they are. */
export const callInTerminal = (reach: Reach, { file, args }: ToolCall): ToolCall => {
  const call = reachInTerminal(reach, { file: toolPath(file), args });
  return { file: toolPath(call.file), args: call.args };
};

/** What a tool that failed in a terminal, which shows its words, is reported as. */
export const failedInTerminal = ({ file, args }: ToolCall, exitCode: number | undefined): MachineError => {
  const stderr = vscode.l10n.t('the terminal shows why');
  return new MachineError({ kind: 'toolFailed', file, args, exitCode, signal: undefined, stderr });
};

/** As `callInTerminal`, for a run without a terminal; the runner finds the first tool, and this the one behind it. */
export const commandInBackground = <Result>(reach: Reach, command: Command<Result>): Command<Result> =>
  reachInBackground(reach, { ...command, file: toolPath(command.file) });

/** Runs tools from where the settings say they are. */
export const runFromSettings =
  (run: Run): Run =>
  (command, options) =>
    run({ ...command, file: toolPath(command.file) }, options);
