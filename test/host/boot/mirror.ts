import { createProgress } from '../../rig/progress.ts';
import { runTool } from './runTool.ts';
import { updatePackageLists } from './tools.ts';

/** Where apt would fetch lists of packages from; it knows of none before it has fetched their releases once. */
const mirrors = async (): Promise<string[]> => {
  const targets = await runTool('apt-get', [
    'indextargets',
    '--format',
    '$(REPO_URI) $(SUITE)',
    'Created-By: Packages',
  ]);
  return targets
    .split('\n')
    .filter((line) => line !== '' && !/-(security|updates|backports)\b/.test(line))
    .map((line) => line.split(' ')[0] ?? '');
};

/** The Debian mirror that this machine's own apt uses: what it can reach, we can. */
export const debianMirror = async (): Promise<string> => {
  const [known] = await mirrors();
  if (known !== undefined) return known;
  // A fresh machine or container image comes without lists.
  await updatePackageLists(createProgress(process.stderr));
  const [mirror] = await mirrors();
  if (mirror === undefined) throw new Error('apt names no Debian mirror on this machine');
  return mirror;
};
