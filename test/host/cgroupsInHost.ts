import { hostPaths } from './host.ts';
import type { CommandHost } from './host.ts';

/** Runs a figure of programs/cgroups.ts in a host in namespaces, for the hierarchy of v1 that has a controller. @throws Error with what it said */
export const hierarchyInHost = async (
  host: CommandHost,
  controller: string,
  ...args: readonly string[]
): Promise<unknown> => {
  const program = `${hostPaths.repository}/test/host/programs/cgroups.ts`;
  const command = [`HIERARCHY=${controller}`, hostPaths.node, '--no-warnings', program, ...args];
  const { stdout, stderr } = await host.run('env', command, { timeoutMs: 120_000 });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as unknown;
};

/** The same for the first hierarchy, which is that of v2. */
export const cgroupsInHost = (host: CommandHost, ...args: readonly string[]): Promise<unknown> =>
  hierarchyInHost(host, '', ...args);
