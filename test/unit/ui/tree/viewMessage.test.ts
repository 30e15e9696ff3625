import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Availability } from '../../../../src/machines/inventory.ts';
import { viewMessage } from '../../../../src/ui/tree/viewMessage.ts';
import { l10n } from '../l10n.ts';

const states: readonly Availability[] = [
  { kind: 'unsupportedPlatform', platform: 'darwin' },
  { kind: 'notBooted' },
  { kind: 'notInstalled' },
  { kind: 'machinedDown', detail: '' },
  { kind: 'busDown', detail: 'ECONNREFUSED' },
  { kind: 'noPermission', detail: 'x\u001b[31m\ny' },
];

test('without rows the welcome content speaks, and without anything missing nobody does', () => {
  for (const state of states) assert.equal(viewMessage(state, 'a', false, l10n), undefined);
  assert.equal(viewMessage({ kind: 'ready' }, ' ', true, l10n), undefined);
});

test('with rows one clean line says what is missing', () => {
  const said = states.map((state) => viewMessage(state, '', true, l10n) ?? '');
  assert.equal(new Set(said).size, states.length);
  for (const text of said) assert.match(text, /^\P{Cc}+[.)]$/u);
});

test('with rows of other kinds only, nothing is said of a package that nobody needs for them', () => {
  const said = states.filter((state) => viewMessage(state, '', true, l10n, { onlyOtherKinds: true }) === undefined);
  assert.deepEqual(
    said.map(({ kind }) => kind),
    ['notBooted', 'notInstalled'],
  );
});

test('the name of a D-Bus error is left out, words are not', () => {
  const said = (detail: string): string => viewMessage({ kind: 'busDown', detail }, '', true, l10n) ?? '';
  assert.doesNotMatch(said('org.freedesktop.DBus.Error.Disconnected'), /DBus/u);
  assert.match(said('Connection refused.'), /\(Connection refused\.\)$/u);
});

test('it is told that there are more images than rows', () => {
  const text = viewMessage({ kind: 'ready' }, '', true, l10n, { imagesShown: 10_000 }) ?? '';
  assert.equal(text, 'There are more images than can be shown: these are 10000 of them.');
});

test('a filter that hides rows is told', () => {
  assert.equal(viewMessage({ kind: 'ready' }, ' web ', true, l10n), 'Only names with "web" are shown.');
  const both = viewMessage({ kind: 'notBooted' }, 'web', true, l10n) ?? '';
  assert.equal(both.split('\n').length, 2);
});

test('a systemd with a hole is named, with what that means and what to do', () => {
  const text = viewMessage({ kind: 'ready' }, '', true, l10n, { trustHole: '252.38-1~deb12u1' }) ?? '';
  assert.match(text, /^systemd 252\.38-1~deb12u1 .*CVE-2026-40226.*Update systemd/u);
  assert.equal(viewMessage({ kind: 'ready' }, '', false, l10n, { trustHole: '252.38-1~deb12u1' }), undefined);
});
