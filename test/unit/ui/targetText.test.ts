import assert from 'node:assert/strict';
import { test } from 'node:test';
import { targetText } from '../../../src/ui/targetText.ts';
import { l10n } from './l10n.ts';

test('the version is said with where it comes from', () => {
  assert.deepEqual(targetText({ version: 257, from: 'setting', hasTrustHole: false }, l10n), {
    text: 'systemd 257',
    detail: 'as set',
  });
  assert.equal(targetText({ version: 252, from: 'installed', hasTrustHole: false }, l10n).text, 'systemd 252');
  const details = (['setting', 'installed', 'newest'] as const).map(
    (from) => targetText({ version: 262, from, hasTrustHole: false }, l10n).detail,
  );
  assert.equal(new Set(details).size, 3);
  const holed = targetText({ version: 257, release: '257.9-1~deb13u1', from: 'installed', hasTrustHole: true }, l10n);
  assert.equal(holed.text, 'systemd 257.9-1~deb13u1');
  assert.match(holed.detail, /CVE-2026-40226/u);
});
