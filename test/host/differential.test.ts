import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { test } from 'node:test';
import { progress } from '../rig/progress.ts';
import { hostObstacle } from './boot/obstacle.ts';
import { ensureRootfs } from './boot/rootfs.ts';
import { describeDisagreement, disagreementsOfGenerated, minimised } from './judge/agreement.ts';
import type { Subject } from './judge/agreement.ts';
import { cgconfigSubject } from './judge/cgconfigSubject.ts';
import { cgrulesSubject } from './judge/cgrulesSubject.ts';
import { lxcReleases } from './judge/lxcJudge.ts';
import { lxcSubject } from './judge/lxcSubject.ts';
import { nspawnSubject } from './judge/nspawnSubject.ts';
import { untrustedSubject } from './judge/untrustedSubject.ts';
import { findingsInShipped } from './judge/shippedConfigurations.ts';
import { withJudgesOf } from './judge/withJudge.ts';
import { allSuites } from './withHost.ts';

/** For each version and seed; as many as take no time that anybody notices. `judge/differential.ts` takes thousands. */
const files = 60;

const theSame = { 'the same as ever': 20261124 };
const seeds = { ...theSame, 'new in every run': randomInt(2 ** 31) };

const agree = <Verdict>(subject: Subject<Verdict>, seedsOf: Readonly<Record<string, number>> = seeds): Promise<void> =>
  withJudgesOf(subject.kind, ({ suite, judge }) => {
    for (const [name, seed] of Object.entries(seedsOf))
      test(`we agree on ${files} generated files, ${name}: seed ${seed}`, async () => {
        const hearing = { subject, judge: judge(), suite };
        const found = await disagreementsOfGenerated(hearing, seed, files);
        const shown = [];
        for (const one of found.slice(0, 3)) shown.push(describeDisagreement(subject, await minimised(hearing, one)));
        assert.equal(
          found.length,
          0,
          `seed ${seed}: ${found.length} files are judged differently\n${shown.join('\n')}`,
        );
      });
  });

await agree(nspawnSubject);
await agree(untrustedSubject);
await agree(cgconfigSubject);
await agree(cgrulesSubject);
// New ones may still show something: the long run looks for that.
await agree(lxcSubject, theSame);

const obstacle = await hostObstacle();
for (const suite of allSuites)
  test(
    `what the packages of LXC in ${suite} bring is right for their own version, with all that it includes`,
    obstacle === undefined ? {} : { skip: obstacle },
    async () => {
      const { read, serious } = findingsInShipped(await ensureRootfs(suite, progress, true), lxcReleases[suite]);
      assert.deepEqual(serious, []);
      assert.ok(read >= 5);
    },
  );
