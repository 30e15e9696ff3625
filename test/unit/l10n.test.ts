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

/**
 * What begins with a verb, or says where or when, and yet is whole: it stands in a row of its own, beside the name that it is about, or in a
 * list of such. This list only gets shorter.
 */
const besideItsName: readonly string[] = [
  'and {0} more',
  'as installed here',
  'as set',
  'beside its other folders',
  'can be set',
  'can only be read',
  'can only be written',
  'did not start',
  'does not start when this system boots',
  'from {0}',
  'from {0} to {1}',
  'goes on with the user of the line above',
  'has CVE-2026-40226: a file beside an image can give its machine access to the host; update systemd',
  'has ended, and its parent has not taken notice',
  'in a new {0}',
  'in its newest release, or in one such as 257.13-1~deb13u1',
  'starts at boot',
  'starts when this system boots',
  'stops it until SIGCONT',
  'with all mounts below it (the default)',
  'with two decimals at most',
  'without a letter',
  'without the mounts below it',
];

/** The second half of a sentence: languages put words in other orders, so no half of one can be translated. */
const isSecondHalf = (text: string): boolean =>
  /^(?:[\s,;:)]|(?:above|after|and|are|as|at|because|before|behind|below|beside|by|for|from|in|on|so|then|there|to|until|when|where|with|without|but|can|cannot|could|did|do|does|gets?|gives?|goes|had|has|have|is|joins?|makes?|may|moves?|must|needs?|or|refuses?|runs?|starts?|stops?|takes?|that|was|were|which|will|would)\b)/u.test(
    text,
  );

/** A place for a second half: right behind another one, or behind the end of a sentence without a blank. */
const hasRoomForHalf = (text: string): boolean => /\}\{|[.?!]\{\d+\}/u.test(text);

describe('texts of the code', () => {
  test('are whole sentences with placeholders, not parts to be glued together', () => {
    assert.deepEqual(
      [...found.messages].filter(isSecondHalf).sort(),
      [...besideItsName].sort(),
      'say the whole sentence once for each case',
    );
    assert.deepEqual([...found.messages].filter(hasRoomForHalf), []);
  });

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
