import { after, before, describe } from 'node:test';
import { progress } from '../../rig/progress.ts';
import type { Suite } from '../boot/debootstrap.ts';
import { hostObstacle } from '../boot/obstacle.ts';
import { allSuites } from '../withHost.ts';
import { startJudge } from './judge.ts';
import type { Judge, JudgeKind } from './judge.ts';
import { nspawnJudge, systemdVersions } from './nspawnJudge.ts';
import type { Verdict } from './nspawnVerdict.ts';

/** What the tests of one version are given. */
export interface Court<V> {
  readonly suite: Suite;
  readonly judge: () => Judge<V>;
}

/** Declares tests once for every version of a tool that can be asked; where none can, they are skipped, with the reason. */
export const withJudgesOf = async <V>(kind: JudgeKind<V>, declare: (court: Court<V>) => void): Promise<void> => {
  const obstacle = await hostObstacle();
  for (const suite of allSuites)
    await describe(kind.name(suite), obstacle === undefined ? {} : { skip: obstacle }, () => {
      const held: { judge?: Judge<V> } = {};
      before(async () => {
        held.judge = await startJudge(kind, suite, progress);
      });
      after(async () => {
        await held.judge?.close();
      });
      const judge = (): Judge<V> => {
        if (held.judge === undefined) throw new Error('the judge is there only while a test runs');
        return held.judge;
      };
      declare({ suite, judge });
    });
};

/** The same for every version of systemd-nspawn. */
export const withJudges = (declare: (court: Court<Verdict> & { readonly version: number }) => void): Promise<void> =>
  withJudgesOf(nspawnJudge, (court) => declare({ ...court, version: systemdVersions[court.suite] }));
