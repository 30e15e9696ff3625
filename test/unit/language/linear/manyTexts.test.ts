/**
 * The one exception to "no test asserts a time": the processor time that this thread takes for a text is compared with that
 * for one a quarter as long, in one run. A time that grows with the square is sixteen times as long.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asks, asksOfRepairs } from './asks.ts';
import { slowAmong } from './growth.ts';
import { nastyCgconfigTexts, nastyCgrulesTexts } from './nastyGroupTexts.ts';
import { nastyLxcTexts } from './nastyLxcTexts.ts';
import { nastyNspawnTexts } from './nastyTexts.ts';

const files = [
  ['nspawn', nastyNspawnTexts, 3_000],
  ['cgconfig', nastyCgconfigTexts, 1_200],
  ['cgrules', nastyCgrulesTexts, 1_200],
  ['lxc', nastyLxcTexts, 1_200],
] as const;

for (const [id, texts, ofRepairs] of files) {
  test(`no ${id} text takes a time that grows with the square of its length`, async () => {
    const sizes = [3_000, 12_000, 48_000, 192_000];
    assert.deepEqual(await slowAmong(texts, id, { asks, sizes, enough: 12, soon: 25 }), []);
  });

  test(`no ${id} text has repairs that take a time that grows with the square of its length`, async () => {
    const sizes = [ofRepairs / 4, ofRepairs];
    assert.deepEqual(
      await slowAmong(texts, id, { asks: asksOfRepairs, sizes, enough: 0, soon: 40, isAlone: true }),
      [],
    );
  });
}
