import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { localeOf } from '../../../src/hostFacts/locale.ts';

describe('the language that is spoken', () => {
  const cases: readonly (readonly [
    args: readonly string[],
    env: Record<string, string>,
    locale: string | undefined,
  ])[] = [
    [[], {}, undefined],
    [[], { LANG: 'fr_FR.UTF-8' }, 'fr'],
    [[], { LANG: 'fr_CA@euro' }, 'fr'],
    [[], { LANG: 'zh_CN.UTF-8' }, 'zh-cn'],
    [[], { LANG: 'zh_TW.UTF-8' }, undefined],
    [[], { LANG: 'de_DE.UTF-8' }, undefined],
    [[], { LANG: 'fr_FR.UTF-8', LC_ALL: 'C.UTF-8' }, undefined],
    [[], { LANG: 'en_GB.UTF-8', LC_MESSAGES: 'fr_FR' }, 'fr'],
    [[], { LANG: 'de_DE.UTF-8', LANGUAGE: 'de:fr' }, 'fr'],
    [[], { LANG: 'fr_FR.UTF-8', LANGUAGE: 'en:fr' }, undefined],
    [[], { LANG: 'C', LANGUAGE: 'fr' }, undefined],
    [['--locale=zh-cn'], { LANG: 'fr_FR.UTF-8' }, 'zh-cn'],
    [['--quiet', '--locale', 'fr'], {}, 'fr'],
    [['--locale=en'], { LANG: 'fr_FR.UTF-8' }, undefined],
    [['--locale=zh-hans'], {}, 'zh-cn'],
  ];
  for (const [args, env, locale] of cases)
    test(`${JSON.stringify([args, env])} is ${String(locale)}`, () => {
      assert.equal(localeOf(args, env), locale);
    });
});
