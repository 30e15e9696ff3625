import assert from 'node:assert/strict';
import type { Doubt } from '../../../src/machines/entry.ts';
import { test } from 'node:test';
import { describeDoubt, guardWords } from '../../../src/ui/entryWords.ts';
import { readText } from '../../../scripts/parseSources.ts';
import { l10n } from './l10n.ts';

test('every doubt is a sentence of its own, which names what it is about', () => {
  const doubts: readonly Doubt[] = [
    { kind: 'unreadOption' },
    { kind: 'selinuxLabel' },
    { kind: 'ociBundle' },
    { kind: 'otherParent' },
    { kind: 'unitFilters' },
    { kind: 'fileChanged', path: '/etc/a' },
    { kind: 'fileSilent', path: '/etc/a' },
    { kind: 'filesCameOrWent', path: '/etc/a' },
    { kind: 'auditLog' },
    { kind: 'appArmorProfile', profile: '/etc/a' },
  ];
  const sentences = doubts.map((doubt) => describeDoubt(doubt, l10n));
  assert.equal(new Set(sentences).size, doubts.length);
  for (const [index, sentence] of sentences.entries()) {
    assert.match(sentence, /^\S.*\.$/u);
    assert.equal(sentence.includes('/etc/a'), doubts[index] !== undefined && Object.keys(doubts[index]).length > 1);
  }
});

test('what a machine calls itself does not leave its line', () =>
  assert.match(describeDoubt({ kind: 'appArmorProfile', profile: 'a\n\u001b[31mb' }, l10n), /^\P{Cc}+$/u));

test('in every language what the guard says is a format of printf with the places that it fills, and no others', () => {
  for (const locale of ['', '.fr', '.zh-cn']) {
    const bundle = JSON.parse(readText(`l10n/bundle.l10n${locale}.json`)) as Readonly<Record<string, string>>;
    const words = guardWords({
      t: (message: unknown, ...args: unknown[]) => l10n.t(bundle[String(message)], ...args),
    });
    for (const [name, sentence] of Object.entries({ ...words })) {
      const places = /ile|ilter|roup$/u.test(name) ? ['%s'] : [];
      assert.deepEqual(sentence.match(/%.?|\\/gu) ?? [], places, `${locale} ${sentence}`);
    }
  }
});
