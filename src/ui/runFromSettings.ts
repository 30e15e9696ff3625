import type { Run } from '../machines/command.ts';
import { toolPath } from './toolPath.ts';

/** Runs tools from where the settings say they are. */
export const runFromSettings =
  (run: Run): Run =>
  (command, options) =>
    run({ ...command, file: toolPath(command.file) }, options);
