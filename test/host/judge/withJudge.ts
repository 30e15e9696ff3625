import { after, before, describe } from 'node:test';
import { progress } from '../../rig/progress.ts';
import type { Suite } from '../boot/debootstrap.ts';
import { hostObstacle } from '../boot/obstacle.ts';
import { allSuites } from '../withHost.ts';
import { startJudge, systemdVersions } from './judge.ts';
import type { Judge } from './judge.ts';

/** What the tests of one version of systemd are given. */
export interface Court {
  readonly suite: Suite;
  readonly version: number;
  readonly judge: () => Judge;
}

/** Declares tests once for every version of systemd that can be asked; where none can, they are skipped, with the reason. */
export const withJudges = async (declare: (court: Court) => void): Promise<void> => {
  const obstacle = await hostObstacle();
  for (const suite of allSuites) {
    const version = systemdVersions[suite];
    await describe(`systemd-nspawn ${version}`, obstacle === undefined ? {} : { skip: obstacle }, () => {
      const held: { judge?: Judge } = {};
      before(async () => {
        held.judge = await startJudge(suite, progress);
      });
      after(async () => {
        await held.judge?.close();
      });
      const judge = (): Judge => {
        if (held.judge === undefined) throw new Error('the judge is there only while a test runs');
        return held.judge;
      };
      declare({ suite, version, judge });
    });
  }
};
