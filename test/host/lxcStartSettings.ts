import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TerminalCommand } from '../../src/machines/command.ts';
import { writeRef } from '../../src/machines/reference.ts';
import type { StartSettings } from '../../src/machines/startSettings.ts';
import type { Host } from './host.ts';
import { act, inLxc, type LxcRequest, run, text } from './lxcRequests.ts';

/** What the configuration of the stopped container `spare` says of its start, as LXC's own tools take it. */
export const testStartSettings = (host: () => Host): void => {
  test('order, delay, groups and log level of a container are what LXC itself reads, and its text is kept', async () => {
    const config = '/var/lib/lxc/spare/config';
    const include = '/var/lib/lxc/groups.conf';
    const settings: LxcRequest = { do: 'startSettings', name: 'spare' };
    const own = (...keys: readonly string[]): LxcRequest =>
      run('lxc-info', '-n', 'spare', ...keys.flatMap((key) => ['-c', key]));
    const read = own('lxc.start.order', 'lxc.start.delay', 'lxc.group', 'lxc.log.level');
    const results = await inLxc(host(), [
      run('sh', '-c', `cp -p ${config} /tmp/spare.config; echo lxc.group = of-include >${include}`),
      run('sh', '-c', `printf 'lxc.include = ${include}\\nlxc.start.order = 3\\n# kept\\n' >>${config}`),
      settings,
      act('spare', 'bootPlace', { order: -2, delay: 1, groups: ['onboot', 'shop'] }),
      act('spare', 'logLevel', { level: 'DEBUG' }),
      act('spare', 'enable'),
      settings,
      read,
      act('web', 'enable'),
      // Those of a group in their order.
      run('lxc-autostart', '-L', '-g', 'shop'),
      run('lxc-autostart', '-L', '-a'),
      { do: 'atBoot', act: 'start', group: 'all' },
      act('web', 'bootPlace', { order: -9, delay: 0, groups: ['shop'] }),
      run('lxc-autostart', '-L', '-g', 'shop'),
      { do: 'atBoot', act: 'start', group: { name: 'shop' } },
      { do: 'atBoot', act: 'start', group: 'boot' },
      { do: 'atBoot', act: 'powerOff', group: 'all' },
      act('spare', 'start'),
      { do: 'atBoot', act: 'start', group: 'all' },
      { do: 'atBoot', act: 'powerOff', group: { name: 'shop' } },
      act('spare', 'terminate'),
      act('web', 'bootPlace'),
      act('web', 'disable'),
      act('spare', 'bootPlace'),
      own('lxc.group'),
      run('grep', '-c', '# kept', config),
      run('mv', '/tmp/spare.config', config),
      run('rm', include),
    ]);
    for (const [place, { failure }] of results.entries())
      assert.equal(failure, undefined, `${place}: ${JSON.stringify(failure)}`);
    const [before] = results[2]?.value as readonly StartSettings[];
    assert.deepEqual(before, { atBoot: false, order: 3, delay: 0, groups: ['of-include'] });
    const wanted = { atBoot: true, order: -2, delay: 1, groups: ['onboot', 'shop'], logLevel: 'DEBUG' };
    assert.deepEqual(results[6]?.value, [wanted, wanted]);
    assert.deepEqual(
      text(results[7])
        .split(/\n+/u)
        .map((line) => line.replace(/^.* = /u, '')),
      ['-2', '1', 'onboot', 'shop', 'DEBUG'],
    );
    assert.match(text(results[9]), /^spare 1$/u);
    assert.match(text(results[10]), /^spare 1\nweb 0$/u);
    const web = { id: writeRef({ backend: 'lxc', scope: '/var/lib/lxc', name: 'web' }), delay: 0 };
    const spare = { id: writeRef({ backend: 'lxc', scope: '/var/lib/lxc', name: 'spare' }), delay: 1 };
    assert.deepEqual(results[11]?.value, [spare, web]);
    assert.match(text(results[13]), /^web 0\nspare 1$/u);
    const listed = results.slice(14, 17).map(({ value }) => value);
    assert.deepEqual(listed, [[web, spare], [spare], []]);
    assert.deepEqual([results[18]?.value, results[19]?.value], [[web], [{ ...spare, delay: 0 }]]);
    assert.doesNotMatch(text(results[23]), /include/u);
  });

  test('a command runs in a stopped container in place of its init, with nothing of the environment around it', async () => {
    const [planned, , running] = await inLxc(host(), [
      { do: 'execute', name: 'spare', commandLine: 'hostname; id -u; env; ps | grep -c "[s]bin/init$"; exit 7' },
      act('spare', 'start'),
      { do: 'execute', name: 'spare', commandLine: 'true' },
      act('spare', 'terminate'),
    ]);
    assert.equal(running?.failure?.kind, 'machineRunning');
    const { file, args } = planned?.value as TerminalCommand;
    const { stdout, stderr, exitCode } = await host().run(file, args, { env: { SECRET: 'x' } });
    assert.match(stdout, /^spare\r?\n0\r?\n/u, stderr);
    assert.doesNotMatch(stdout, /SECRET/u);
    assert.equal(exitCode, 7);
  });
};
