import assert from 'node:assert/strict';
import { test } from 'node:test';
import { names } from '../unit/machines/act/nameSamples.ts';
import { act, failureOf } from './act.ts';
import type { Host } from './host.ts';
import { allSuites, withHost } from './withHost.ts';

const property = async (host: Host, image: string, name: string): Promise<string> =>
  (await host.run('machinectl', ['show-image', `--property=${name}`, '--value', '--', image])).stdout.trim();

const exists = async (host: Host, image: string): Promise<boolean> =>
  (await host.run('test', ['-d', `/var/lib/machines/${image}`])).exitCode === 0;

for (const suite of allSuites)
  await withHost(suite, (host) => {
    test('clone, make read-only and writable, rename, remove', async () => {
      assert.equal(await failureOf(host(), { do: 'clone', name: 'busybox', to: '-new one' }), undefined);
      assert.equal(await property(host(), '-new one', 'ReadOnly'), 'no');
      assert.equal(await failureOf(host(), { do: 'clone', name: 'busybox', to: 'ice', readOnly: true }), undefined);
      assert.equal(await property(host(), 'ice', 'ReadOnly'), 'yes');

      assert.equal(await failureOf(host(), { do: 'setReadOnly', name: 'ice', readOnly: false }), undefined);
      assert.equal(await property(host(), 'ice', 'ReadOnly'), 'no');
      assert.equal(await failureOf(host(), { do: 'setReadOnly', name: 'ice', readOnly: true }), undefined);
      assert.equal(await property(host(), 'ice', 'ReadOnly'), 'yes');

      assert.equal(await failureOf(host(), { do: 'rename', name: '-new one', to: 'newer' }), undefined);
      assert.deepEqual([await exists(host(), '-new one'), await exists(host(), 'newer')], [false, true]);
      assert.deepEqual(
        await act(host(), [
          { do: 'remove', name: 'newer' },
          { do: 'remove', name: 'ice' },
        ]),
        [{}, {}],
      );
      assert.deepEqual([await exists(host(), 'newer'), await exists(host(), 'ice')], [false, false]);
    });

    test('what stands in the way is named', async () => {
      assert.equal(await failureOf(host(), { do: 'start', name: 'busybox' }), undefined);
      const kinds = (
        await act(host(), [
          { do: 'clone', name: 'busybox', to: 'frozen' },
          { do: 'clone', name: 'nope', to: 'other' },
          { do: 'clone', name: 'busybox', to: 'a/b' },
          { do: 'rename', name: 'frozen', to: 'busybox' },
          { do: 'rename', name: 'busybox', to: 'other' },
          { do: 'remove', name: 'busybox' },
          { do: 'remove', name: 'nope' },
          { do: 'setReadOnly', name: 'busybox', readOnly: true },
        ])
      ).map(({ failure }) => failure?.kind);
      assert.deepEqual(kinds, [
        ...['nameTaken', 'noSuchImage', 'invalidName', 'nameTaken'],
        ...['machineRunning', 'machineRunning', 'noSuchImage', 'machineRunning'],
      ]);
      assert.equal(await exists(host(), 'other'), false);
      await host().run('systemctl', ['kill', '--signal=SIGKILL', 'systemd-nspawn@busybox.service']);
    });

    test('the rules for image names are those of machinectl', async () => {
      const cloning = names.map(({ name }) => ({
        do: 'run' as const,
        file: 'machinectl',
        args: ['clone', '--', 'frozen', name],
      }));
      const results = await act(host(), cloning);
      for (const [index, { name, image }] of names.entries()) {
        const taken = results[index]?.failure === undefined;
        assert.equal(taken, image === undefined, `${JSON.stringify(name)} on ${suite}`);
      }
      const removing = names
        .filter(({ image }) => image === undefined)
        .map(({ name }) => ({ do: 'remove' as const, name }));
      assert.deepEqual(
        (await act(host(), removing)).filter(({ failure }) => failure !== undefined),
        [],
      );
    });

    test('the rules for machine names are those of systemd-nspawn', async () => {
      // It checks the name before it looks for the directory, which has no operating system in it: 1 either way, but only a
      // good name gets as far as that.
      const trying = names.map(({ name }) => ({
        do: 'run' as const,
        file: 'systemd-nspawn',
        args: ['--quiet', '--register=no', '--directory=/etc', `--machine=${name}`, '--boot'],
      }));
      const results = await act(host(), trying);
      for (const [index, { name, machine }] of names.entries()) {
        // An empty name there means the directory's own.
        if (name === '') continue;
        const failure = results[index]?.failure;
        assert.ok(failure?.kind === 'toolFailed');
        assert.equal(
          !failure.stderr.includes('Invalid machine name'),
          machine === undefined,
          `${JSON.stringify(name)}: ${failure.stderr}`,
        );
      }
    });
  });
