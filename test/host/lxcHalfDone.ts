import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Host } from './host.ts';
import { act, inLxc, run, text } from './lxcRequests.ts';

const full = '/mnt/full';

/** A container whose snapshot needs more room than the container itself has had. */
const prepare = `set -e
mkdir ${full}
mount -t tmpfs -o size=64m tmpfs ${full}
lxc-copy -n spare -N tight -p ${full}
head -c 4000000 /dev/urandom >${full}/tight/rootfs/big
`;
const fill = `rm ${full}/tight/rootfs/big; cat /dev/zero >${full}/rest; ls -A ${full}/tight/snaps`;

const begun = '/tmp/copying';
/** A copy that gets no further. */
const stall = `printf '#!/bin/sh\\ntouch ${begun}\\nexec sleep 600\\n' >/usr/local/bin/rsync && chmod +x /usr/local/bin/rsync`;

/** What tools of LXC leave when they end halfway, on a host that has the stopped containers `web` and `spare`. */
export const testHalfDone = (host: () => Host): void => {
  test('what ends halfway is taken back or said, and snapshots of what has copies stay', async () => {
    const tight = await inLxc(
      host(),
      [
        run('sh', '-c', prepare),
        act('tight', 'snapshot'),
        run('sh', '-c', fill),
        act('tight', 'restore', { snapshot: 'snap0' }),
        run('sh', '-c', `ls ${full}/tight/snaps/snap0/rootfs/big; umount ${full}`),
      ],
      'root',
      full,
    );
    assert.equal(text(tight[2]), 'snap0');
    const lost = tight[3]?.failure;
    assert.ok(lost?.kind === 'notRestored', JSON.stringify(tight));
    assert.equal(lost.path, `${full}/tight/snaps/snap0`);
    assert.match(text(tight[4]), /big$/u);

    const results = await inLxc(host(), [
      act('web', 'snapshot'),
      act('web', 'overlay', { to: 'upon' }),
      act('web', 'remove'),
      run('ls', '/var/lib/lxc/web/snaps'),
      act('upon', 'remove'),
      act('web', 'removeSnapshot', { snapshot: 'snap0' }),
      run('sh', '-c', stall),
      act('web', 'clone', { to: 'half', cancelWhen: begun }),
      act('web', 'rename', { to: 'half', cancelWhen: begun }),
      act('web', 'snapshot', { cancelWhen: begun }),
      run('rm', '/usr/local/bin/rsync'),
      act('web', 'removeSnapshot', { snapshot: 'snap0' }),
      run('ls', '/var/lib/lxc', '/var/lib/lxc/web'),
    ]);
    const failures = results.map(({ failure }) => failure);
    const [, , copied] = failures;
    assert.ok(copied?.kind === 'hasCopies', JSON.stringify(results));
    assert.deepEqual(copied.copies, ['upon']);
    assert.equal(text(results[3]), 'snap0');
    assert.deepEqual(failures.slice(7, 9), [{ kind: 'cancelled' }, { kind: 'cancelled' }]);
    const half = failures[9];
    assert.ok(half?.kind === 'halfDone', JSON.stringify(half));
    assert.deepEqual(half.paths, ['/var/lib/lxc/web/snaps/snap0']);
    for (const place of [0, 1, 4, 5, 11]) assert.equal(failures[place], undefined, `${place}`);
    assert.doesNotMatch(text(results.at(-1)), /half|upon|lxc_snapshots/u);
  });
};
