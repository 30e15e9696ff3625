import { isInstalled } from '../machines/host/hostCommands.ts';

/**
 * Those of the tools that are there, found by looking: nothing is run.
 * @param locate where a tool is: an absolute path, or a name that is looked up in PATH
 */
export const installedTools = async (
  names: readonly string[],
  locate: (name: string) => string,
  path?: string,
): Promise<ReadonlySet<string>> => {
  const found = await Promise.all(names.map((name) => isInstalled(locate(name), path)));
  return new Set(names.filter((_, index) => found[index] === true));
};
