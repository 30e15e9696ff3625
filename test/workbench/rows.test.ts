/** What rows show and do. Most sections need the images as they were installed, and not another workbench. */
import { resetImages } from '../host/installImages.ts';
import { testMachineUse } from './machineUse.ts';
import { prepareMessages, testMessages } from './messages.ts';
import { testSameName } from './sameName.ts';
import { testSelecting } from './selecting.ts';
import { withWorkbench } from './withWorkbench.ts';

await withWorkbench('rows', (_, section) => {
  section('a machine that has the name of another image', testSameName);
  section('several rows', testSelecting);
  section('what a machine uses', testMachineUse, resetImages);
  section('what is said of several machines', testMessages, async (host) => {
    await resetImages(host);
    await prepareMessages(host);
  });
});
