import type { Executable } from './settingDefaults.ts';
import { readSettings } from './settings.ts';

/** Where a tool is: as the setting says, else its name, which is looked up in PATH. */
export const toolPath = (file: string): string => {
  const set: Partial<Record<string, string>> = readSettings().executables satisfies Partial<Record<Executable, string>>;
  return set[file] ?? file;
};
