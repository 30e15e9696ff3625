import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { LxcPlaces } from '../places.ts';

/** Whether this user has a service manager, which alone can give the user a control group to make others in. */
export const hasUserManager = (runtime: string | undefined): runtime is string =>
  runtime !== undefined && existsSync(join(runtime, 'systemd/private'));

interface ToolCall {
  readonly file: string;
  readonly args: readonly string[];
}

/**
 * The same call in a control group of its own that systemd hands to this user. LXC may make its groups nowhere else without privileges, and the
 * kernel lets a process into the group of a container only from a group that is this user's, too. Without a manager the call is left as it is,
 * since whoever runs in such a group already needs none.
 */
export const inDelegatedScope = <Call extends ToolCall>(call: Call, { runtime }: Pick<LxcPlaces, 'runtime'>): Call => {
  const directory = runtime();
  if (!hasUserManager(directory)) return call;
  const { file, args } = call;
  const scope = ['--user', '--scope', '--quiet', '--collect', '--property=Delegate=yes', '--', file, ...args];
  if (process.env['XDG_RUNTIME_DIR'] === directory) return { ...call, file: 'systemd-run', args: scope };
  // systemd-run needs it to find the manager, and not every server of VS Code has it.
  return { ...call, file: 'env', args: [`XDG_RUNTIME_DIR=${directory}`, 'systemd-run', ...scope] };
};
