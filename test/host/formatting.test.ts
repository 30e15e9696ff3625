import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { languageFeatures, openFile } from '../../src/language/languageService.ts';
import { generateFile } from '../differential/generate.ts';
import { createRandom } from '../differential/random.ts';
import type { Verdict } from './judge/nspawnVerdict.ts';
import { withJudges } from './judge/withJudge.ts';

const formatted = (text: string): string => {
  const file = openFile(TextDocument.create('file:///m.nspawn', 'nspawn', 1, text), 'nspawn');
  assert.ok(file !== undefined);
  return TextDocument.applyEdits(file.textDocument, languageFeatures.format(file));
};

/** All that was said, apart from the lines that it was said of. */
const said = ({ messages, refusedAt, verify }: Verdict): unknown => ({
  messages: messages.map(({ text }) => text),
  isRefused: refusedAt !== undefined,
  verify,
});

await withJudges(({ version, judge }) => {
  test('says the same of a file before and after it is formatted', async () => {
    const seed = Number(process.env['NSPAWN_SEED'] ?? '7');
    const random = createRandom(seed);
    const texts: { before: string; after: string }[] = [];
    while (texts.length < Number(process.env['NSPAWN_FILES'] ?? '40')) {
      const before = generateFile(random, version);
      const after = formatted(before);
      if (after !== before) texts.push({ before, after });
    }
    const verdicts = await judge().judge(
      texts.flatMap(({ before, after }) => [Buffer.from(before), Buffer.from(after)]),
    );
    for (const [at, text] of texts.entries()) {
      const [before, after] = [verdicts[at * 2], verdicts[at * 2 + 1]];
      assert.ok(before !== undefined && after !== undefined);
      assert.deepEqual(said(after), said(before), `seed ${seed}, file ${at}: ${JSON.stringify(text)}`);
    }
  });
});
