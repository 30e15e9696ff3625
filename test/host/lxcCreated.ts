import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CreationPlan } from '../../src/machines/creation.ts';
import type { Host } from './host.ts';
import { act, inLxc, type LxcRequest, rowIn, run, state, text } from './lxcRequests.ts';

/** Making containers, on a host that has the container `web`. */
export const testCreatedContainers = (host: () => Host): void => {
  test('containers are made from templates, and nothing is left of one that fails or is called off', async () => {
    const create = (name: string, plan: Partial<CreationPlan>, more = {}): LxcRequest => ({
      do: 'create',
      name,
      plan: { template: 'busybox', answers: {}, args: [], store: { kind: 'dir' }, ...plan },
      ...more,
    });
    const local = (archive: string): Partial<CreationPlan> => ({
      template: 'local',
      answers: { metadata: '/tmp/meta.tar.xz', fstree: archive },
    });
    const slow = `cat >/usr/share/lxc/templates/lxc-slow && chmod +x /usr/share/lxc/templates/lxc-slow`;
    const results = await inLxc(host(), [
      { do: 'creation' },
      create('made', {}),
      { do: 'seen', name: 'made', defined: true },
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
};
