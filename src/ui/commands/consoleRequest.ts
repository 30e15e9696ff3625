import type { TerminalCommand } from '../../machines/command.ts';
import { type Reach, reachInTerminal } from '../../machines/reach.ts';
import { plainText } from '../plainText.ts';
import type { TerminalRequest } from '../terminal.ts';
import { toolPath } from '../toolPath.ts';

/** A command of `machines` as a terminal: its title cleaned, its tool found, run with the privileges that it needs. */
export const consoleRequest = (
  command: TerminalCommand,
  reach: Reach,
  more: Pick<TerminalRequest, 'icon' | 'reuse' | 'stays'> & { readonly note?: string },
): TerminalRequest => {
  const { note, ...rest } = more;
  const { file, args } = reachInTerminal(reach, { file: toolPath(command.file), args: command.args });
  const name = plainText(command.title, 60);
  const env = command.env === undefined ? {} : { env: command.env };
  return { ...rest, ...env, name: note === undefined ? name : `${name}: ${note}`, file: toolPath(file), args };
};
