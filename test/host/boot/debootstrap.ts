import { debianMirror } from './mirror.ts';
import { runTool } from './runTool.ts';
import { tool } from './tools.ts';

/** The Debian releases that the tests know. */
export type Suite = 'bookworm' | 'trixie' | 'forky';

const leanOptions = [
  '--mode=root',
  '--aptopt=Acquire::Languages "none"',
  '--aptopt=APT::Install-Recommends "false"',
  '--aptopt=Acquire::Check-Valid-Until "false"',
  '--dpkgopt=path-exclude=/usr/share/doc/*',
  '--dpkgopt=path-exclude=/usr/share/locale/*',
  '--dpkgopt=path-exclude=/usr/share/info/*',
  '--dpkgopt=path-exclude=/usr/share/man/*',
];

/** Fills a directory with a Debian of that suite; `detail` is told what mmdebstrap is at. */
export const debootstrap = async (
  suite: Suite,
  variant: 'apt' | 'essential' | 'minbase',
  packages: readonly string[],
  directory: string,
  detail: (text: string) => void,
): Promise<void> => {
  const args = [...leanOptions, `--variant=${variant}`, `--include=${packages.join(',')}`];
  // In mounts of its own, so that none is left in the directory when it is ended by force.
  const own = ['--mount', '--propagation', 'private', '--', await tool('mmdebstrap')];
  await runTool('unshare', [...own, ...args, suite, directory, await debianMirror()], {
    onLine: (line) => detail(line.replace(/^I: /, '').slice(0, 60)),
  });
};
