import { describe, test } from 'node:test';
import { v1Mounts, v1Obstacle } from './boot/v1Hierarchies.ts';
import { assertAgreement } from './kernelValues/agreement.ts';
import { casesOfV1 } from './kernelValues/cases.ts';
import { writeValues } from './kernelValues/writeValues.ts';
import { withHost } from './withHost.ts';

// Values of cgroup v2 are tried in qemu.test.ts: a host in namespaces lacks most of its controllers.
const noV1 = v1Obstacle();

describe('values of cgroup v1', noV1 === undefined ? {} : { skip: noV1 }, async () => {
  const names = v1Mounts().map(({ name }) => name);
  const directoryOf = (controller: string): string =>
    `/srv/cgroup-v1/${names.find((name) => name.split(',').includes(controller)) ?? controller}`;
  await withHost(
    'trixie',
    (host) => {
      test('are taken, changed and refused by the kernel as the editor says', async () => {
        assertAgreement(await writeValues(host(), casesOfV1, directoryOf), 1, 10);
      });
    },
    { images: false, v1: true },
  );
});
