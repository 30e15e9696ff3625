/**
 * The one exception to "no test asserts a time": the processor time that this thread takes for a text is compared with that
 * for one a quarter as long, in one run. A time that grows with the square is sixteen times as long.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { defaultContext } from '../../../../src/language/context.ts';
import type { LanguageId } from '../../../../src/language/fileType.ts';
import { languageFeatures, openFile } from '../../../../src/language/languageService.ts';
import { ownTime } from '../../../bench/ownTime.ts';
import { asks, asksOfRepairs, type Ask, type Judged } from './asks.ts';
import { nastyCgconfigTexts, nastyCgrulesTexts } from './nastyGroupTexts.ts';
import { nastyNspawnTexts, type NastyText, type Texts } from './nastyTexts.ts';

const bound = 8;
/** The clock goes on in steps of some milliseconds. */
const step = 4;

/** What is asked, of texts how long; what is done sooner than in `soon` milliseconds is not measured again. */
interface Measure {
  readonly asks: Readonly<Record<string, Ask>>;
  readonly long: number;
  readonly soon: number;
}

let salt = 0;

const judged = (text: string, languageId: LanguageId): Judged => {
  const file = openFile(TextDocument.create('file:///nasty', languageId, 0, text), languageId);
  assert.ok(file !== undefined);
  return { file, findings: languageFeatures.diagnose(file, defaultContext) };
};

/** The shortest of several runs; each reads a text that was not read before. */
const shortest = async (runs: number, text: NastyText, size: number, id: LanguageId, ask: Ask): Promise<number> => {
  let least = Infinity;
  for (let run = 0; run < runs; run++) {
    const one = judged(text(size, ++salt), id);
    least = Math.min(least, await ownTime(() => ask(one)));
  }
  return least;
};

/** How many times as long the long text takes; measured once more where it looks bad. */
const growth = async (text: NastyText, long: number, id: LanguageId, ask: Ask): Promise<number> => {
  let least = Infinity;
  for (let attempt = 0; attempt < 3 && least > bound; attempt++) {
    const little = Math.max(step, await shortest(3, text, long / 4, id, ask));
    least = Math.min(least, (await shortest(2, text, long, id, ask)) / little);
  }
  return least;
};

/** Which of all that is asked takes too long for which of those texts. */
const slowAmong = async (texts: Texts, id: LanguageId, { asks: named, long, soon }: Measure): Promise<string[]> => {
  const slow: string[] = [];
  for (const [shape, text] of Object.entries(texts)) {
    const whole = judged(text(long, ++salt), id);
    for (const [name, ask] of Object.entries(named)) {
      const first = await ownTime(() => ask(whole));
      if (first <= soon) continue;
      const times = await growth(text, long, id, ask);
      if (times > bound) slow.push(`${shape}: ${name} takes ${times.toFixed(1)} times as long for four times the text`);
    }
  }
  return slow;
};

const files: readonly (readonly [LanguageId, Texts, number])[] = [
  ['nspawn', nastyNspawnTexts, 12_000],
  ['cgconfig', nastyCgconfigTexts, 2_400],
  ['cgrules', nastyCgrulesTexts, 2_400],
];

for (const [id, texts, long] of files) {
  test(`no ${id} text takes a time that grows with the square of its length`, async () => {
    assert.deepEqual(await slowAmong(texts, id, { asks, long, soon: 25 }), []);
  });

  test(`no ${id} text has repairs that take a time that grows with the square of its length`, async () => {
    assert.deepEqual(
      await slowAmong(texts, id, {
        asks: asksOfRepairs,
        long: Math.min(long, id === 'nspawn' ? 3_000 : 1_200),
        soon: 40,
      }),
      [],
    );
  });
}
