import { join } from 'node:path';
import { repositoryRoot } from '../rig/cache.ts';
import type { Workbench } from './workbench.ts';

/** Writes the README's picture, when UPDATE_SCREENSHOT=1 asks for it: the side bar and a piece of what is beside it. */
export const updateReadmePicture = async ({ page, tree }: Workbench): Promise<void> => {
  if (process.env['UPDATE_SCREENSHOT'] !== '1') return;
  await tree.rows();
  const path = join(repositoryRoot, 'media/screenshot.png');
  await page.screenshot({ path, clip: { x: 0, y: 0, width: 960, height: 600 } });
};
