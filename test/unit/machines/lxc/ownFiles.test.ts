import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { ownFilesOf } from '../../../../src/machines/lxc/observe/ownFiles.ts';
import { fileDetails } from '../../../../src/ui/tree/details.ts';
import { l10n } from '../../ui/l10n.ts';
import { createFakeContainers } from './fakeContainers.ts';

test('what the files of a container say stands in lines, and what they do not say in none', async () => {
  const made = createFakeContainers();
  const lines = async (): Promise<readonly string[]> => {
    const files = await ownFilesOf(made.ref('web'), made.places);
    return fileDetails(files, l10n).map(({ kind, value }) => `${kind} ${value.replace(made.root, '')}`);
  };
  try {
    const usual = ['configuration /lxc/web/config', 'log /lxc/web/web.log'];
    assert.deepEqual(await lines(), usual.slice(0, 1));
    made.define('web');
    assert.deepEqual(await lines(), ['backing dir', ...usual]);
    const log = join(made.root, 'other.log');
    made.define('web', `lxc.group = onboot shop\nlxc.idmap = u 0 1 1\nlxc.log.file = ${log}\n`);
    for (const name of ['snap0', 'snap10', 'snap2']) made.write(`lxc/web/snaps/${name}/config`, '');
    assert.deepEqual(await lines(), [
      'groups onboot, shop',
      'backing dir',
      'snapshots 3 (snap0, snap2, snap10)',
      'unprivileged unprivileged',
      'configuration /lxc/web/config',
      'log /other.log',
    ]);
    assert.deepEqual(made.seen, []);
  } finally {
    made.remove();
  }
});
