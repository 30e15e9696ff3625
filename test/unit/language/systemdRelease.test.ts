import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultContext } from '../../../src/language/context.ts';
import { compareVersions, hasTrustHole, releaseIn, versionOf } from '../../../src/schema/systemdRelease.ts';
import { briefly, findingsIn } from './nspawn/findings.ts';

const has = (systemdRelease: string): boolean =>
  hasTrustHole({ ...defaultContext, systemdVersion: versionOf(systemdRelease), systemdRelease });

test('versions are in the order of dpkg', () => {
  const ascending = [
    ...['252.38-1~deb12u1', '252.39-1~bpo11+1', '252.39-1~deb12u1', '252.39-1~deb12u2', '252.39-1', '252.39-1+deb12u1'],
    ...[
      '257~rc1-1',
      '257-1',
      '257.9-1~deb13u1',
      '257.13',
      '257.13-1~deb13u1',
      '257.13-1',
      '257.13-2',
      '260~rc1',
      '260',
    ],
  ];
  for (const [index, one] of ascending.entries())
    for (const [at, other] of ascending.entries())
      assert.equal(Math.sign(compareVersions(one, other)), Math.sign(index - at), `${one} and ${other}`);
});

test('the hole is closed in what distributions ship by now, and open in what they shipped before', () => {
  for (const open of [
    ...[
      '252.38-1~deb12u1',
      '252.39-1~deb12u1',
      '252.39-1~bpo11+1',
      '257.9-1~deb13u1',
      '247.3-7+deb11u7',
      '241-7~deb10u10',
    ],
    ...['255.4-1ubuntu8.15', '249.11-0ubuntu3.12', '257.9-1-arch', '257.9-2.fc42', '257.7+suse.50.g5d1dd4d7ad'],
    ...['252-46.el9_5.2', '252.23-3.amzn2023', '257.9', '258.5', '258.5-1.fc43', '259.3', '259-1', '260~rc1-1'],
  ])
    assert.ok(has(open), open);
  for (const closed of [
    ...['252.39-1~deb12u2', '252.40-1~deb12u1', '257.13-1~deb13u1', '257.13-2.fc42', '257.13', '247.3-7+deb11u8'],
    ...['255.4-1ubuntu8.16', '255.4-1ubuntu8.17', '258.6', '258.7-1-arch', '259.4', '259.7-1.fc44', '260', '260-1'],
    ...['261.1-1.fc45', '262~rc1-1', '262-1', '262.1-1', '262.2+suse.3.gabc', '300'],
  ])
    assert.ok(!has(closed), closed);
});

test('a number alone is the newest of its version, which is open where nobody has closed it in any', () => {
  const isOpen = (systemdVersion: number): boolean => hasTrustHole({ ...defaultContext, systemdVersion });
  for (const closed of [247, 252, 255, 257, 258, 259, 260, 261, 262, 300]) assert.ok(!isOpen(closed), String(closed));
  for (const open of [239, 246, 248, 249, 250, 251, 253, 254, 256]) assert.ok(isOpen(open), String(open));
});

test('no release of a version is closed of which the number alone is open', () => {
  for (const version of [253, 254, 256])
    for (const rest of ['', '.99', '.9-1~deb12u9', '.9-1ubuntu8.99', '.9-1.fc42'])
      assert.ok(has(`${version}${rest}`), `${version}${rest}`);
});

test('a release is told from other words', () => {
  assert.equal(releaseIn(' v257.9-dirty '), '257.9-dirty');
  assert.equal(releaseIn('257'), '257');
  for (const word of ['auto', '', '2', '257 (257.1)', '25x', '257.1;x', '257-'.repeat(2) + ' '.repeat(2) + 'a'])
    assert.equal(releaseIn(word), undefined, word);
});

const place = { trust: 'untrusted' } as const;
const text = '[Exec]\nEphemeral=yes\nPivotRoot=/../..\n[Files]\nBindUser=web\nBind=/a\n';

test('through the hole lines count beside an image, and each of them is named', () => {
  const holed = { place, systemdVersion: 257, systemdRelease: '257.9-1~deb13u1' };
  assert.deepEqual(briefly(text, holed), [
    '2 untrusted-setting-counts none',
    '3 untrusted-setting-counts none',
    '5 untrusted-setting-counts none',
    // What counts can be refused.
    '5 binduser-needs-userns start-refused',
    '6 untrusted-setting untrusted',
  ]);
  const messages = findingsIn(text, holed).map(({ message }) => message);
  assert.ok(messages.some((message) => message.includes('257.9-1~deb13u1') && message.includes('CVE-2026-40226')));
  assert.ok(briefly(text, { ...holed, place: { trust: 'trusted' } }).every((one) => !one.includes('untrusted')));
});

test('where it is closed they are left out', () => {
  assert.deepEqual(briefly(text, { place, systemdVersion: 257, systemdRelease: '257.13-1~deb13u1' }), [
    '2 untrusted-setting untrusted',
    '3 path-not-normalized ignored',
    '5 untrusted-setting untrusted',
    '6 untrusted-setting untrusted',
  ]);
});

test('BindUserShell= is not trusted since 261', () => {
  const at = (systemdVersion: number): readonly string[] =>
    briefly('[Files]\nBindUserShell=/bin/sh\n', { place, systemdVersion }).filter((one) => one.includes('untrusted'));
  assert.deepEqual(at(260), ['2 untrusted-setting-counts none']);
  assert.deepEqual(at(261), ['2 untrusted-setting untrusted']);
});
