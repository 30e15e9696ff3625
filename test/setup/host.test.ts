import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startHost } from '../host/host.ts';
import { installImages } from '../host/installImages.ts';

test('a host boots and takes images', async () => {
  const host = await startHost('trixie');
  try {
    await installImages(host);
    const { stdout } = await host.run('machinectl', ['list-images', '--no-legend']);
    assert.match(stdout, /^busybox /mu);
  } finally {
    await host.stop();
  }
});
