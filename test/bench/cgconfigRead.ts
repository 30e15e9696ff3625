import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findingsOfCgconfig } from '../differential/compareCgconfig.ts';
import { hostObstacle } from '../host/boot/obstacle.ts';
import { cgconfigJudge } from '../host/judge/cgconfigJudge.ts';
import { startJudge } from '../host/judge/judge.ts';
import { repositoryRoot } from '../rig/cache.ts';
import { thisNode } from '../rig/program.ts';
import { progress } from '../rig/progress.ts';
import { manyGroups } from './cgconfigText.ts';
import { median, short } from './figure.ts';
import type { Figure } from './figure.ts';
import { ownTime } from './ownTime.ts';
import { runTime } from './processTime.ts';
import type { RunTime } from './processTime.ts';

const groups = 2000;
const rounds = 15;

/** It says only what is wrong, as for anybody who runs it. */
const quietJudge = { ...cgconfigJudge, prepare: `${cgconfigJudge.prepare}touch "$base/tmp/quiet"\n` };

/**
 * Our engine and the whole linter on a long cgconfig.conf, by turns with the cgconfigparser of libcgroup 3.2 reading it as nobody: processor
 * time of all of them, and the time from start to end of both processes.
 */
export const measureCgconfig = async (): Promise<readonly Figure[]> => {
  const obstacle = await hostObstacle();
  if (obstacle !== undefined) return [{ title: 'a long cgconfig.conf', value: `not measured: ${obstacle}` }];
  const directory = await mkdtemp(join(tmpdir(), 'nspawn-bench-'));
  const judge = await startJudge(quietJudge, 'forky', progress);
  try {
    const linter = join(repositoryRoot, 'dist/nspawn-lint-start.js');
    const path = join(directory, 'cgconfig.conf');
    const engine: number[] = [];
    const whole: RunTime[] = [];
    const real: RunTime[] = [];
    // Not the first text that this process reads, and none that it has read before.
    for (let warm = 0; warm < 20; warm++) findingsOfCgconfig(manyGroups(100, `warm${warm}-`), '3.2');
    for (let round = 0; round < rounds; round++) {
      const text = manyGroups(groups, `r${round}-`);
      const [verdict] = await judge.judge([Buffer.from(text)]);
      assert.equal(verdict?.outcome, 'taken');
      real.push({ processor: verdict.ms ?? 0, wall: verdict.wallMs ?? 0 });
      engine.push(
        await ownTime(() => assert.ok(findingsOfCgconfig(text, '3.2').every(({ effect }) => effect === 'none'))),
      );
      await writeFile(path, text);
      // Its code is kept from then on.
      if (round === 0) runTime(thisNode, [linter, path]);
      whole.push(runTime(thisNode, [linter, path]));
    }
    const lines = manyGroups(groups, '').split('\n').length - 1;
    const [mine, peer] = [median(engine), median(real.map(({ processor }) => processor))];
    const ofProcess = (what: keyof RunTime, name: string): Figure => {
      const [ours, theirs] = [whole, real].map((runs) => median(runs.map((run) => run[what])));
      if (ours === undefined || theirs === undefined) throw new Error('nothing was measured');
      return {
        title: `nspawn-lint on a cgconfig.conf of ${lines} lines, as a process of its own, ${name}`,
        value: `${short(ours / theirs)} times cgconfigparser (${short(ours)} and ${short(theirs)} ms)`,
        goal: { text: 'at most as long as cgconfigparser', met: ours <= theirs },
      };
    };
    return [
      {
        title: `a cgconfig.conf of ${lines} lines, parsed and diagnosed`,
        value: `${short(mine / peer)} times cgconfigparser (${short(mine)} and ${short(peer)} ms)`,
        goal: { text: 'faster than cgconfigparser', met: mine < peer },
      },
      ofProcess('processor', 'processor time'),
      ofProcess('wall', 'from start to end'),
    ];
  } finally {
    await judge.close();
    await rm(directory, { recursive: true, force: true });
  }
};
