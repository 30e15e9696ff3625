/**
 * Compares us with systemd-nspawn on generated files, and prints where they differ, with the smallest text for it:
 *
 *     node test/host/judge/differential.ts [--files 5000] [--seed N] [--suite bookworm]… [--show 20] [--fixtures FILE]
 *
 * Needs root, like every test with a real systemd. Ends with 1 when there is a difference.
 */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { progress } from '../../rig/progress.ts';
import type { Suite } from '../boot/debootstrap.ts';
import { allSuites } from '../withHost.ts';
import { describeDisagreement, disagreementsOfGenerated, minimised, realVerdictOf, topicOf } from './agreement.ts';
import type { Disagreement } from './agreement.ts';
import { startJudge, systemdVersions } from './judge.ts';

const { values } = parseArgs({
  options: {
    files: { type: 'string', default: '5000' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
    suite: { type: 'string', multiple: true },
    show: { type: 'string', default: '20' },
    fixtures: { type: 'string' },
  },
});

const seed = Number(values.seed);
const suites = allSuites.filter((suite) => values.suite?.includes(suite) ?? true);

const check = async (suite: Suite): Promise<readonly Disagreement[]> => {
  const judge = await startJudge(suite, progress);
  try {
    const found = await disagreementsOfGenerated(judge, systemdVersions[suite], seed, Number(values.files), progress);
    // One of each is shown, and not a hundred of one.
    const topics = new Map<string, Disagreement[]>();
    for (const one of found)
      for (const difference of one.differences) {
        const topic = topicOf(difference, one.verdict);
        topics.set(topic, [...(topics.get(topic) ?? []), { ...one, differences: [difference] }]);
      }
    const shown = [...topics.entries()].sort(([, a], [, b]) => b.length - a.length).slice(0, Number(values.show));
    const smallest: Disagreement[] = [];
    for (const [topic, [first, ...rest]] of shown) {
      if (first === undefined) continue;
      const one = await minimised(judge, first);
      smallest.push(one);
      console.log(`${topic}: ${rest.length + 1} times\n${describeDisagreement(one)}`);
    }
    console.log(
      `systemd ${systemdVersions[suite]}: ${found.length} of ${values.files} files are judged differently, on ${topics.size} topics`,
    );
    return smallest;
  } finally {
    await judge.close();
  }
};

console.log(`seed ${seed}`);
const all: Disagreement[] = [];
for (const suite of suites) all.push(...(await check(suite)));
if (values.fixtures !== undefined) {
  const fixtures = all.map(({ version, text, verdict }) => ({ version, text, real: realVerdictOf(verdict) }));
  await writeFile(values.fixtures, `${JSON.stringify(fixtures, undefined, 2)}\n`);
}
process.exitCode = all.length === 0 ? 0 : 1;
