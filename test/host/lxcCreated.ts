import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CreationPlan } from '../../src/machines/creation.ts';
import type { Host } from './host.ts';
import { act, inLxc, type LxcRequest, rowIn, run, state, text } from './lxcRequests.ts';

const create = (name: string, plan: Partial<CreationPlan>, more = {}): LxcRequest => ({
  do: 'create',
  name,
  plan: { template: 'busybox', answers: {}, args: [], store: { kind: 'dir' }, ...plan },
  ...more,
});

/** Making containers, on a host that has the container `web`. */
export const testCreatedContainers = (host: () => Host): void => {
  test('containers are made from templates, and nothing is left of one that fails or is called off', async () => {
    const local = (archive: string): Partial<CreationPlan> => ({
      template: 'local',
      answers: { metadata: '/tmp/meta.tar.xz', fstree: archive },
    });
    const slow = `cat >/usr/share/lxc/templates/lxc-slow && chmod +x /usr/share/lxc/templates/lxc-slow`;
    const results = await inLxc(host(), [
      { do: 'creation' },
      create('made', {}),
      { do: 'seen', name: 'made', tree: '/var/lib/lxc/made/rootfs' },
      run('sed', '-i', '/^lxc.net/d', '/var/lib/lxc/made/config'),
      act('made', 'start'),
      state('made'),
      act('made', 'terminate'),
      create('looped', { store: { kind: 'loop', size: '64M' } }),
      create('laid', { store: { kind: 'overlay' } }),
      run('grep', '-h', 'rootfs.path', '/var/lib/lxc/looped/config', '/var/lib/lxc/laid/config'),
      run(
        'sh',
        '-c',
        'cd /tmp && echo ID=kept >/var/lib/lxc/made/rootfs/etc/os-release && echo >config && tar -cJf meta.tar.xz config',
      ),
      run('tar', '-cJf', '/tmp/tree.tar.xz', '-C', '/var/lib/lxc/made/rootfs', '.'),
      create('again', local('/tmp/tree.tar.xz')),
      run('cat', '/var/lib/lxc/again/rootfs/etc/os-release'),
      ...['made', 'looped', 'laid', 'again'].map((name) => act(name, 'remove')),
      run('sh', '-c', 'echo junk >/tmp/junk.tar.xz'),
      { do: 'run', file: 'sh', args: ['-c', slow], input: '#!/bin/sh\necho begun\nsleep 600\n' },
      run('ls', '/var/lib/lxc'),
      create('broken', local('/tmp/junk.tar.xz')),
      create('broken', { store: { kind: 'btrfs' } }),
      create('broken', { template: 'nonsense' }),
      create('broken', { template: 'slow' }, { cancelAt: 'begun' }),
      create('broken', { template: 'slow', store: { kind: 'loop', size: '64M' } }, { cancelAt: 'begun' }),
      create('web', {}),
      run('sh', '-c', 'rm /usr/share/lxc/templates/lxc-slow; ls /var/lib/lxc'),
    ]);
    assert.deepEqual(results[0]?.value, {
      templates: ['busybox', 'download', 'local', 'oci'],
      stores: ['dir', 'overlay', 'loop'],
    });
    assert.equal(rowIn(results[2]).image?.path, '/var/lib/lxc/made/rootfs');
    assert.equal(text(results[5]), 'RUNNING');
    assert.match(text(results[9]), /= loop:\/var\/lib\/lxc\/looped\/rootdev\n.*= overlay:/u);
    assert.equal(text(results[13]), 'ID=kept');
    const failing = results.slice(21);
    for (const [place, { failure }] of results.slice(0, 21).entries())
      assert.equal(failure, undefined, `${place}: ${JSON.stringify(failure)}`);
    const failures = failing.map(({ failure }) => failure);
    const reasons = failures.map((failure) => (failure?.kind === 'notMade' ? failure.reason : failure?.kind));
    assert.match(reasons[0] ?? '', /not look like a tar archive|not recognized/u);
    assert.match(reasons[1] ?? '', /Failed to create/u);
    assert.match(reasons[2] ?? '', /bad template: nonsense/u);
    assert.deepEqual(reasons.slice(3, 6), ['cancelled', 'cancelled', 'nameTaken']);
    assert.deepEqual(text(failing.at(-1)), text(results[20]));
    for (const failure of failures) assert.ok(failure?.kind !== 'notMade' || failure.left === undefined);
  });

  test('a container is packed, destroyed, and brought back with every owner, mode and node', async () => {
    const file = '/root/p.tar.gz';
    const topFile = '/root/top.tar.gz';
    const small = '/mnt/small';
    const make = `set -e
sed -i '/^lxc.net/d' config
cd rootfs
chown 1234:5 etc/group
mknod -m 640 dev/node c 1 3
touch old; chmod 6711 old
mkdir -p ${small}; mount -t tmpfs -o size=64k tmpfs ${small}
chown 1000 .. ../config; chmod 777 ..
mount -t tmpfs tmpfs mnt; touch mnt/foreign
`;
    const top = `cd /var/lib/lxc/packed && tar --numeric-owner -czf ${topFile} ./*`;
    // A container whose root is another one on this host: all of its files belong to ids of the map.
    const map = `set -e
mkdir -p /run/whole/proc /run/whole/sys
mount -t proc proc /run/whole/proc
mount -t sysfs sysfs /run/whole/sys
cd /var/lib/lxc/mapped
sed -i '/^lxc.net/d' config
echo lxc.idmap = u 0 1000000 65536 >>config
echo lxc.idmap = g 0 1000000 65536 >>config
chown -R 1000000:1000000 rootfs
for file in /etc/subuid /etc/subgid; do echo root:1000000:65536 >>$file; done
`;
    const look = (name: string): LxcRequest =>
      run('sh', '-c', `cd /var/lib/lxc/${name}/rootfs && find . -xdev -printf '%P %m %U %G %y %l\\n' | sort`);
    const results = await inLxc(host(), [
      create('packed', {}),
      run('sh', '-c', `cd /var/lib/lxc/packed; ${make}`),
      look('packed'),
      { do: 'backUp', name: 'packed', file },
      run('umount', '/var/lib/lxc/packed/rootfs/mnt'),
      act('packed', 'remove'),
      { do: 'bringBack', name: 'packed', file },
      { do: 'seen', name: 'packed', tree: '/var/lib/lxc/packed/rootfs' },
      look('packed'),
      act('packed', 'start'),
      state('packed'),
      { do: 'bringBack', name: 'beside', file },
      act('beside', 'start'),
      run('lxc-attach', '-n', 'beside', '--', 'hostname'),
      act('beside', 'terminate'),
      { do: 'backUp', name: 'packed', file },
      act('packed', 'terminate'),
      { do: 'backUp', name: 'packed', file: `${small}/p.tar.gz` },
      { do: 'bringBack', name: 'packed', file },
      create('looped', { store: { kind: 'loop', size: '64M' } }),
      { do: 'backUp', name: 'looped', file },
      run('sh', '-c', `ls -A ${small}; umount ${small}; ls -A /root | grep tar`),
      run('sh', '-c', top),
      { do: 'bringBack', name: 'top', file: topFile },
      act('top', 'start'),
      state('top'),
      act('top', 'terminate'),
      create('mapped', {}),
      run('sh', '-c', map),
      { do: 'backUp', name: 'mapped', file },
      act('mapped', 'remove'),
      { do: 'bringBack', name: 'mapped', file },
      act('mapped', 'start'),
      state('mapped'),
      act('mapped', 'terminate'),
      run('sh', '-c', 'umount /run/whole/*; sed -i /^root:1000000:/d /etc/subuid /etc/subgid'),
      run('sh', '-c', 'cd /var/lib/lxc; stat -c "%u:%g %a" packed packed/config top mapped'),
      ...['packed', 'beside', 'looped', 'top', 'mapped'].map((name) => act(name, 'remove')),
    ]);
    const failing = new Set([15, 17, 18, 20]);
    for (const [place, { failure }] of results.entries())
      if (!failing.has(place)) assert.equal(failure, undefined, `${place}: ${JSON.stringify(failure)}`);
    assert.match(text(results[2]), /^dev\/node 640 0 0 c/mu);
    assert.equal(text(results[8]), text(results[2]));
    assert.equal(rowIn(results[7]).image?.path, '/var/lib/lxc/packed/rootfs');
    assert.deepEqual([text(results[10]), text(results[13])], ['RUNNING', 'beside']);
    const [runs, full, taken, looped] = [...failing].map((place) => results[place]?.failure);
    assert.deepEqual([runs?.kind, taken?.kind], ['machineRunning', 'nameTaken']);
    assert.match(JSON.stringify(full), /No space left/u);
    assert.equal(looped?.kind === 'archiveProblem' && looped.problem, 'treeElsewhere');
    assert.equal(text(results[21]), 'p.tar.gz');
    assert.deepEqual([text(results[25]), text(results[33])], ['RUNNING', 'RUNNING']);
    assert.deepEqual(text(results[36]).split('\n'), ['0:0 770', '0:0 644', '0:0 770', '0:1000000 710']);
  });
};
