import type { Host } from '../host/host.ts';
import { hostPaths } from '../host/host.ts';

/** Runs a figure of test/host/programs/measureInventory.ts in the host. @throws Error with what it said */
export const measureInHost = async (host: Host, ...args: readonly string[]): Promise<unknown> => {
  const program = `${hostPaths.repository}/test/host/programs/measureInventory.ts`;
  const { stdout, stderr } = await host.run(hostPaths.node, ['--expose-gc', program, ...args], { timeoutMs: 300_000 });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as unknown;
};
