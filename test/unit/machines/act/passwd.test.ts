import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parsePasswd } from '../../../../src/machines/host/passwd.ts';

const names = (text: string): readonly string[] => parsePasswd(text).map(({ name }) => name);

test('users with their shells, in the order of the file', () => {
  const users = parsePasswd(
    'root:x:0:0:root:/root:/bin/bash\ndaemon:x:1:1::/usr/sbin:/usr/sbin/nologin\nalice:x:1000:1001:A,,,:/home/alice:\n',
  );
  assert.deepEqual(users[2], {
    name: 'alice',
    uid: 1000,
    gid: 1001,
    home: '/home/alice',
    shell: '/bin/sh',
    canLogIn: true,
  });
  assert.deepEqual(
    users.map(({ name, canLogIn }) => [name, canLogIn]),
    [
      ['root', true],
      ['daemon', false],
      ['alice', true],
    ],
  );
});

test('what a machine writes to do harm is left out', () => {
  assert.deepEqual(names('-x:x:0:0::/:/bin/sh'), []);
  assert.deepEqual(names('a b:x:0:0::/:/bin/sh'), []);
  assert.deepEqual(names('a\u001b[31m:x:0:0::/:/bin/sh'), []);
  assert.deepEqual(names('a:x:0:0::/:sh'), []);
  assert.deepEqual(names('a:x:0:0::/:/bin/\u202esh'), []);
  assert.deepEqual(names('a:x:-1:0::/:/bin/sh'), []);
  assert.deepEqual(names('a:x:4294967295:0::/:/bin/sh'), []);
  assert.deepEqual(names('a:x:0x0:0::/:/bin/sh'), []);
  assert.deepEqual(names('a:x:0:0::/:/bin/sh:more'), []);
  assert.deepEqual(names('garbage\n\n::::::\n'), []);
  assert.equal(parsePasswd('a:x:0:0::../..:/bin/sh')[0]?.home, '/');
});

test('the first of a name counts', () => {
  assert.equal(parsePasswd('a:x:1:1::/:/bin/sh\na:x:0:0::/:/bin/sh')[0]?.uid, 1);
});
