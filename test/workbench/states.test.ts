/** What is said of images. Most sections need them as they were installed, and not another workbench. */
import { resetImages } from '../host/installImages.ts';
import { testBoot } from './boot.ts';
import { testFailedUnit } from './failedUnit.ts';
import { preparePlacesOfImages, testPlacesOfImages } from './placesOfImages.ts';
import { prepareStartObstacles, testStartObstacles } from './startObstacles.ts';
import { withWorkbench } from './withWorkbench.ts';

await withWorkbench('images', (_, section) => {
  section('a machine that failed without an action of ours', testFailedUnit);
  section('what starts at boot', testBoot, resetImages);
  section('images wherever they lie', testPlacesOfImages, async (host) => {
    await resetImages(host);
    await preparePlacesOfImages(host);
  });
  section('what keeps a machine from starting', testStartObstacles, async (host) => {
    await resetImages(host);
    await prepareStartObstacles(host);
  });
});
