import { isInstalled } from '../machines/machinectl/commands/hostCommands.ts';

/** Those of the tools that are in PATH, found by looking: nothing is run. */
export const installedTools = async (names: readonly string[], path?: string): Promise<ReadonlySet<string>> => {
  const found = await Promise.all(names.map((name) => isInstalled(name, path)));
  return new Set(names.filter((_, index) => found[index] === true));
};
