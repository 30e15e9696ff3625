import type { Command } from '../../command.ts';
import { ignoreOutput } from '../../command.ts';
import { isInstalled } from '../../host/hostCommands.ts';
import type { ControlGroup } from '../controlGroup.ts';
import { isGroupPath } from './groupName.ts';

export type LibcgroupTool = 'cgcreate' | 'cgexec' | 'cgsnapshot' | 'cgconfigparser';

/** What a path may hold to come through `CONTROLLERS:PATH` unchanged: the tools cut at a colon and know no way to quote it. */
const plainPath = /^[^:]*$/u;

/**
 * The groups in libcgroup's words: `memory,pids:/a/b`. All have one path, each in a hierarchy of its own. Undefined for what has
 * no such words: the v2 hierarchy without controllers, a name of its own only, or a path that leads out of its hierarchy.
 * @param wanted the controllers of v2 that are meant, of which libcgroup 3 takes only those that the group has; those of v1 come
 * with their hierarchy
 */
export const libcgroupSpec = (groups: readonly ControlGroup[], wanted: readonly string[]): string | undefined => {
  const [first] = groups;
  if (first === undefined || !plainPath.test(first.path) || !groups.every(({ path }) => isGroupPath(path)))
    return undefined;
  const controllers = groups.flatMap(({ hierarchy }) =>
    hierarchy.version === 1 ? hierarchy.controllers : hierarchy.controllers.filter((name) => wanted.includes(name)),
  );
  return controllers.length === 0 ? undefined : `${controllers.join(',')}:${first.path}`;
};

/** Whether the tool is there, found by looking. */
export const hasLibcgroup = (tool: LibcgroupTool): Promise<boolean> => isInstalled(tool);

const acting = (file: LibcgroupTool, args: readonly string[]): Command<void> => ({
  file,
  args,
  parse: ignoreOutput,
  acts: true,
});

export const cgcreate = (spec: string): Command<void> => acting('cgcreate', ['-g', spec]);

export const cgconfigparser = (file: string): Command<void> => acting('cgconfigparser', ['-l', file]);
