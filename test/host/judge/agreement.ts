import type { Progress } from '../../rig/progress.ts';
import { encodeUtf8 } from '../../../src/hostFacts/readText.ts';
import { compare, findingsOf } from '../../differential/compare.ts';
import type { Difference, RealVerdict } from '../../differential/compare.ts';
import { generateFile } from '../../differential/generate.ts';
import { minimise } from '../../differential/minimise.ts';
import { createRandom } from '../../differential/random.ts';
import type { Judge } from './judge.ts';
import type { Verdict } from './verdict.ts';

/** A file of which we and systemd-nspawn of that version do not say the same. */
export interface Disagreement {
  readonly version: number;
  readonly text: string;
  readonly verdict: Verdict;
  readonly differences: readonly Difference[];
}

export const realVerdictOf = ({ messages, refusedAt, verify }: Verdict): RealVerdict => ({
  lines: [...new Set(messages.map(({ line }) => line))].sort((a, b) => a - b),
  ...(refusedAt === undefined ? {} : { refusedAt }),
  ...(verify === undefined ? {} : { verify }),
});

/** Has texts read by both and gives those on which they differ. */
export const disagreements = async (
  judge: Judge,
  version: number,
  texts: readonly string[],
): Promise<Disagreement[]> => {
  const verdicts = await judge.judge(texts.map(encodeUtf8));
  return verdicts.flatMap((verdict, index) => {
    const text = texts[index] ?? '';
    const differences = compare(realVerdictOf(verdict), findingsOf(text, version));
    return differences.length === 0 ? [] : [{ version, text, verdict, differences }];
  });
};

const batch = 100;

/** The same for so many generated files; the seed of the first is given, and each next has the next one. */
export const disagreementsOfGenerated = async (
  judge: Judge,
  version: number,
  seed: number,
  files: number,
  report?: Progress,
): Promise<Disagreement[]> => {
  const found: Disagreement[] = [];
  for (let from = 0; from < files; from += batch) {
    const texts = Array.from({ length: Math.min(batch, files - from) }, (_, index) =>
      generateFile(createRandom(seed + from + index), version),
    );
    found.push(...(await disagreements(judge, version, texts)));
    report?.say(`systemd ${version}: ${from + texts.length} files, ${found.length} of them judged differently`);
  }
  return found;
};

/** What a difference is about: who speaks up, and by which rules or with which words the message begins. */
export const topicOf = (difference: Difference, { messages, verify }: Verdict): string => {
  const rules = [...new Set(difference.findings.map(({ rule }) => rule))].sort();
  const about = difference.kind === 'verify' ? verify : messages.find(({ line }) => line === difference.line)?.text;
  const words = (about ?? '').split(' ').slice(0, 3);
  return [difference.kind, 'only', difference.only, ...rules, ...words].join(' ');
};

/** The same disagreement with as little text as could be found. */
export const minimised = async (judge: Judge, disagreement: Disagreement): Promise<Disagreement> => {
  const [wanted] = disagreement.differences;
  if (wanted === undefined) return disagreement;
  const { version } = disagreement;
  const topic = topicOf(wanted, disagreement.verdict);
  const text = await minimise(disagreement.text, async (texts) => {
    const found = await disagreements(judge, version, texts);
    return texts.map((one) =>
      found.some(
        ({ text: differing, verdict, differences }) =>
          differing === one && differences.some((difference) => topicOf(difference, verdict) === topic),
      ),
    );
  });
  const [smallest] = await disagreements(judge, version, [text]);
  return smallest ?? disagreement;
};

/** What a person needs to find the cause: the text, and who says what. */
export const describeDisagreement = ({ version, text, verdict, differences }: Disagreement): string => {
  const [difference] = differences;
  const said = [
    ...verdict.messages
      .filter(({ line }) => difference?.line === undefined || line === difference.line)
      .map(({ line, text: words }) => `${line}: ${words}`),
    ...(verdict.refusedAt === undefined ? [] : [`refused at line ${verdict.refusedAt}`]),
    ...(verdict.verify === undefined ? [] : [verdict.verify]),
    ...verdict.others,
  ];
  const ours =
    difference?.findings.map(({ line, rule, effect, message }) => `${line}: ${rule} (${effect}): ${message}`) ?? [];
  return [
    `systemd ${version}, ${difference?.kind} ${difference?.line ?? ''}, only ${difference?.only}`,
    `  text:  ${JSON.stringify(text)}`,
    ...said.map((line) => `  real:  ${line}`),
    ...(ours.length === 0 ? ['nothing'] : ours).map((line) => `  ours:  ${line}`),
  ].join('\n');
};
