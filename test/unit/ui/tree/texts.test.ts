import assert from 'node:assert/strict';
import { test } from 'node:test';
import { byteSize } from '../../../../src/ui/tree/amountText.ts';
import { nameFilter } from '../../../../src/ui/tree/rowOrder.ts';
import { longOsText, osGroupText, shortOsText } from '../../../../src/ui/tree/osText.ts';
import { visibleName } from '../../../../src/ui/tree/visibleName.ts';

const os = (name?: string, versionId?: string, prettyName?: string, id?: string) => ({
  id,
  name,
  versionId,
  prettyName,
});

test('sizes are in IEC units with about three digits', () => {
  const cases = [
    [0, '0 B'],
    [1023, '1023 B'],
    [1024, '1.0 KiB'],
    [1536, '1.5 KiB'],
    [1024 * 1024 - 1, '1.0 MiB'],
    [180 * 1024 ** 2, '180 MiB'],
    [1.44 * 1024 ** 3, '1.4 GiB'],
    [99.96 * 1024 ** 3, '100 GiB'],
    [2 ** 63, '8.0 EiB'],
  ] as const;
  for (const [bytes, text] of cases) assert.equal(byteSize(bytes), text);
});

test('an operating system is told in a few characters', () => {
  assert.equal(shortOsText(os('Debian GNU/Linux', '13', 'Debian GNU/Linux 13 (trixie)')), 'Debian 13');
  assert.equal(shortOsText(os('Arch Linux')), 'Arch');
  assert.equal(shortOsText(os('Fedora Linux', '42')), 'Fedora 42');
  assert.equal(shortOsText(os('Linux')), 'Linux');
  assert.equal(shortOsText(os(undefined, undefined, 'BusyBox 1.37')), 'BusyBox 1.37');
  assert.equal(shortOsText(os()), undefined);
  assert.equal(
    longOsText(os('Debian GNU/Linux', '13', 'Debian GNU/Linux 13 (trixie)')),
    'Debian GNU/Linux 13 (trixie)',
  );
  assert.equal(osGroupText(os('Debian GNU/Linux', '13')), 'Debian');
  assert.equal(osGroupText(os(undefined, '13', undefined, 'debian')), 'debian');
});

test('an os-release that lies stays on one line, is cut and turns nothing round', () => {
  const nasty = shortOsText(os(`Evil\u001b[31m\nRoot\u202e${'x'.repeat(500)}`, '1\u0000\u0007')) ?? '';
  assert.doesNotMatch(nasty, /[\p{Cc}\p{Cf}]/u);
  assert.ok(nasty.length < 70);
});

test('what is odd in a name is made visible, so that two names that differ never look the same', () => {
  const cases = [
    ['web-1', 'web-1'],
    ['größe 北京', 'größe 北京'],
    ['a\nb', 'a␊b'],
    ['a\u001b[2Jb', 'a␛[2Jb'],
    ['a\u007f', 'a␡'],
    ['safe\u202egnp.exe', 'safe⟨U+202E⟩gnp.exe'],
    ['a\u200bb', 'a⟨U+200B⟩b'],
    ['a\u00a0b', 'a⟨U+00A0⟩b'],
    ['$(zap) <b>**x**', '$(zap) <b>**x**'],
  ] as const;
  for (const [name, shown] of cases) assert.equal(visibleName(name), shown);
});

test('a long name keeps its beginning and its end', () => {
  const shown = visibleName(`start${'x'.repeat(400)}end`);
  assert.equal(Array.from(shown).length, 80);
  assert.match(shown, /^start.*….*end$/u);
});

test('a filter wants all of its words, in any case and order', () => {
  const matches = nameFilter('  WEB  01 ');
  assert.ok(matches('01-web'));
  assert.ok(!matches('web-02'));
  assert.ok(nameFilter('')('anything'));
});
