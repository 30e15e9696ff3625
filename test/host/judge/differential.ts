/**
 * Compares us with the real tools on generated files, and prints where they differ, with the smallest text for it:
 *
 *     node test/host/judge/differential.ts [--language nspawn] [--files 5000] [--seed N] [--suite bookworm]… [--show 20]
 *         [--fixtures FILE] [--repairs]
 *
 * `--language untrusted` is a `.nspawn` file beside the image. With `--repairs` it makes all sure repairs of those files instead, and prints those with which the tool comes less far;
 * `--language starts` has machines started for it.
 *
 * Needs root, like every test with a real systemd. Ends with 1 when there is a difference.
 */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { progress } from '../../rig/progress.ts';
import type { Suite } from '../boot/debootstrap.ts';
import { allSuites } from '../withHost.ts';
import { describeDisagreement, disagreementsOfGenerated, minimised, topicOf } from './agreement.ts';
import type { Disagreement, Subject } from './agreement.ts';
import { cgconfigSubject } from './cgconfigSubject.ts';
import { cgrulesSubject } from './cgrulesSubject.ts';
import { startJudge } from './judge.ts';
import { lxcSubject } from './lxcSubject.ts';
import { nspawnSubject } from './nspawnSubject.ts';
import { untrustedSubject } from './untrustedSubject.ts';
import { describeHarm, harmsOfGenerated } from './repairs.ts';
import type { RepairSubject } from './repairs.ts';
import { cgconfigRepairs, cgrulesRepairs, nspawnRepairs, startRepairs } from './repairSubjects.ts';

const { values } = parseArgs({
  options: {
    language: { type: 'string', default: 'nspawn' },
    files: { type: 'string', default: '5000' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
    suite: { type: 'string', multiple: true },
    show: { type: 'string', default: '20' },
    fixtures: { type: 'string' },
    repairs: { type: 'boolean', default: false },
  },
});

const seed = Number(values.seed);
const suites = allSuites.filter((suite) => values.suite?.includes(suite) ?? true);

/** Prints the differences of one suite, and gives those that stand for a topic each. */
const check = async <Verdict>(subject: Subject<Verdict>, suite: Suite): Promise<readonly unknown[]> => {
  const judge = await startJudge(subject.kind, suite, progress);
  const hearing = { subject, judge, suite };
  try {
    const found = await disagreementsOfGenerated(hearing, seed, Number(values.files), progress);
    // One of each is shown, and not a hundred of one.
    const topics = new Map<string, Disagreement<Verdict>[]>();
    for (const one of found)
      for (const difference of one.differences) {
        const topic = topicOf(subject, difference, one.verdict);
        topics.set(topic, [...(topics.get(topic) ?? []), { ...one, differences: [difference] }]);
      }
    const sorted = [...topics.entries()].sort(([, a], [, b]) => b.length - a.length);
    const shown = sorted.slice(0, Number(values.show));
    for (const [topic, { length }] of sorted.slice(shown.length)) console.log(`${topic}: ${length} times`);
    const smallest: Disagreement<Verdict>[] = [];
    for (const [topic, [first, ...rest]] of shown) {
      if (first === undefined) continue;
      const one = await minimised(hearing, first);
      smallest.push(one);
      console.log(`${topic}: ${rest.length + 1} times\n${describeDisagreement(subject, one)}`);
    }
    const { name } = subject.kind;
    console.log(
      `${name(suite)}: ${found.length} of ${values.files} files are judged differently, on ${topics.size} topics`,
    );
    return smallest.map(({ text, verdict }) => subject.fixture(text, verdict, suite));
  } finally {
    await judge.close();
  }
};

const checkLanguage = (suite: Suite): Promise<readonly unknown[]> => {
  switch (values.language) {
    case 'nspawn':
      return check(nspawnSubject, suite);
    case 'untrusted':
      return check(untrustedSubject, suite);
    case 'cgconfig':
      return check(cgconfigSubject, suite);
    case 'cgrules':
      return check(cgrulesSubject, suite);
    case 'lxc':
      return check(lxcSubject, suite);
    default:
      throw new Error(`there is no language ${values.language}`);
  }
};

/** Prints the repairs that do harm in one suite, and gives what it printed. */
const checkRepairs = async <Verdict>(subject: RepairSubject<Verdict>, suite: Suite): Promise<readonly unknown[]> => {
  const judge = await startJudge(subject.kind, suite, progress);
  try {
    const trial = { subject, judge, suite };
    const { repairs, harms } = await harmsOfGenerated(trial, seed, Number(values.files), progress);
    const shown: string[] = [];
    for (const harm of harms.slice(0, Number(values.show))) shown.push(await describeHarm(trial, harm));
    for (const one of shown) console.log(one);
    console.log(`${subject.kind.name(suite)}: ${harms.length} of ${repairs} repairs of ${values.files} files do harm`);
    return harms;
  } finally {
    await judge.close();
  }
};

const checkRepairsOfLanguage = (suite: Suite): Promise<readonly unknown[]> => {
  switch (values.language) {
    case 'nspawn':
      return checkRepairs(nspawnRepairs, suite);
    case 'starts':
      return checkRepairs(startRepairs, suite);
    case 'cgconfig':
      return checkRepairs(cgconfigRepairs, suite);
    case 'cgrules':
      return checkRepairs(cgrulesRepairs, suite);
    default:
      throw new Error(`there is no language ${values.language}`);
  }
};

console.log(`${values.language}, seed ${seed}`);
const fixtures: unknown[] = [];
for (const suite of suites)
  fixtures.push(...(await (values.repairs ? checkRepairsOfLanguage(suite) : checkLanguage(suite))));
if (values.fixtures !== undefined) await writeFile(values.fixtures, `${JSON.stringify(fixtures, undefined, 2)}\n`);
process.exitCode = fixtures.length === 0 ? 0 : 1;
