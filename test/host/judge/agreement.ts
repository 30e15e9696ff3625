import type { Progress } from '../../rig/progress.ts';
import { encodeUtf8 } from '../../../src/hostFacts/readText.ts';
import type { Difference } from '../../differential/difference.ts';
import { minimise } from '../../differential/minimise.ts';
import { createRandom } from '../../differential/random.ts';
import type { Random } from '../../differential/random.ts';
import type { Suite } from '../boot/debootstrap.ts';
import type { Judge, JudgeKind } from './judge.ts';

/** A file type on which we and a real tool have to be of one mind. */
export interface Subject<Verdict> {
  readonly kind: JudgeKind<Verdict>;
  readonly generate: (random: Random, suite: Suite) => string;
  readonly compare: (text: string, verdict: Verdict, suite: Suite) => readonly Difference[];
  /** What the tool said, as far as it matters for a difference; a line each. */
  readonly said: (verdict: Verdict, difference: Difference | undefined) => readonly string[];
  /** What a unit test is to remember of a verdict. */
  readonly fixture: (text: string, verdict: Verdict, suite: Suite) => unknown;
}

/** A file of which we and the tool of that suite do not say the same. */
export interface Disagreement<Verdict> {
  readonly suite: Suite;
  readonly text: string;
  readonly verdict: Verdict;
  readonly differences: readonly Difference[];
}

/** We and the tool of one suite, side by side. */
export interface Hearing<Verdict> {
  readonly subject: Subject<Verdict>;
  readonly judge: Judge<Verdict>;
  readonly suite: Suite;
}

/** Has texts read by both and gives those on which they differ. */
export const disagreements = async <Verdict>(
  { subject, judge, suite }: Hearing<Verdict>,
  texts: readonly string[],
): Promise<Disagreement<Verdict>[]> => {
  const verdicts = await judge.judge(texts.map(encodeUtf8));
  return verdicts.flatMap((verdict, index) => {
    const text = texts[index] ?? '';
    const differences = subject.compare(text, verdict, suite);
    return differences.length === 0 ? [] : [{ suite, text, verdict, differences }];
  });
};

const batch = 100;

/** The same for so many generated files; the seed of the first is given, and each next has the next one. */
export const disagreementsOfGenerated = async <Verdict>(
  hearing: Hearing<Verdict>,
  seed: number,
  files: number,
  report?: Progress,
): Promise<Disagreement<Verdict>[]> => {
  const { subject, suite } = hearing;
  const found: Disagreement<Verdict>[] = [];
  for (let from = 0; from < files; from += batch) {
    const texts = Array.from({ length: Math.min(batch, files - from) }, (_, index) =>
      subject.generate(createRandom(seed + from + index), suite),
    );
    found.push(...(await disagreements(hearing, texts)));
    report?.say(
      `${subject.kind.name(suite)}: ${from + texts.length} files, ${found.length} of them judged differently`,
    );
  }
  return found;
};

/** What a difference is about: who speaks up, and by which rules or with which words the tool does. */
export const topicOf = <Verdict>(subject: Subject<Verdict>, difference: Difference, verdict: Verdict): string => {
  const rules = [...new Set(difference.findings.map(({ rule }) => rule))].sort();
  const [about = ''] = subject.said(verdict, difference);
  const words = about
    .replace(/^\d+: /u, '')
    .split(' ')
    .slice(0, 3);
  const { kind, only } = difference;
  return [kind, 'only', only, ...(difference.about === undefined ? [...rules, ...words] : [difference.about])].join(
    ' ',
  );
};

/** The same disagreement with as little text as could be found. */
export const minimised = async <Verdict>(
  hearing: Hearing<Verdict>,
  disagreement: Disagreement<Verdict>,
): Promise<Disagreement<Verdict>> => {
  const [wanted] = disagreement.differences;
  if (wanted === undefined) return disagreement;
  const { subject } = hearing;
  const topic = topicOf(subject, wanted, disagreement.verdict);
  const text = await minimise(disagreement.text, async (texts) => {
    const found = await disagreements(hearing, texts);
    return texts.map((one) =>
      found.some(
        ({ text: differing, verdict, differences }) =>
          differing === one && differences.some((difference) => topicOf(subject, difference, verdict) === topic),
      ),
    );
  });
  const [smallest] = await disagreements(hearing, [text]);
  return smallest ?? disagreement;
};

/** What a person needs to find the cause: the text, and who says what. */
export const describeDisagreement = <Verdict>(
  subject: Subject<Verdict>,
  { suite, text, verdict, differences }: Disagreement<Verdict>,
): string => {
  const [difference] = differences;
  const said = subject.said(verdict, difference);
  const ours =
    difference?.findings.map(({ line, rule, effect, message }) => `${line}: ${rule} (${effect}): ${message}`) ?? [];
  return [
    `${subject.kind.name(suite)}, ${difference?.kind} ${difference?.line ?? difference?.about ?? ''}, only ${difference?.only}`,
    `  text:  ${JSON.stringify(text)}`,
    ...(said.length === 0 ? ['nothing'] : said).map((line) => `  real:  ${line}`),
    ...(ours.length === 0 ? ['nothing'] : ours).map((line) => `  ours:  ${line}`),
  ].join('\n');
};
