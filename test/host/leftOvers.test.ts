import assert from 'node:assert/strict';
import type { LeftOver } from '../../src/machines/leftOver.ts';
import { setTimeout as sleep } from 'node:timers/promises';
import { test } from 'node:test';
import { imageOfLeftOver, listLeftOvers, removeLeftOvers } from '../../src/machines/nspawn/operate/leftOvers.ts';
import type { Host } from './host.ts';
import { allSuites, withHost } from './withHost.ts';

const pool = '/var/lib/machines';

const list = async (host: Host, ...directories: readonly string[]): Promise<readonly LeftOver[]> => {
  const command = listLeftOvers(directories);
  return command.parse(await host.run(command.file, command.args));
};

const remove = async (host: Host, leftOvers: readonly LeftOver[]): Promise<readonly string[]> => {
  const command = removeLeftOvers(leftOvers);
  return command.parse(await host.run(command.file, command.args)).map(({ outcome, reason }) => reason || outcome);
};

const sh = async (host: Host, script: string): Promise<string> => (await host.run('sh', ['-ec', script])).stdout.trim();

const namesIn = (host: Host, directory: string): Promise<string> => sh(host, `ls -A ${directory} | grep '^[.]#' || :`);

const until = async (what: string, probe: () => Promise<boolean>): Promise<void> => {
  for (let tries = 0; tries < 300; tries += 1) {
    if (await probe()) return;
    await sleep(100);
  }
  assert.fail(`waited in vain for ${what}`);
};

/** A copy of an image on which a machine runs. */
const runCopy = async (host: Host, image: string): Promise<void> => {
  const nspawn = `systemd-nspawn --quiet --boot --ephemeral --directory=${image}`;
  await host.run('systemd-run', ['--quiet', '--collect', '--unit=copy', 'script', '-qec', nspawn, '/dev/null']);
  await until('the machine', async () => (await sh(host, 'machinectl list --no-legend')) !== '');
};

for (const suite of allSuites)
  await withHost(suite, (host) => {
    test('a copy is in use while its machine runs, also without systemd-nspawn, and free and removed afterwards', async () => {
      await sh(host(), 'mkdir -p /srv/plain; cp -a /var/lib/machines/busybox /srv/plain/bb');
      for (const [image, kind] of [
        [`${pool}/debian`, 'subvolume'],
        ['/srv/plain/bb', 'directory'],
      ] as const) {
        const directory = image.slice(0, image.lastIndexOf('/'));
        await runCopy(host(), image);
        const [running, ...others] = await list(host(), directory, '/nonexistent', directory);
        assert.ok(running !== undefined && others.length === 0);
        assert.equal(imageOfLeftOver(running.name), image.slice(directory.length + 1));
        assert.deepEqual([running.state, running.kind], ['used', kind]);
        assert.deepEqual(await remove(host(), [running]), ['used']);

        await sh(host(), 'systemctl kill --signal=KILL copy.service; pkill -KILL -x systemd-nspawn || :');
        const orphans = await list(host(), directory);
        assert.equal(orphans.length, 1, 'nobody has removed it');
        const machine = (await sh(host(), 'machinectl list --no-legend')).split(' ')[0] ?? '';
        if (machine !== '') {
          assert.equal(orphans[0]?.state, 'used', 'its machine runs on');
          await host().run('machinectl', ['terminate', machine]);
        }
        await until('the copy to be free', async () => (await list(host(), directory))[0]?.state === 'free');
        const free = await list(host(), directory);
        assert.ok((free[0]?.bytes ?? 0) > 10_000 && (free[0]?.made ?? 0) > 1e12, JSON.stringify(free));
        assert.deepEqual(await remove(host(), free), ['removed']);
        assert.equal(await namesIn(host(), directory), '', 'its lock is gone, too');
        assert.deepEqual(await remove(host(), free), ['gone']);
      }
    });

    test('what is no left-over, is locked, or lies elsewhere by now stays', async () => {
      const code = '0123456789abcdef';
      await sh(
        host(),
        `cd ${pool}; mkdir .#machine.short123 .#other.x${code} .#machine.held${code} kept; touch kept/file
        ln -s kept .#machine.link${code}; touch .#.#machine.held${code}.lck
        btrfs subvolume snapshot -r busybox .#snapshot.ice${code} >&2
        btrfs subvolume create .#snapshot.nest${code} >&2; btrfs subvolume create .#snapshot.nest${code}/inner >&2
        touch .#machine.disk.raw${code}`,
      );
      // Seen by its lock alone: what is open has another name.
      await sh(host(), `ln ${pool}/.#.#machine.held${code}.lck ${pool}/name`);
      await host().run('systemd-run', ['--quiet', '--unit=holder', 'flock', `${pool}/name`, 'sleep', 'infinity']);
      await until('the lock', async () => (await list(host(), pool)).some(({ state }) => state === 'used'));
      const found = await list(host(), pool);
      assert.deepEqual(
        found.map(({ name, state, kind }) => [imageOfLeftOver(name), state, kind]),
        [
          ['disk.raw', 'free', 'file'],
          ['held', 'used', 'directory'],
          ['ice', 'free', 'subvolume'],
          ['nest', 'free', 'subvolume'],
        ],
      );
      assert.deepEqual(
        await remove(
          host(),
          found.map((one) => ({ ...one, identity: '1:2' })),
        ),
        ['another', 'another', 'another', 'another'],
      );
      const [first] = found;
      assert.ok(first !== undefined);
      assert.deepEqual(await remove(host(), [{ ...first, name: `.#machine.link${code}` }]), ['gone']);
      assert.deepEqual(await remove(host(), found), ['removed', 'used', 'removed', 'removed']);
      await sh(host(), 'systemctl stop holder.service');
      assert.deepEqual(await remove(host(), await list(host(), pool)), ['removed']);
      assert.equal(await namesIn(host(), pool), `.#machine.link${code}\n.#machine.short123\n.#other.x${code}`);
      assert.equal(await sh(host(), `ls ${pool}/kept`), 'file');
    });
  });
