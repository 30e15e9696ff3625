import { join } from 'node:path';
import { imageNames } from '../host/installImages.ts';
import { repositoryRoot } from '../rig/cache.ts';
import { image, machine } from './tree.ts';
import type { Bench } from './withWorkbench.ts';

/** Whether the README's picture is to be taken anew. */
export const isReadmePictureWanted = process.env['UPDATE_SCREENSHOT'] === '1';

/** Writes the README's picture: machines, images and a shell, without the images that are there to be nasty. */
export const updateReadmePicture = async ({ workbench, host }: Bench): Promise<void> => {
  const { tree, terminal, editor, page } = workbench;
  const unsightly = [imageNames.nasty, imageNames.nastyName, imageNames.noInit, imageNames.linked, 'click-plain'];
  await host.run('machinectl', ['remove', '--', ...unsightly]);
  for (const name of unsightly) await tree.gone(image(name));
  await tree.expand(machine('debian'));
  await tree.click('.nspawn file');
  await editor.opens('debian.nspawn');
  await tree.pressButton(machine('debian'), 'Open Shell');
  await terminal.shows('debian:~#');
  await terminal.type('systemctl list-units --type=service --state=running --no-pager --no-legend\n');
  await terminal.shows('systemd-logind.service');
  await page.mouse.move(800, 300);
  const path = join(repositoryRoot, 'media/screenshot.png');
  await page.screenshot({ path, animations: 'disabled' });
  await terminal.closeAll();
};
