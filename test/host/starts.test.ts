import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { test } from 'node:test';
import { encodeUtf8 } from '../../src/hostFacts/readText.ts';
import { machineUsersOf, ownerInside } from '../../src/language/nspawn/owners.ts';
import { findingsOf } from '../differential/compare.ts';
import { generateStart } from '../differential/generateStart.ts';
import { createRandom } from '../differential/random.ts';
import { systemdVersions } from './judge/nspawnJudge.ts';
import { startsJudge } from './judge/startsJudge.ts';
import { withJudgesOf } from './judge/withJudge.ts';

/** For each version and seed; a start takes far longer than reading a file. */
const files = 25;

const seeds = { 'the same as ever': 20261129, 'new in every run': randomInt(2 ** 31) };

await withJudgesOf(startsJudge, ({ suite, judge }) => {
  const version = systemdVersions[suite];
  for (const [name, seed] of Object.entries(seeds))
    test(`machines start exactly where we say so, ${name}: seed ${seed}`, async () => {
      const texts = Array.from({ length: files }, (_, index) => generateStart(createRandom(seed + index)));
      const starts = await judge().judge(texts.map(encodeUtf8));
      const wrong = starts.flatMap(({ started, said }, index) => {
        const text = texts[index] ?? '';
        const refusing = findingsOf(text, version).filter(({ effect }) => effect.endsWith('-refused'));
        return started === (refusing.length === 0)
          ? []
          : [`${JSON.stringify(text)}\n  real: ${said}\n  ours: ${refusing.map(({ rule }) => rule).join(' ')}`];
      });
      assert.deepEqual(wrong, []);
    });

  test('what hides a path that systemd-nspawn needs stops the start, and its neighbours do not', async () => {
    const needed = [
      ...['/dev', '/dev/pts', '/dev/pts/ptmx', '/dev/ptmx', '/dev/console'],
      ...['/sys', '/sys/fs', '/sys/fs/cgroup', '/run', '/run/host'],
    ];
    const lines = [
      ...['/', ...needed, '/dev/shm', '/sys/kernel', '/mnt'].map((path) => `Inaccessible=${path}`),
      ...[...needed, '/dev/shm', '/run/mine'].map((path) => `TemporaryFileSystem=${path}`),
      ...[...needed, '/dev/shm', '/run/mine'].map((path) => `Bind=/mnt:${path}`),
      ...['/dev', '/dev/pts', '/dev/ptmx', '/dev/console', '/run'].map((path) => `Bind=${path}`),
      ...['/dev/pts', '/sys', '/run', '/run/host', '/mnt'].map((path) => `OverlayReadOnly=/usr/bin:/etc:${path}`),
    ];
    const starts = await judge().judge(lines.map((line) => encodeUtf8(`[Files]\n${line}\n`)));
    const wrong = lines.filter((line, index) => {
      const stops = findingsOf(`[Files]\n${line}\n`, version).some(({ rule }) => rule === 'hides-needed-path');
      return starts[index]?.started === stops;
    });
    assert.deepEqual(wrong, []);
  });

  test('what is not yet in /run and /dev stops the start of who would make it inaccessible, and what is there does not', async () => {
    const later = ['/run/systemd', '/run/lock', '/run/user', '/run/log', '/dev/mqueue', '/dev/fd', '/dev/stdin'];
    const there = ['/dev/shm', '/dev/net', '/dev/net/tun', '/dev/null', '/dev/zero', '/dev/full', '/dev/tty'];
    const texts = [
      ...[...later, ...there, '/dev/random', '/dev/urandom', '/dev/fuse', '/dev/shm/x', '/run/host/incoming'].map(
        (path) => `Inaccessible=${path}`,
      ),
      ...later.map((path) => `Inaccessible=${path}\nTemporaryFileSystem=${path}`),
      'TemporaryFileSystem=/run/a/b\nInaccessible=/run/a',
      'Bind=/usr:/run/a\nInaccessible=/run/a/bin',
      'Bind=/usr:/run/a/b\nInaccessible=/run/a/c',
    ].map((lines) => `[Files]\n${lines}\n`);
    const starts = await judge().judge(texts.map(encodeUtf8));
    const wrong = texts.filter((text, index) => {
      const stops = findingsOf(text, version).some(({ rule }) => rule === 'inaccessible-not-there-yet');
      return starts[index]?.started === stops;
    });
    assert.deepEqual(wrong, []);
  });

  test('an upper directory in the image is taken up to 257, and belongs to the machine; one of the host does not', async () => {
    const texts = ['+/root', '+/var/log', '/tmp/up', ''].map(
      (upper) => `[Exec]\nPrivateUsers=pick\n[Files]\nOverlay=/usr/bin:${upper}:/mnt\n`,
    );
    const starts = await judge().judge(texts.map(encodeUtf8));
    const wrong = texts.filter((text, index) => {
      const rules = findingsOf(text, version).map(({ rule }) => rule);
      const { started = false, said = '' } = starts[index] ?? {};
      return (
        started === rules.includes('overlay-upper-in-image') ||
        (started && said.includes('mnt 65534:65534') !== rules.includes('bind-owned-by-nobody'))
      );
    });
    assert.deepEqual(wrong, []);
  });

  test('the plain idmap stops the start where the users begin with root of the host, as that of the image is', async () => {
    const texts = ['identity', '0:65536', 'yes', '524288'].flatMap((users) =>
      ['idmap', 'rootidmap', 'idmap,noidmap'].map(
        (option) => `[Exec]\nPrivateUsers=${users}\n[Files]\nBind=/usr:/mnt:${option}\n`,
      ),
    );
    const starts = await judge().judge(texts.map(encodeUtf8));
    const wrong = texts.filter((text, index) => {
      const stops = findingsOf(text, version).some(({ rule }) => rule === 'idmap-maps-root-twice');
      return starts[index]?.started === stops;
    });
    assert.deepEqual(wrong, []);
  });

  test('the program inside gets what the lines say together', async () => {
    const inside = async (text: string): Promise<string> => (await judge().judge([encodeUtf8(text)]))[0]?.said ?? '';
    assert.match(await inside('[Exec]\nDropCapability=all\nCapability=CAP_CHOWN\n'), /CapBnd:\s+0{16}\n/u);
    const tmpfs = '[Files]\nTemporaryFileSystem=/mnt:mode=0770,uid=1000,gid=1000\n';
    assert.match(await inside(tmpfs), /mnt 1000:1000/u);
    assert.match(await inside(`[Exec]\nPrivateUsers=524288\n${tmpfs}`), /mnt 0:0/u);
    assert.match(await inside('[Exec]\nPrivateUsers=524288\n'), /^\s*0\s+524288\s+65536$/mu);
    assert.match(await inside('[Exec]\nPrivateUsers=524288\n[Files]\nBind=/usr:/mnt\n'), /mnt 65534:65534/u);
  });

  test('who owns a bound file is what a hover says', async () => {
    const cases = ['no', '524288', '500:65536', '65536:600'].flatMap((users) =>
      (['noidmap', 'idmap', 'rootidmap'] as const)
        .filter((option) => (users !== 'no' || option === 'noidmap') && (version >= 252 || option !== 'rootidmap'))
        .map((option) => ({ users, option })),
    );
    const texts = cases.map(
      ({ users, option }) => `[Exec]\nPrivateUsers=${users}\n[Files]\nBind=/tmp/owned:/mnt:${option}\n`,
    );
    const starts = await judge().judge(texts.map(encodeUtf8));
    assert.deepEqual(
      starts.map(({ said }, index) => `${texts[index]}${/mnt \d+/u.exec(said)?.[0] ?? said}`),
      cases.map(({ users, option }, index) => {
        const owner = ownerInside(option, machineUsersOf(users), 1000, { source: 1000, target: 0 });
        return `${texts[index]}mnt ${owner}`;
      }),
    );
  });
});
