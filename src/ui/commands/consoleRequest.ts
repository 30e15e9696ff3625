import type { TerminalCommand } from '../../machines/command.ts';
import type { Reach } from '../../machines/reach.ts';
import { plainText } from '../plainText.ts';
import { callInTerminal } from '../reachFromSettings.ts';
import type { TerminalRequest } from '../terminal.ts';

/** A command of `machines` as a terminal: its title cleaned, its tool found, run with the privileges that it needs. */
export const consoleRequest = (
  command: TerminalCommand,
  reach: Reach,
  more: Pick<TerminalRequest, 'icon' | 'reuse' | 'stays' | 'ownsMachine'> & { readonly note?: string },
): TerminalRequest => {
  const { note, ...rest } = more;
  const name = plainText(command.title, 60);
  const env = command.env === undefined ? {} : { env: command.env };
  return { ...rest, ...env, name: note === undefined ? name : `${name}: ${note}`, ...callInTerminal(reach, command) };
};
