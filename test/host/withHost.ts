import { after, before, describe } from 'node:test';
import { hostObstacle } from './boot/obstacle.ts';
import type { Suite } from './boot/debootstrap.ts';
import { startHost } from './host.ts';
import type { Host, HostOptions } from './host.ts';
import { installImages } from './installImages.ts';

export interface WithHostOptions extends HostOptions {
  /** Whether the pool gets the images of `installImages`; it does when left out. */
  readonly images?: boolean;
}

/** Every suite, for tests that have to hold on systemd 252, 257 and 262. */
export const allSuites: readonly Suite[] = ['bookworm', 'trixie', 'forky'];

/**
 * Declares tests that share one freshly booted host, which is stopped after the last of them. Where no host can be
 * booted they are skipped, with the reason.
 *
 *     for (const suite of allSuites)
 *       await withHost(suite, (host) => {
 *         test('lists', async () => {
 *           const { stdout } = await host().run('machinectl', ['list']);
 *           …
 *         });
 *       });
 */
export const withHost = async (
  suite: Suite,
  declare: (host: () => Host) => void,
  options: WithHostOptions = {},
): Promise<void> => {
  const obstacle = await hostObstacle();
  await describe(`on ${suite}`, obstacle === undefined ? {} : { skip: obstacle }, () => {
    const held: { host?: Host } = {};
    before(async () => {
      held.host = await startHost(suite, options);
      if (options.images !== false) await installImages(held.host);
    });
    after(async () => {
      await held.host?.stop();
    });
    declare(() => {
      if (held.host === undefined) throw new Error('the host is there only while a test runs');
      return held.host;
    });
  });
};
