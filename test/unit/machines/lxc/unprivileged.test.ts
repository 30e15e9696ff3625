import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { ignoreOutput } from '../../../../src/machines/command.ts';
import { createRun } from '../../../../src/machines/host/runWithExeca.ts';
import {
  checkUnprivileged,
  mayPass,
  quotaOf,
  type UnprivilegedFacts,
} from '../../../../src/machines/lxc/unprivileged/checks.ts';
import { freeRange, isAllowed, mapIn, rangesOf } from '../../../../src/machines/lxc/unprivileged/idRanges.ts';
import type { Remedy } from '../../../../src/machines/unprivilegedSetup.ts';
import { readUnprivilegedFacts } from '../../../../src/machines/lxc/unprivileged/readFacts.ts';
import { appendLines, replaceMaps } from '../../../../src/machines/lxc/unprivileged/remedies.ts';

const user = { name: 'kim', uid: 1000, gid: 1000, home: '/home/kim' };
const directory = (path: string, uid: number, mode = 0o755): UnprivilegedFacts['directories'][number] => ({
  path,
  uid,
  gid: uid,
  mode,
  acl: undefined,
});

const fine: UnprivilegedFacts = {
  user,
  groups: ['kim', 'staff'],
  subuid: 'ann:100000:65536\nkim:165536:65536\n',
  subgid: 'kim:165536:65536\n',
  mappers: {
    newuidmap: { path: '/usr/bin/newuidmap', may: 'yes', isTrusted: true },
    newgidmap: { path: '/usr/bin/newgidmap', may: 'yes', isTrusted: true },
  },
  switches: { userNamespaceClone: undefined, maxUserNamespaces: '9000', appArmorRestricts: undefined },
  appArmorKnowsLxc: false,
  usernet: '# who\nkim veth lxcbr0 10\n',
  bridges: ['lxcbr0'],
  hasBridgeService: true,
  configFile: '/home/kim/.config/lxc/default.conf',
  config: [
    ['lxc.net.0.type', 'veth'],
    ['lxc.net.0.link', 'lxcbr0'],
    ['lxc.idmap', 'u 0 165536 65536'],
    ['lxc.idmap', 'g 0 165536 65536'],
  ],
  systemConfig: undefined,
  directories: [directory('/', 0), directory('/home', 0), directory('/home/kim', 1000, 0o711)],
  installed: new Set(['apt-get', 'setfacl']),
  hasManager: true,
  hasUnifiedGroups: true,
};

/** What is missing, with what mends it as a person would type it. */
const missing = (facts: Partial<UnprivilegedFacts>): readonly string[] =>
  checkUnprivileged({ ...fine, ...facts })
    .filter(({ state }) => state === 'missing')
    .map(({ need, remedy }) => {
      const how = remedy?.writes?.lines.join('; ') ?? [remedy?.call.file, ...(remedy?.call.args ?? [])].join(' ');
      return `${need}: ${remedy?.as ?? 'nobody'}: ${how}`;
    });

describe('what a user needs for containers without privileges', () => {
  test('is all there', () => {
    assert.deepEqual(missing({}), []);
    assert.deepEqual(
      checkUnprivileged(fine).map(({ need }) => need),
      [
        'subuid',
        'subgid',
        'newuidmap',
        'newgidmap',
        'userNamespaces',
        'networkQuota',
        'bridge',
        'defaultConfig',
        'directories',
        'controlGroup',
      ],
    );
  });

  const cases: readonly (readonly [string, Partial<UnprivilegedFacts>, readonly string[]])[] = [
    [
      'ranges, beside those that others have',
      { subuid: 'ann:100000:65536\n', subgid: 'ann:100000:65536\nkim:5:10\n', config: [] },
      [
        'subuid: root: usermod --add-subuids 165536-231071 kim',
        'subgid: root: usermod --add-subgids 165536-231071 kim',
        'defaultConfig: user: lxc.idmap = u 0 165536 65536; lxc.idmap = g 0 165536 65536',
      ],
    ],
    [
      'the tools that map numbers',
      { mappers: { newuidmap: undefined, newgidmap: { path: '/usr/bin/newgidmap', may: 'no', isTrusted: true } } },
      ['newuidmap: root: apt-get install --yes uidmap', 'newgidmap: root: chmod u+s /usr/bin/newgidmap'],
    ],
    [
      'a tool that whoever installs in /usr/local may have put there, which gets no rights of root',
      {
        mappers: {
          ...fine.mappers,
          newuidmap: { path: '/usr/local/bin/newuidmap', may: 'no', isTrusted: false },
        },
      },
      ['newuidmap: nobody: '],
    ],
    [
      'nothing of a bridge that would say more in a line that root writes',
      {
        config: [
          ['lxc.net.0.type', 'veth'],
          ['lxc.net.0.link', 'br0 5000'],
          ['lxc.idmap', 'u 0 165536 65536'],
          ['lxc.idmap', 'g 0 165536 65536'],
        ],
      },
      [],
    ],
    [
      'the switch of Debian',
      { switches: { ...fine.switches, userNamespaceClone: '0' } },
      ['userNamespaces: root: kernel.unprivileged_userns_clone = 1'],
    ],
    [
      'namespaces at all',
      { switches: { ...fine.switches, maxUserNamespaces: '0' } },
      ['userNamespaces: root: user.max_user_namespaces = 15000'],
    ],
    [
      'what AppArmor forbids',
      { switches: { ...fine.switches, appArmorRestricts: '1' } },
      ['appArmor: root: kernel.apparmor_restrict_unprivileged_userns = 0'],
    ],
    [
      'nothing where AppArmor knows LXC',
      { switches: { ...fine.switches, appArmorRestricts: '1' }, appArmorKnowsLxc: true },
      [],
    ],
    ['a quota', { usernet: '@other veth lxcbr0 5\nkim veth br0 5\n' }, ['networkQuota: root: kim veth lxcbr0 10']],
    ['no quota where a group has one', { usernet: '@staff veth lxcbr0 5' }, []],
    ['a bridge', { bridges: [] }, ['bridge: root: systemctl enable --now lxc-net.service']],
    ['a bridge that nobody makes', { bridges: [], hasBridgeService: false }, ['bridge: nobody: ']],
    [
      'a configuration, like that of the system',
      { config: undefined, systemConfig: [] },
      [
        'defaultConfig: user: lxc.include = /etc/lxc/default.conf; lxc.idmap = u 0 165536 65536; lxc.idmap = g 0 165536 65536',
      ],
    ],
    [
      'maps that are in the ranges',
      {
        config: [
          ['lxc.idmap', 'u 0 100000 65536'],
          ['lxc.idmap', 'g 0 165536 65536'],
        ],
      },
      ['defaultConfig: user: lxc.idmap = u 0 165536 65536; lxc.idmap = g 0 165536 65536'],
    ],
    [
      'a way through the directories',
      { directories: [directory('/', 0), directory('/home', 0, 0o750), directory('/home/kim', 1000, 0o700)] },
      ['directories: user: setfacl --modify user:165536:x -- /home/kim'],
    ],
    [
      'a way through those of root, where no acl can be written',
      { directories: [directory('/', 0), directory('/home', 0, 0o750)], installed: new Set() },
      ['directories: root: chmod o+x -- /home'],
    ],
    [
      'a way that root would have to go through a directory of somebody else',
      { directories: [directory('/', 0), directory('/srv/ann', 1001), directory('/srv/ann/lxc', 0, 0o700)] },
      ['directories: nobody: '],
    ],
    [
      'a service manager',
      { hasManager: false },
      ['controlGroup: root: sh -c loginctl enable-linger -- "$1" && systemctl start "$2" sh kim user@1000.service'],
    ],
  ];
  for (const [what, facts, expected] of cases)
    test(`may be ${what}`, () => {
      assert.deepEqual(missing(facts), expected);
    });

  test('has no network where the containers have none, and cannot be told where nobody may look', () => {
    const config = fine.config?.filter(([key]) => key === 'lxc.idmap');
    const states = checkUnprivileged({
      ...fine,
      ...(config === undefined ? {} : { config }),
      bridges: [],
      hasUnifiedGroups: false,
      mappers: { ...fine.mappers, newuidmap: { path: '/usr/bin/newuidmap', may: 'unknown', isTrusted: true } },
    }).map(({ need, state }) => `${need} ${state}`);
    for (const one of ['networkQuota unneeded', 'bridge unneeded', 'newuidmap unknown', 'controlGroup unknown'])
      assert.ok(states.includes(one), one);
  });
});

test('ranges belong to a name or its number, and lines that make no sense to nobody', () => {
  const text = '#kim:1:1\nkim:1:2\n1000:3:4\nkim:x:1\nkim:5\n\nkimi:7:8\n';
  assert.deepEqual(rangesOf(text, user), [
    { first: 1, count: 2 },
    { first: 3, count: 4 },
  ]);
  assert.deepEqual(freeRange('', text), { first: 100_000, count: 65_536 });
  assert.equal(freeRange('kim:200000:65536\n', text)?.first, 265_536);
  const last = 'kim:4294901760:65536\n';
  assert.equal(freeRange(last)?.first, 100_000);
  assert.equal(freeRange(last, 'ann:100000:65536\nbob:170000:10\n')?.first, 170_010);
  assert.equal(freeRange('kim:0:4294967295\n'), undefined);
  const map = mapIn('u 0 100 10');
  assert.ok(map !== undefined && isAllowed(map, [{ first: 100, count: 10 }], 1000));
  assert.ok(!isAllowed(map, [{ first: 100, count: 9 }], 1000));
  assert.ok(isAllowed({ ...map, host: { first: 1000, count: 1 } }, [], 1000));
  assert.equal(mapIn('x 0 1 2'), undefined);
  assert.equal(quotaOf('kim veth br0 3\nkim veth br0 7\n', { user, groups: [] }, 'br0'), 7);
});

test('an access list lets the mapped root pass where the mode does not', () => {
  const home = {
    mode: 0o710,
    uid: 1000,
    gid: 1000,
    acl: 'user::rwx\nuser:165536:--x\ngroup::---\nmask::--x\nother::---\n',
  };
  const root = { uid: 165_536, gid: 165_536 };
  assert.ok(mayPass(home, root));
  assert.ok(!mayPass({ ...home, acl: home.acl.replace('mask::--x', 'mask::r--') }, root));
  assert.ok(!mayPass({ ...home, acl: undefined }, root));
});

describe('lines are written', () => {
  const within = async (check: (directory: string) => Promise<void>): Promise<void> => {
    const directory = mkdtempSync(join(tmpdir(), 'unprivileged-'));
    try {
      await check(directory);
    } finally {
      rmSync(directory, { recursive: true });
    }
  };
  const run = ({ call }: Pick<Remedy, 'call'>): Promise<void> => createRun()({ ...call, parse: ignoreOutput });

  test('behind what is there, into a file that comes with its directory', async () => {
    await within(async (directory) => {
      const path = join(directory, 'a b/new.conf');
      await run(appendLines('user', path, ["it's = $(id)"]));
      writeFileSync(path, 'first');
      await run(appendLines('user', path, ['one', 'two']));
      assert.equal(readFileSync(path, 'utf8'), 'first\none\ntwo\n');
    });
  });

  test('in the place of all maps, the rest as it was', async () => {
    await within(async (directory) => {
      const path = join(directory, 'default.conf');
      writeFileSync(path, 'lxc.net.0.type = empty\n lxc.idmap = u 0 1 2\nlxc.id_map = g 0 1 2\nlxc.x = 1');
      await run(replaceMaps(path, ['lxc.idmap = u 0 5 6']));
      assert.equal(readFileSync(path, 'utf8'), 'lxc.net.0.type = empty\nlxc.x = 1\nlxc.idmap = u 0 5 6\n');
    });
  });

  test('through no link', async () => {
    await within(async (directory) => {
      writeFileSync(join(directory, 'real'), 'x\n');
      symlinkSync('real', join(directory, 'link'));
      await assert.rejects(run(appendLines('root', join(directory, 'link'), ['y'])));
      assert.equal(readFileSync(join(directory, 'real'), 'utf8'), 'x\n');
    });
  });
});

test('a default configuration that is a link is written where it leads, which is said first', async () => {
  const home = mkdtempSync(join(tmpdir(), 'linked-home-'));
  try {
    mkdirSync(join(home, '.config/lxc'), { recursive: true });
    const kept = join(realpathSync(home), 'kept.conf');
    writeFileSync(kept, 'lxc.net.0.type = empty\n');
    symlinkSync(kept, join(home, '.config/lxc/default.conf'));
    const facts = await readUnprivilegedFacts(createRun(), { ...user, uid: process.geteuid?.() ?? 0, home });
    assert.deepEqual([facts.configFile, facts.config], [kept, [['lxc.net.0.type', 'empty']]]);
    const found = checkUnprivileged({ ...fine, configFile: facts.configFile, config: facts.config });
    assert.equal(found.find(({ need }) => need === 'defaultConfig')?.remedy?.writes?.path, kept);
  } finally {
    rmSync(home, { recursive: true });
  }
});
