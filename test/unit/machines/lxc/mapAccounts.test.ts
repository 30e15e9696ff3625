import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type IdMap, mapIn } from '../../../../src/machines/lxc/unprivileged/idRanges.ts';
import { mapAccounts, mapOne } from '../../../../src/machines/lxc/unprivileged/mapAccounts.ts';
import type { AccountMapping, MappedAccounts, WantedId } from '../../../../src/machines/unprivilegedSetup.ts';

const maps = (...lines: readonly string[]): readonly IdMap[] => lines.flatMap((line) => mapIn(line) ?? []);
const shown = (all: readonly IdMap[]): readonly string[] =>
  all.map(({ type, inside, host }) => `${type} ${inside} ${host.first} ${host.count}`);
const user = (inside: number, outside: number): WantedId => ({ of: 'u', inside, outside });

test('one number splits its range into what is before and what is behind', () => {
  const whole = maps('u 0 100000 65536');
  const split = ['u 0 100000 1000', 'u 1000 1000 1', 'u 1001 101001 64535'];
  assert.deepEqual(shown(mapOne(whole, user(1000, 1000))), split);
  assert.deepEqual(shown(mapOne(maps(...split), user(1000, 1000))), split, 'a second time changes nothing');
  assert.deepEqual(shown(mapOne(whole, user(0, 1000))), ['u 0 1000 1', 'u 1 100001 65535']);
  assert.deepEqual(shown(mapOne(whole, user(65535, 1000))), ['u 0 100000 65535', 'u 65535 1000 1']);
  assert.deepEqual(shown(mapOne(whole, user(70000, 1000))), ['u 0 100000 65536', 'u 70000 1000 1']);
  // As it was.
  assert.deepEqual(shown(mapOne(maps(...split), user(1000, 101000))), ['u 0 100000 65536']);
  assert.deepEqual(shown(mapOne([], user(5, 6))), ['u 5 6 1']);
});

test('neighbours of several users become one range, and no number of the host stands twice', () => {
  const whole = maps('u 0 100000 65536');
  const two = mapOne(mapOne(whole, user(1001, 1001)), user(1000, 1000));
  assert.deepEqual(shown(two), ['u 0 100000 1000', 'u 1000 1000 2', 'u 1002 101002 64534']);
  // The user of the host was another one inside.
  assert.deepEqual(shown(mapOne(whole, user(5, 100007))), [
    ...['u 0 100000 5', 'u 5 100007 1', 'u 6 100006 1', 'u 8 100008 65528'],
  ]);
  // Ranges that overlap are each without it.
  assert.deepEqual(shown(mapOne(maps('u 0 100000 10', 'u 5 200000 10'), user(7, 1000))), [
    ...['u 0 100000 7', 'u 5 200000 2', 'u 7 1000 1', 'u 8 100008 2', 'u 8 200003 7'],
  ]);
  const last = 2 ** 32 - 2;
  assert.deepEqual(shown(mapOne(maps(`u 0 0 ${last + 1}`), user(last, 1000))), [
    ...['u 0 0 1000', `u 1001 1001 ${last - 1001}`, `u ${last} 1000 1`],
  ]);
});

const root = { name: 'root', uid: 0, gid: 0, home: '/root' };
const map = (text: string, more: Partial<AccountMapping> = {}): MappedAccounts | 'none' | 'unreadable' =>
  mapAccounts({ text, wanted: [user(1000, 1000)], user: root, subuid: 'root:100000:65536\n', subgid: '', ...more });
const mapped = (text: string, more?: Partial<AccountMapping>): MappedAccounts => {
  const result = map(text, more);
  if (typeof result === 'string') assert.fail(result);
  return result;
};

test('the lines of the configuration are written in place, and all others stay', () => {
  const text = '# a\nlxc.idmap = u 0 100000 65536\nlxc.tty.max = 1\n  lxc.idmap="g 0 100000 65536"\n# b\n';
  const both: readonly WantedId[] = [user(1000, 1000), { of: 'g', inside: 100, outside: 1000 }];
  assert.equal(
    mapped(text, { wanted: both }).text,
    [
      '# a',
      ...['lxc.idmap = u 0 100000 1000', 'lxc.idmap = u 1000 1000 1', 'lxc.idmap = u 1001 101001 64535'],
      'lxc.tty.max = 1',
      ...['lxc.idmap = g 0 100000 100', 'lxc.idmap = g 100 1000 1', 'lxc.idmap = g 101 100101 65435'],
      '# b\n',
    ].join('\n'),
  );
  assert.match(mapped(text).text, /lxc\.idmap="g 0 100000 65536"/u);
  // What an empty value clears stays and counts no more.
  const cleared = mapped('lxc.idmap = u 0 5 10\r\nlxc.idmap =\r\nlxc.idmap = u 0 100000 2000\r\n');
  assert.equal(
    cleared.text,
    'lxc.idmap = u 0 5 10\r\nlxc.idmap =\r\nlxc.idmap = u 0 100000 1000\r\nlxc.idmap = u 1000 1000 1\r\nlxc.idmap = u 1001 101001 999\r\n',
  );
  // A kind that has no line yet stands behind the others.
  assert.equal(mapped('lxc.idmap = g 0 9 5\n#\n').text, 'lxc.idmap = g 0 9 5\nlxc.idmap = u 1000 1000 1\n#\n');
  assert.deepEqual(mapped(text).moved, [{ of: 'u', inside: 1000, from: 101000, to: 1000 }]);
  assert.equal(map('lxc.uts.name = a\nlxc.idmap =\n'), 'none');
  for (const bad of ['u 0 100000', 'b 0 1 2', 'u 0 0x10 5', 'u 0 0 0', 'u 0 4294967290 10'])
    assert.equal(map(`lxc.idmap = ${bad}`), 'unreadable', bad);
});

test('a map that included files have a part of is cleared at the end and written as a whole', () => {
  const counting = ['u 0 100000 2000', 'g 0 100000 65536'];
  const whole = ['u 0 100000 1000', 'u 1000 1000 1', 'u 1001 101001 999', 'g 0 100000 65536'];
  const lines = ['lxc.idmap =', ...whole.map((one) => `lxc.idmap = ${one}`), ''];
  const include = 'lxc.include = /etc/lxc/map.conf';
  assert.equal(mapped(include, { counting }).text, [include, ...lines].join('\n'));
  // Its own lines are in there already.
  assert.equal(
    mapped(`${include}\r\nlxc.idmap = g 0 100000 65536\r\n`, { counting }).text,
    [include, ...lines].join('\r\n'),
  );
  assert.equal(map(include, { counting: ['u 0 100000'] }), 'unreadable');
});

test('what subuid and subgid lack is said, and nothing for what they give or whose own number it is', () => {
  const text = 'lxc.idmap = u 0 100000 65536\nlxc.idmap = g 0 100000 65536\n';
  const { missing } = mapped(text);
  assert.deepEqual(
    missing.map(({ path, line, remedy }) => [path, line, ...remedy.call.args]),
    [
      ['/etc/subuid', 'root:1000:1', '--add-subuids', '1000-1000', 'root'],
      ['/etc/subgid', 'root:100000:65536', '--add-subgids', '100000-165535', 'root'],
    ],
  );
  const kim = { name: 'kim', uid: 1000, gid: 1000, home: '/home/kim' };
  const files = { subuid: 'kim:100000:65536\n', subgid: '1000:100000:65536\n' };
  assert.deepEqual(mapped(text, { user: kim, ...files }).missing, []);
});
