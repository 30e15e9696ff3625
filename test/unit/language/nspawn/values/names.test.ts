import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fixed, judged, offered, problemsOf, refusedOf } from './judged.ts';

void test('signals have names in upper case, numbers, and places in the real-time range', () => {
  assert.deepEqual(
    refusedOf('KillSignal', [
      'SIGTERM',
      'TERM',
      '15',
      '64',
      '33',
      'SIGRTMIN',
      'RTMIN+30',
      'RTMAX-30',
      'RTMIN+0x3',
      'RTMAX-0',
    ]),
    [],
  );
  const none = [
    'sigterm',
    '0',
    '65',
    '-1',
    'RTMIN+31',
    'RTMAX-31',
    'RTMIN-1',
    'RTMAX+0',
    'RTMIN+',
    'SIGSIGTERM',
    'SIG15',
    'SIGCLD',
  ];
  assert.deepEqual(refusedOf('KillSignal', none), none);
  assert.equal(fixed('KillSignal', 'sigterm'), 'SIGTERM');
  assert.equal(fixed('KillSignal', 'SIGCLD'), 'SIGCHLD');
  assert.equal(fixed('KillSignal', 'rtmin + 3'), 'SIGRTMIN+3');
  assert.deepEqual(judged('KillSignal', ''), ['empty-value ignored «»']);
  assert.deepEqual(judged('KillSignal', '9'), ['signal-cannot-be-caught none «9»']);
});

void test('capabilities are judged word by word, and commas become blanks', () => {
  assert.deepEqual(judged('Capability', 'CAP_NET_ADMIN cap_chown all 38'), []);
  assert.deepEqual(judged('Capability', 'CAP_NET_ADMIN CAP_BOGUS CAP_KILL'), [
    'unknown-capability ignored «CAP_BOGUS»',
  ]);
  assert.equal(fixed('Capability', 'CAP_KILL,CAP_CHOWN'), 'CAP_KILL CAP_CHOWN');
  assert.equal(fixed('Capability', 'NET_ADMIN'), 'CAP_NET_ADMIN');
  assert.equal(fixed('Capability', 'CAP_NET_ADMN'), 'CAP_NET_ADMIN');
  assert.equal(fixed('Capability', 'ALL'), 'all');
  assert.deepEqual(judged('Capability', ''), ['empty-value-resets-nothing none «»']);
  assert.deepEqual(judged('Capability', 'CAP_KILL \\'), ['trailing-backslash ignored «\\»']);
});

void test('capability numbers go as far as their version lets them', () => {
  assert.deepEqual(judged('Capability', '41'), ['capability-without-name none «41»']);
  assert.deepEqual(refusedOf('Capability', ['62', '63', '64', '-1'], 254), ['63', '64', '-1']);
  assert.deepEqual(refusedOf('Capability', ['62', '63', '64'], 253), ['64']);
  assert.deepEqual(refusedOf('Capability', ['40', '41'], 245), ['41']);
  assert.deepEqual(judged('Capability', 'all', 243), ['unknown-capability ignored «all»']);
});

void test('AmbientCapability= does not take all', () => {
  assert.deepEqual(judged('AmbientCapability', 'CAP_KILL all'), ['ambient-capability-all start-refused «all»']);
  assert.deepEqual(judged('AmbientCapability', 'all # x'), [
    'ambient-capability-all start-refused «all»',
    'comment-after-value ignored «# x»',
  ]);
  assert.ok(!offered('AmbientCapability', '|').some(({ text }) => text === 'all'));
  for (const word of ['All', 'everything']) {
    const [problem] = problemsOf('AmbientCapability', word);
    assert.doesNotMatch(JSON.stringify([problem?.message, problem?.fixes]), /\ball\b/u);
  }
});

void test('the word at the cursor is what a suggestion replaces', () => {
  const words = offered('Capability', 'CAP_KILL CAP_NET|_RAW CAP_CHOWN');
  assert.equal(words.find(({ text }) => text === 'CAP_NET_ADMIN')?.made, 'CAP_KILL CAP_NET_ADMIN CAP_CHOWN');
  assert.equal(offered('SystemCallFilter', '~|').find(({ text }) => text === '@swap')?.made, '~@swap');
  assert.equal(offered('SystemCallFilter', '~@mount @s|').find(({ text }) => text === '@swap')?.made, '~@mount @swap');
});

void test('an architecture is that of the host or its 32-bit form', () => {
  assert.deepEqual(judged('Personality', 'x86', 262, 'x86-64'), []);
  assert.deepEqual(judged('Personality', 'arm64', 262, 'x86-64'), ['foreign-architecture ignored «arm64»']);
  assert.deepEqual(judged('Personality', 'arm64'), []);
  assert.deepEqual(judged('Personality', 'x86_64'), ['unknown-architecture ignored «x86_64»']);
  assert.equal(fixed('Personality', 'i686'), 'x86');
  assert.deepEqual(judged('Personality', ''), []);
  assert.deepEqual(
    offered('Personality', '|', 262, 'x86-64')
      .filter(({ rare }) => rare !== true)
      .map(({ text }) => text),
    ['x86-64', 'x86'],
  );
});

void test('a machine ID is 32 digits or a UUID, since 262 also as a URN', () => {
  const id = '00112233445566778899aabbccddeeff';
  const uuid = '00112233-4455-6677-8899-AABBCCDDEEFF';
  assert.deepEqual(refusedOf('MachineID', [id, uuid, id.toUpperCase()]), []);
  const none = ['0'.repeat(32), id.slice(1), `${id}0`, uuid.slice(0, -1), uuid.replace('-', ''), `{${uuid}}`, 'x'];
  assert.deepEqual(refusedOf('MachineID', none), none);
  assert.deepEqual(refusedOf('MachineID', [`urn:uuid:${uuid}`, `URN:UUID:${uuid}`, `urn:uuid:${id}`]), [
    `urn:uuid:${id}`,
  ]);
  assert.deepEqual(refusedOf('MachineID', [`urn:uuid:${uuid}`], 261), [`urn:uuid:${uuid}`]);
  assert.equal(fixed('MachineID', `{${uuid}}`), id);
});

void test('a host name is labels of letters, digits and inner hyphens', () => {
  assert.deepEqual(refusedOf('Hostname', ['a', 'a.b-c', '1', 'A', `${'x'.repeat(32)}.${'y'.repeat(31)}`]), []);
  assert.deepEqual(judged('Hostname', 'under_score'), ['invalid-hostname ignored «_»']);
  assert.deepEqual(judged('Hostname', 'a.-b'), ['invalid-hostname ignored «-b»']);
  assert.deepEqual(judged('Hostname', 'a..b'), ['invalid-hostname ignored «.»']);
  assert.deepEqual(judged('Hostname', '%i'), ['invalid-hostname ignored «%»']);
  assert.equal(fixed('Hostname', 'my host_1.'), 'my-host-1');
  assert.equal(fixed('Hostname', '%i'), undefined);
  const long = `${'x'.repeat(32)}.${'y'.repeat(32)}`;
  assert.deepEqual(judged('Hostname', long), ['invalid-hostname ignored «y»']);
});

void test('host names were read more freely by older versions', () => {
  assert.deepEqual(refusedOf('Hostname', ['', 'x'.repeat(64)], 250), ['']);
  assert.deepEqual(refusedOf('Hostname', ['', 'x'.repeat(64)], 251), ['x'.repeat(64)]);
  assert.deepEqual(refusedOf('Hostname', ['a_b', '-a', 'a..b'], 239), ['a..b']);
  assert.deepEqual(refusedOf('Hostname', ['a_b', '-a', 'a..b'], 240), ['a_b', '-a', 'a..b']);
});

void test('since 251 User= takes neither quotes, backslashes nor control characters', () => {
  assert.deepEqual(judged('User', 'a"b'), ['unsafe-character ignored «"»']);
  assert.deepEqual(judged('User', 'a"b', 250), []);
  assert.deepEqual(refusedOf('User', ['root', '0', 'ä', 'a*b', 'a\u0085b', 'a\u0001b', 'a\u007fb', 'a\\b']), [
    ...['a\u0001b', 'a\u007fb', 'a\\b'],
  ]);
  assert.equal(fixed('User', '"root"'), 'root');
  assert.deepEqual(judged('User', ''), []);
});

void test('what User= takes but no machine can have does not start', () => {
  assert.deepEqual(judged('User', 'root # admin'), ['comment-after-value start-refused «# admin»']);
  assert.deepEqual(judged('User', 'root:root'), ['impossible-user start-refused «:root»']);
  assert.equal(fixed('User', 'root:root'), 'root');
});
