import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodeUtf8 } from '../../src/hostFacts/readText.ts';
import type { NamedOnHost } from '../../src/language/namedOnHost.ts';
import { parseNspawn } from '../../src/language/nspawn/parse.ts';
import { startObstacles } from '../../src/language/nspawn/check.ts';
import { nspawnContext } from '../differential/compare.ts';
import { systemdVersions } from './judge/nspawnJudge.ts';
import { startsJudge } from './judge/startsJudge.ts';
import { withJudgesOf } from './judge/withJudge.ts';

/** What is there where the judge starts its machines (see judgeStarts.pl). */
const host: NamedOnHost = {
  interfaces: new Map([
    ['lo', 'other'],
    ['outside', 'other'],
    ['other', 'other'],
    ['br0', 'bridge'],
  ]),
  paths: new Map([
    ...['/nope', '/nope/x', '/etc/hostname/x', '/nope:x'].map((path) => [path, 'absent'] as const),
    ...['/etc/hostname', '/bin/busybox'].map((path) => [path, 'other'] as const),
    ...['/usr/bin', '/usr/lib', '/tmp/up', '/tmp', '/usr', '/var/tmp'].map((path) => [path, 'directory'] as const),
    ['/tmp/over/all/up', 'onOverlay'],
    ['/tmp/mounted', 'mountPoint'],
  ]),
  users: new Map([
    ['daemon', 'fits'],
    ['nope', 'absent'],
    ['_apt', 'otherGroup'],
    ['www-data', 'homeless'],
  ]),
  runs: false,
};

const network = (...lines: readonly string[]): string => ['[Network]', ...lines, ''].join('\n');
const files = (...lines: readonly string[]): string => ['[Files]', ...lines, ''].join('\n');

/** Which machines start does not depend on more than what is named here. */
const texts: readonly string[] = [
  ...['nope', 'nope:x', 'nope outside', 'lo:x nope'].map((names) => network(`Interface=${names}`)),
  ...['nope', 'nope:x'].flatMap((names) => [network(`MACVLAN=${names}`), network(`IPVLAN=${names}`)]),
  ...['nope', 'br0', 'outside', 'lo'].map((name) => network(`Bridge=${name}`)),
  network('Bridge=nope', 'Bridge=br0'),
  network('Zone=nope'),
  ...['/nope', '/nope:/mnt', '/nope/x:/mnt', '/etc/hostname/x:/mnt', '/nope\\:x:/mnt', '/usr/bin;/mnt'].flatMap(
    (value) => [files(`Bind=${value}`), files(`BindReadOnly=${value}`)],
  ),
  ...['/usr/bin:/mnt', '/etc/hostname:/mnt/name', '+/root:/mnt'].map((value) => files(`Bind=${value}`)),
  ...['/nope:/usr/bin:/mnt', '/usr/bin:/nope:/mnt', '/usr/bin:/nope', '/usr/bin:/etc/hostname:/mnt'].flatMap(
    (value) => [files(`Overlay=${value}`), files(`OverlayReadOnly=${value}`)],
  ),
  files('OverlayReadOnly=/usr/lib:/usr/bin:/mnt'),
  ...['/tmp/over/all/up', '/tmp/mounted', '/tmp/up'].flatMap((upper) => [
    files(`Overlay=/usr/bin:${upper}:/mnt`),
    files(`OverlayReadOnly=/usr/bin:${upper}:/mnt`),
  ]),
  files('Overlay=/tmp/mounted:/tmp/up:/mnt'),
  files('Overlay=/usr/bin::/mnt'),
  ...['daemon', 'nope', 'daemon nope', '_apt', 'www-data'].map(
    (users) => `[Exec]\nPrivateUsers=524288\n${files(`BindUser=${users}`)}`,
  ),
  // Relative to /, where units run, as the judge does.
  ...['usr/bin', 'nope', './usr/bin'].map((source) => files(`Bind=${source}:/mnt`)),
  ...['usr/bin:usr/lib:/mnt', 'nope:usr/lib:/mnt', 'usr/bin:nope:/mnt'].flatMap((layers) => [
    files(`OverlayReadOnly=${layers}`),
  ]),
  files('Overlay=usr/bin:tmp/up:/mnt'),
  // An overlay that is not taken, and paths in the machine.
  files('OverlayReadOnly=/nope;/mnt'),
  files('TemporaryFileSystem=/nope'),
  network('NamespacePath=/nope'),
];

await withJudgesOf(startsJudge, ({ suite, judge }) => {
  test('machines start exactly where the host has what their files name', async () => {
    const starts = await judge().judge(texts.map(encodeUtf8));
    const context = { ...nspawnContext(systemdVersions[suite]), named: host };
    const wrong = starts.flatMap(({ started, said }, index) => {
      const text = texts[index] ?? '';
      const obstacles = startObstacles(parseNspawn(text), text, context);
      return started === (obstacles.length === 0)
        ? []
        : [`${JSON.stringify(text)}\n  real: ${said}\n  ours: ${obstacles.map(({ rule }) => rule).join(' ')}`];
    });
    assert.deepEqual(wrong, []);
  });
});
