import assert from 'node:assert/strict';
import { imageNames } from '../host/installImages.ts';
import { withWorkbench } from './withWorkbench.ts';

await withWorkbench('the side bar', (click) => {
  click('shows the images of the host', async ({ workbench }) => {
    await workbench.sideBar.open('systemd-nspawn');
    for (const name of Object.values(imageNames)) await workbench.tree.row(name);
    await workbench.screenshot('images');
    assert.ok(true);
  });
});
