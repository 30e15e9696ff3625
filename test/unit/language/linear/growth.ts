import assert from 'node:assert/strict';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { defaultContext } from '../../../../src/language/context.ts';
import type { Finding } from '../../../../src/language/finding.ts';
import type { LanguageId } from '../../../../src/language/fileType.ts';
import { languageFeatures, openFile } from '../../../../src/language/languageService.ts';
import { ownTime } from '../../../bench/ownTime.ts';
import { asks, type Ask, type Judged } from './asks.ts';
import { fullContext } from './fullContext.ts';
import type { NastyText, Texts } from './nastyTexts.ts';

const bound = 8;
/** What looks like this is measured again, each time with texts that were not read before. */
const suspicious = 5;
/** The clock goes on in steps of some milliseconds. */
const step = 4;
/** Milliseconds that are many steps of it. */
const exactEnough = 200;

/** What is asked, of texts how long. */
export interface Measure {
  readonly asks: Readonly<Record<string, Ask>>;
  /** Each four times as long as the one before. */
  readonly sizes: readonly number[];
  /** A text for which all that is asked takes longer than these milliseconds is as long as it need be. */
  readonly enough: number;
  /** What is done sooner than in these milliseconds is not looked at. */
  readonly soon: number;
  /** Whether nothing is known beside the text. */
  readonly isAlone?: boolean;
}

interface Asked {
  readonly text: NastyText;
  readonly id: LanguageId;
  readonly isAlone: boolean;
  readonly ask: Ask;
}

let salt = 0;

/** Its findings are looked for when they are first asked for, as a feature is measured that wants none of them. */
const read = (text: NastyText, size: number, id: LanguageId, isAlone = false): Judged => {
  const file = openFile(TextDocument.create('file:///nasty', id, 0, text(size, ++salt)), id);
  assert.ok(file !== undefined);
  const context = isAlone ? defaultContext : fullContext(size);
  let findings: readonly Finding[] | undefined;
  return {
    file,
    context,
    get findings() {
      findings ??= languageFeatures.diagnose(file, context);
      return findings;
    },
  };
};

/** Has the findings ready for what only takes them. */
const readFor = (ask: Ask, ...of: Parameters<typeof read>): Judged => {
  const one = read(...of);
  if (ask !== asks['diagnose']) assert.ok(one.findings.length >= 0);
  return one;
};

/** Milliseconds for so many texts, which were read before. */
const timeOf = async (count: number, size: number, { text, id, isAlone, ask }: Asked): Promise<number> => {
  const all = Array.from({ length: count }, () => readFor(ask, text, size, id, isAlone));
  return ownTime(async () => {
    for (const one of all) await ask(one);
  });
};

/**
 * How many times as long one long text takes as each of four short ones, at the least. They take turns, so that what else a machine does is
 * shared by both, until the clock is exact enough; and all is measured once more where it looks bad.
 */
const leastGrowth = async (long: number, asked: Asked): Promise<number> => {
  let least = Infinity;
  for (let attempt = 0; attempt < 5 && least > bound; attempt++) {
    let short = 0;
    let whole = 0;
    let turns = 0;
    for (; turns < 3 || (turns < 12 && short < exactEnough); turns++) {
      short += await timeOf(4, long / 4, asked);
      whole += await timeOf(1, long, asked);
    }
    least = Math.min(least, whole / Math.max(step * turns, short / 4));
  }
  return least;
};

/**
 * V8 keeps a list of more than 16,000 elsewhere, where it costs several times as much: a step, and no growth. What grows does so
 * again with a text that is four times as long again.
 */
const growth = async (long: number, asked: Asked): Promise<number> => {
  const near = await leastGrowth(long, asked);
  return near > bound ? Math.min(near, await leastGrowth(4 * long, asked)) : near;
};

const times = async (named: Measure['asks'], one: Judged): Promise<ReadonlyMap<string, number>> => {
  const taken = new Map<string, number>();
  for (const [name, ask] of Object.entries(named)) taken.set(name, await ownTime(() => ask(one)));
  return taken;
};

const sum = (numbers: Iterable<number>): number => [...numbers].reduce((all, one) => all + one, 0);

/** Which of all that is asked takes too long for that text. */
const slowFor = async (
  shape: string,
  text: NastyText,
  id: LanguageId,
  measure: Measure,
): Promise<readonly string[]> => {
  const { asks: named, sizes, enough, soon, isAlone = false } = measure;
  let before: ReadonlyMap<string, number> | undefined;
  for (const size of sizes) {
    const taken = await times(named, read(text, size, id, isAlone));
    const isLast = before !== undefined && (sum(taken.values()) > enough || size === sizes.at(-1));
    if (!isLast) {
      before = taken;
      continue;
    }
    const slow: string[] = [];
    for (const [name, time] of taken) {
      const ask = named[name];
      if (ask === undefined || time <= soon || time <= suspicious * Math.max(step, before?.get(name) ?? 0)) continue;
      const grown = await growth(size, { text, id, isAlone, ask });
      if (grown > bound) slow.push(`${shape}: ${name} takes ${grown.toFixed(1)} times as long for four times the text`);
    }
    return slow;
  }
  return [];
};

/** Which of all that is asked takes too long for which of those texts. */
export const slowAmong = async (texts: Texts, id: LanguageId, measure: Measure): Promise<readonly string[]> => {
  const slow: string[] = [];
  for (const [shape, text] of Object.entries(texts)) slow.push(...(await slowFor(shape, text, id, measure)));
  return slow;
};
