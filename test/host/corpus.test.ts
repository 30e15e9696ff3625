import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { decodeUtf8 } from '../../src/hostFacts/readText.ts';
import { noSharedFacts, sharedFacts } from '../differential/sharedFacts.ts';
import { describeDisagreement, disagreements } from './judge/agreement.ts';
import { nspawnSubject } from './judge/nspawnSubject.ts';
import { withJudgesOf } from './judge/withJudge.ts';

const textsOf = (value: unknown): string[] => {
  if (typeof value !== 'object' || value === null) return [];
  if ('text' in value && typeof value.text === 'string') return [value.text];
  return Object.values(value).flatMap(textsOf);
};

/** Every sample: files as they are found in repositories, and texts written to go wrong. */
const samples = async (facts: string): Promise<string[]> => {
  const corpus = join(facts, 'corpus');
  const names = (await readdir(join(corpus, 'nspawn'))).filter((name) => name.endsWith('.nspawn'));
  const files = await Promise.all(names.map((name) => readFile(join(corpus, 'nspawn', name))));
  const lists = await Promise.all(
    ['nspawn-judged.json', 'nspawn-rules.json'].map((name) => readFile(join(corpus, name), 'utf8')),
  );
  return [...files.map(decodeUtf8), ...lists.flatMap((list) => textsOf(JSON.parse(list)))];
};

const facts = await sharedFacts();

await withJudgesOf(nspawnSubject.kind, ({ suite, judge }) => {
  test('we agree on every sample file', facts === undefined ? { skip: noSharedFacts } : {}, async () => {
    const texts = await samples(facts ?? '');
    assert.ok(texts.length > 200, `only ${texts.length} samples`);
    const found = await disagreements({ subject: nspawnSubject, judge: judge(), suite }, texts);
    assert.equal(found.length, 0, found.map((one) => describeDisagreement(nspawnSubject, one)).join('\n'));
  });
});
