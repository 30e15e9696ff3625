import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { allMessages } from '../../scripts/l10nMessages.ts';
import { readText, root } from '../../scripts/parseSources.ts';

type Texts = Readonly<Record<string, string>>;

const read = (path: string): Texts => JSON.parse(readText(path)) as Texts;
const found = allMessages();
const manifestTexts = read('package.nls.json');

/** The languages of the wikis from which people learn systemd-nspawn, besides English. */
const languages: readonly string[] = ['fr', 'zh-cn'];

const placeholders = (text: string): readonly string[] => (text.match(/\{\d+\}/gu) ?? []).sort();
/** What a translation has to leave as it is: the targets of links, and what is between backquotes. */
const fixed = (text: string): readonly string[] =>
  [...text.matchAll(/\]\(([^)]*)\)|`([^`]*)`/gu)].map(([, target, code]) => target ?? code ?? '').sort();

describe('texts of the code', () => {
  test('stand in the calls themselves, where they can be found', () => {
    assert.deepEqual(found.unreadable, []);
  });

  test('are those of the bundle: `npm run l10n` writes it', () => {
    assert.deepEqual(Object.keys(read('l10n/bundle.l10n.json')).sort(), [...found.messages].sort());
  });

  test('are spoken in the languages that we have, and no others', () => {
    const files = readdirSync(join(root, 'l10n')).sort();
    assert.deepEqual(
      files,
      ['bundle.l10n.json', ...languages.map((language) => `bundle.l10n.${language}.json`)].sort(),
    );
  });
});

for (const language of languages) {
  describe(`translations to ${language}`, () => {
    test('have every text of the code, with its placeholders', () => {
      const texts = read(`l10n/bundle.l10n.${language}.json`);
      assert.deepEqual(Object.keys(texts).sort(), [...found.messages].sort());
      for (const [message, text] of Object.entries(texts)) {
        assert.deepEqual(placeholders(text), placeholders(message), message);
        assert.notEqual(text.trim(), '', message);
      }
    });

    test('have every text of the manifest, with its links and commands', () => {
      const texts = read(`package.nls.${language}.json`);
      assert.deepEqual(Object.keys(texts).sort(), Object.keys(manifestTexts).sort());
      for (const [key, text] of Object.entries(texts)) {
        const original = manifestTexts[key] ?? '';
        assert.deepEqual(fixed(text), fixed(original), key);
        assert.equal(text.split('\n').length, original.split('\n').length, `${key}: VS Code makes a button of a line`);
      }
    });
  });
}
