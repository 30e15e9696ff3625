import type { Reach } from '../machines/host/reach.ts';
import type { Privilege } from './settingDefaults.ts';

/** A way to run something with more privileges than this user has. All of them ask for passwords themselves. */
export type PrivilegeWay = Exclude<Privilege, 'auto' | 'direct'>;

/** In the order in which they are offered. */
const ways: readonly PrivilegeWay[] = ['terminal', 'sudo', 'run0', 'pkexec'];

/** What has to be installed for it: in a terminal, machinectl lets polkit ask through pkttyagent. */
const toolOf = (way: PrivilegeWay): string => (way === 'terminal' ? 'pkttyagent' : way);

export const privilegeTools: readonly string[] = ways.map(toolOf);

/**
 * Which ways there are on this host. Polkit can only be asked where the tool itself asks it for something: entering a
 * namespace or writing a file needs root outright.
 */
export const availableWays = (
  installed: ReadonlySet<string>,
  polkitActions: readonly string[],
): readonly PrivilegeWay[] =>
  ways.filter((way) => installed.has(toolOf(way)) && (way !== 'terminal' || polkitActions.length > 0));

/** How the tool is called on that way. */
export const reachOf = (way: PrivilegeWay): Reach => (way === 'terminal' ? 'direct' : way);
