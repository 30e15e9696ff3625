import type { Host } from '../language/context.ts';
import { readGroups, readUsers } from './accounts.ts';
import { mountedControllers } from './mountedControllers.ts';

/**
 * What the host that this runs on has, read anew from a few small files; undefined where it is no Linux.
 * @param root what stands for `/`
 */
export const readHost = (root = '/', platform: string = process.platform): Host | undefined => {
  if (platform !== 'linux') return undefined;
  const users = readUsers(root);
  const groups = readGroups(root);
  return {
    controllers: mountedControllers(root),
    users: users.accounts,
    groups: groups.accounts,
    hasMoreUsers: users.hasMore,
    hasMoreGroups: groups.hasMore,
  };
};
