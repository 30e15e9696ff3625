import { encodeUtf8 } from '../../../src/hostFacts/readText.ts';
import type { Context } from '../../../src/language/context.ts';
import type { LanguageId } from '../../../src/language/fileType.ts';
import type { Progress } from '../../rig/progress.ts';
import { minimise } from '../../differential/minimise.ts';
import { createRandom } from '../../differential/random.ts';
import type { Random } from '../../differential/random.ts';
import { repairsOf } from '../../differential/repairs.ts';
import type { Repaired } from '../../differential/repairs.ts';
import type { Suite } from '../boot/debootstrap.ts';
import type { Judge, JudgeKind } from './judge.ts';

/** A file type whose repairs a real tool judges. */
export interface RepairSubject<Verdict> {
  readonly kind: JudgeKind<Verdict>;
  readonly languageId: LanguageId;
  readonly generate: (random: Random, suite: Suite) => string;
  readonly contextOf: (suite: Suite) => Context;
  /** How far the tool comes with a file; 0 when it takes nothing of it. No repair may make that less. */
  readonly reached: (verdict: Verdict) => number;
  readonly said: (verdict: Verdict) => readonly string[];
}

/** A text with which the tool comes less far once it is repaired. */
export interface Harm {
  readonly text: string;
  readonly repaired: Repaired;
  readonly said: readonly string[];
}

/** The repairs of one suite and the tool that judges them. */
export interface Trial<Verdict> {
  readonly subject: RepairSubject<Verdict>;
  readonly judge: Judge<Verdict>;
  readonly suite: Suite;
}

/** How many repairs were judged, and those that do harm. */
export interface Harms {
  readonly repairs: number;
  /** The rule of each repair of one finding alone, as often as one was judged. */
  readonly rules: readonly string[];
  readonly harms: readonly Harm[];
}

/** Asks the tool about each text that it takes, and then about all that its repairs make of it. */
export const harmsOf = async <Verdict>(
  { subject, judge, suite }: Trial<Verdict>,
  texts: readonly string[],
): Promise<Harms> => {
  const before = await judge.judge(texts.map(encodeUtf8));
  const context = subject.contextOf(suite);
  const pairs = texts.flatMap((text, index) => {
    const verdict = before[index];
    const reached = verdict === undefined ? 0 : subject.reached(verdict);
    return reached === 0
      ? []
      : repairsOf(text, subject.languageId, context).map((repaired) => ({ text, reached, repaired }));
  });
  const after = await judge.judge(pairs.map(({ repaired }) => encodeUtf8(repaired.text)));
  const harms = after.flatMap((verdict, index) => {
    const pair = pairs[index];
    if (pair === undefined || subject.reached(verdict) >= pair.reached) return [];
    return [{ text: pair.text, repaired: pair.repaired, said: subject.said(verdict) }];
  });
  const rules = pairs.flatMap(({ repaired: { rule } }) => (rule === undefined ? [] : [rule]));
  return { repairs: pairs.length, rules, harms };
};

/**
 * Asks the tool about each text that it refuses, and then about what the repair of each finding makes of it; a harm is one that it
 * still refuses.
 */
export const mendsOf = async <Verdict>(
  { subject, judge, suite }: Trial<Verdict>,
  texts: readonly string[],
): Promise<Harms> => {
  const before = await judge.judge(texts.map(encodeUtf8));
  const context = subject.contextOf(suite);
  const pairs = texts.flatMap((text, index) => {
    const verdict = before[index];
    if (verdict === undefined || subject.reached(verdict) > 0) return [];
    return repairsOf(text, subject.languageId, context).flatMap((repaired) =>
      repaired.rule === undefined ? [] : { text, repaired, rule: repaired.rule },
    );
  });
  const after = await judge.judge(pairs.map(({ repaired }) => encodeUtf8(repaired.text)));
  const harms = after.flatMap((verdict, index) => {
    const pair = pairs[index];
    if (pair === undefined || subject.reached(verdict) > 0) return [];
    return [{ text: pair.text, repaired: pair.repaired, said: subject.said(verdict) }];
  });
  return { repairs: pairs.length, rules: pairs.map(({ rule }) => rule), harms };
};

const batch = 100;

/** The same for so many generated files; the seed of the first is given, and each next has the next one. */
export const harmsOfGenerated = async <Verdict>(
  trial: Trial<Verdict>,
  seed: number,
  files: number,
  report?: Progress,
): Promise<Harms> => {
  const harms: Harm[] = [];
  const rules: string[] = [];
  let repairs = 0;
  for (let from = 0; from < files; from += batch) {
    const texts = Array.from({ length: Math.min(batch, files - from) }, (_, index) =>
      trial.subject.generate(createRandom(seed + from + index), trial.suite),
    );
    const found = await harmsOf(trial, texts);
    harms.push(...found.harms);
    rules.push(...found.rules);
    repairs += found.repairs;
    report?.say(
      `${trial.subject.kind.name(trial.suite)}: ${from + texts.length} files, ${repairs} repairs, ${harms.length} of them do harm`,
    );
  }
  return { repairs, rules, harms };
};

/** A harm with the least text that shows any, in words. */
export const describeHarm = async <Verdict>(trial: Trial<Verdict>, harm: Harm): Promise<string> => {
  const smallest = await minimise(harm.text, async (texts) => {
    const { harms } = await harmsOf(trial, texts);
    return texts.map((text) => harms.some((one) => one.text === text));
  });
  const { text, repaired, said } = (await harmsOf(trial, [smallest])).harms[0] ?? harm;
  return [
    `${trial.subject.kind.name(trial.suite)}, ${repaired.by}`,
    `  before: ${JSON.stringify(text)}`,
    `  after:  ${JSON.stringify(repaired.text)}`,
    ...said.map((line) => `  real:   ${line}`),
  ].join('\n');
};
