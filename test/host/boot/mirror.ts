import { runTool } from './runTool.ts';

/** The Debian mirror that this machine's own apt uses: what it can reach, we can. */
export const debianMirror = async (): Promise<string> => {
  const targets = await runTool('apt-get', [
    'indextargets',
    '--format',
    '$(REPO_URI) $(SUITE)',
    'Created-By: Packages',
  ]);
  const [mirror] = targets
    .split('\n')
    .filter((line) => line !== '' && !/-(security|updates|backports)\b/.test(line))
    .map((line) => line.split(' ')[0] ?? '');
  if (mirror === undefined) throw new Error('apt names no Debian mirror on this machine');
  return mirror;
};
