import type { TerminalCommand } from '../../machines/command.ts';
import type { Reach } from '../../machines/host/reach.ts';
import { plainText } from '../plainText.ts';
import { callInTerminal, toolPath } from '../toolsFromSettings.ts';
import type { TerminalRequest } from '../terminal.ts';
import { deafToHangUp } from '../terminalScripts.ts';

/** A command of `machines` as a terminal: its title cleaned, its tool found, run with the privileges that it needs. */
export const consoleRequest = (
  { title, file, args, ...command }: TerminalCommand,
  reach: Reach,
  more: Omit<TerminalRequest, 'name' | 'file' | 'args'> & { readonly note?: string },
): TerminalRequest => {
  const { note, ...rest } = more;
  const name = plainText(title, 60);
  const call = command.ownsMachine === true ? deafToHangUp({ file: toolPath(file), args }) : { file, args };
  return { ...command, ...rest, name: note === undefined ? name : `${name}: ${note}`, ...callInTerminal(reach, call) };
};
