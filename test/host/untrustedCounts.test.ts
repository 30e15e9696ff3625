import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultContext } from '../../src/language/context.ts';
import { releaseIn, versionOf } from '../../src/schema/systemdRelease.ts';
import { checkNspawn } from '../../src/language/nspawn/check.ts';
import { parseNspawn } from '../../src/language/nspawn/parse.ts';
import { progress } from '../rig/progress.ts';
import type { Suite } from './boot/debootstrap.ts';
import { hostObstacle } from './boot/obstacle.ts';
import { ensureRootfs } from './boot/rootfs.ts';
import { runTool } from './boot/runTool.ts';
import { startJudge } from './judge/judge.ts';
import { ensureHoled, holedObstacle, holedRelease, untrustedJudge } from './judge/untrustedJudge.ts';
import { allSuites } from './withHost.ts';

/** A line that systemd-nspawn must not take from beside an image, and what it says where it does and where it does not. */
const lines = [
  {
    text: '[Exec]\nEphemeral=yes\n',
    counts: /--ephemeral and --link-journal=/u,
    leftOut: /Ignoring ephemeral setting/u,
  },
  { text: '[Files]\nBindUser=root\n', counts: /--bind-user= requires/u, leftOut: /Ignoring bind user setting/u },
];

const ourWord = (text: string, systemdRelease: string): readonly string[] =>
  checkNspawn(parseNspawn(text), text, {
    ...defaultContext,
    place: { trust: 'untrusted' },
    systemdVersion: versionOf(systemdRelease),
    systemdRelease,
  })
    .map(({ rule }) => rule)
    .filter((rule) => rule.startsWith('untrusted-setting'));

/** Whether each line counts for the real systemd-nspawn, and whether our rule says the same of that release. */
const agrees = async (suite: Suite, release: string, counts: boolean, holed?: string): Promise<void> => {
  const judge = await startJudge(untrustedJudge(holed), suite, progress);
  try {
    for (const line of lines) {
      const [said = ''] = await judge.judge([Buffer.from(line.text)]);
      assert.match(said, /Settings are trusted: no/u);
      assert.match(said, counts ? line.counts : line.leftOut, `${release} of ${line.text}`);
      assert.doesNotMatch(said, counts ? line.leftOut : line.counts, `${release} of ${line.text}`);
      assert.deepEqual(
        ourWord(line.text, release),
        [counts ? 'untrusted-setting-counts' : 'untrusted-setting'],
        `${release} of ${line.text}`,
      );
    }
  } finally {
    await judge.close();
  }
};

const obstacle = await hostObstacle();
const noHole = obstacle ?? (await holedObstacle());

test(
  `lines of a file beside an image count in ${holedRelease}`,
  noHole === undefined ? {} : { skip: noHole },
  async () => agrees('bookworm', holedRelease, true, await ensureHoled(progress)),
);

for (const suite of allSuites)
  test(`they do not in the mended systemd of ${suite}`, obstacle === undefined ? {} : { skip: obstacle }, async () => {
    const rootfs = await ensureRootfs(suite, progress);
    const version = await runTool('chroot', [
      rootfs,
      'dpkg-query',
      '--show',
      '--showformat=${Version}',
      'systemd-container',
    ]);
    const release = releaseIn(version);
    assert.ok(release !== undefined, version);
    await agrees(suite, release, false);
  });

test(
  'BindUserShell= of such a file does not count in 262',
  obstacle === undefined ? {} : { skip: obstacle },
  async () => {
    const judge = await startJudge(untrustedJudge(), 'forky', progress);
    try {
      const text = '[Files]\nBindUserShell=/bin/sh\n';
      const [said = ''] = await judge.judge([Buffer.from(text)]);
      assert.match(said, /Ignoring bind user shell setting/u);
      assert.deepEqual(ourWord(text, '262-1'), ['untrusted-setting']);
    } finally {
      await judge.close();
    }
  },
);
