import type { HostUser } from '../unprivilegedSetup.ts';

interface ToolCall {
  readonly file: string;
  readonly args: readonly string[];
}

/**
 * A call of root's as that user, with an environment of the user's own: what stands in that of a process, the user may read as soon as it runs
 * as the user.
 */
export const asUser = <Call extends ToolCall>({ name, uid, home }: HostUser, call: Call): Call => ({
  ...call,
  file: 'env',
  args: [
    '--ignore-environment',
    '--chdir=/',
    'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    'LC_ALL=C.UTF-8',
    'TERM=xterm-256color',
    `HOME=${home}`,
    `USER=${name}`,
    `LOGNAME=${name}`,
    `XDG_RUNTIME_DIR=/run/user/${uid}`,
    ...['runuser', '-u', name, '--', call.file, ...call.args],
  ],
});
