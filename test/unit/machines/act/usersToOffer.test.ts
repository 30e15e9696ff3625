import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parsePasswd, usersToOffer } from '../../../../src/machines/host/passwd.ts';

test('root and people come before the users of the system', () => {
  const users = parsePasswd(
    [
      'daemon:x:1:1::/usr/sbin:/usr/sbin/nologin',
      'root:x:0:0::/root:/bin/bash',
      'git:x:998:998::/srv/git:/bin/sh',
      'nobody:x:65534:65534::/:/usr/sbin/nologin',
      'ann:x:1001:1001::/home/ann:/bin/zsh',
      'bob:x:1000:1000::/home/bob:/usr/sbin/nologin',
    ].join('\n'),
  );
  assert.deepEqual(
    usersToOffer(users).map((user) => user.name),
    ['root', 'bob', 'ann', 'git', 'daemon', 'nobody'],
  );
});
