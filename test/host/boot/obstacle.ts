import { findProgram } from '../../rig/program.ts';
import { runTool } from './runTool.ts';

/** Why no host can be booted on this machine, as a sentence; undefined when one can. */
export const hostObstacle = async (): Promise<string | undefined> => {
  if (process.platform !== 'linux') return `a systemd host needs Linux, and this is ${process.platform}`;
  if (process.getuid?.() !== 0) return 'a systemd host needs root (mounts, namespaces, cgroups)';
  if (findProgram('apt-get') === undefined)
    return 'a systemd host is built from Debian packages, and there is no apt-get here';
  try {
    await runTool('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']);
  } catch {
    return 'a systemd host needs mount namespaces, and this machine does not permit them';
  }
  return undefined;
};
