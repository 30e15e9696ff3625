import type { HostOutput } from './boot/runInHost.ts';
import type { ShellPlan } from '../../src/machines/entry.ts';
import type { Host } from './host.ts';

const quote = (argument: string): string => `'${argument.replaceAll("'", `'\\''`)}'`;

/** Runs a terminal's command on a terminal of its own, as VS Code would, with something to leak. */
export const inTerminal = (host: Host, { command }: ShellPlan): Promise<HostOutput> => {
  const line = [command.file, ...command.args].map(quote).join(' ');
  return host.run('script', ['--quiet', '--return', '--command', `exec 7</etc/shadow; ${line}`, '/dev/null'], {
    env: { ...command.env, SHELL: '/bin/sh', LEAK: 'secret' },
  });
};
