import type { Tool } from '../../rig/program.ts';
import { runProgram } from './runProgram.ts';
import type { RunProgramOptions } from './runProgram.ts';
import { tool } from './tools.ts';

/**
 * Runs an outside tool to its end and gives its standard output; one that is missing is installed before.
 * @throws Error with the command and the last lines it wrote, when it does not exit with 0
 */
export const runTool = async (
  name: Tool,
  args: readonly string[],
  options: RunProgramOptions = {},
): Promise<string> => {
  const env = { ...process.env, LC_ALL: 'C.UTF-8', LANGUAGE: '', DEBIAN_FRONTEND: 'noninteractive', ...options.env };
  return (await runProgram(await tool(name), args, { ...options, env })).toString();
};
