import * as vscode from 'vscode';
import type { Command } from '../machines/command.ts';
import { MachineError } from '../machines/errors.ts';
import { type Reach, reachInBackground, reachInTerminal } from '../machines/host/reach.ts';
import { toolPath } from './toolPath.ts';

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
