import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { defaultContext } from '../../../src/language/context.ts';
import type { Context } from '../../../src/language/context.ts';
import type { LanguageId } from '../../../src/language/fileType.ts';
import { repairableTexts } from '../../differential/repairableTexts.ts';
import { repairsOf } from '../../differential/repairs.ts';
import { repositoryRoot } from '../../rig/cache.ts';

const languages: readonly LanguageId[] = ['nspawn', 'cgconfig', 'cgrules'];
const contexts: readonly Context[] = [
  { ...defaultContext, systemdVersion: 252, libcgroupVersion: '2.0.2' },
  { ...defaultContext, systemdVersion: 262, libcgroupVersion: '3.2' },
];

/** The rules that have a sure repair for something in these texts. */
const repaired = (languageId: LanguageId, texts: readonly string[]): readonly string[] =>
  texts.flatMap((text) =>
    contexts.flatMap((context) => repairsOf(text, languageId, context).flatMap(({ rule }) => rule ?? [])),
  );

/** What the pages of the rules show. */
const examples = (languageId: LanguageId): readonly string[] => {
  const pages = join(repositoryRoot, 'docs/rules');
  return readdirSync(pages).flatMap((name) =>
    [...readFileSync(join(pages, name), 'utf8').matchAll(/```(\w+)\n([^]*?)```/gu)].flatMap(([, language, text]) =>
      language === languageId && text !== undefined ? text : [],
    ),
  );
};

for (const languageId of languages) {
  test(`each of the ${languageId} texts that real tools judge has a sure repair`, () => {
    for (const text of repairableTexts[languageId])
      assert.notDeepEqual(repaired(languageId, [text]), [], JSON.stringify(text));
  });

  test(`every rule of ${languageId} that is known to have a sure repair is among those that real tools judge`, () => {
    const judged = new Set(repaired(languageId, repairableTexts[languageId]));
    assert.deepEqual(
      [...new Set(repaired(languageId, examples(languageId)))].filter((rule) => !judged.has(rule)),
      [],
    );
  });
}
