import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Host } from './host.ts';
import { act, inLxc, type LxcRequest, run, text } from './lxcRequests.ts';

const rules = String.raw`lxc.cgroup2.devices.deny = a\nlxc.cgroup2.devices.allow = c 1:3 rwm\nlxc.cgroup2.devices.allow = c 5:* rwm\nlxc.cgroup2.devices.allow = c 136:* rwm\n`;

/** What is changed in the container `spare` while it runs, and waited for. */
export const testWhileRunning = (host: () => Host): void => {
  test('parameters and devices of a running container are what is seen inside, and its states are waited for', async () => {
    const config = '/var/lib/lxc/spare/config';
    const inside = (line: string): LxcRequest => run('lxc-attach', '-n', 'spare', '--', 'sh', '-c', line);
    const depth = run('cat', '/sys/fs/cgroup/lxc.payload.spare/cgroup.max.depth');
    const device = (how: 'addDevice' | 'removeDevice', path = '/dev/full'): LxcRequest =>
      act('spare', how, { device: path });
    const set = (parameter: string, value: string): LxcRequest => act('spare', 'setParameter', { parameter, value });
    const wait = (state: 'running' | 'frozen' | 'stopped'): LxcRequest => ({ do: 'wait', name: 'spare', state });
    const soon = (tool: string): LxcRequest =>
      run('sh', '-c', 'setsid sh -c "sleep 1; $1" >/dev/null 2>&1 &', 'sh', tool);
    // Its monitor says that it has stopped while it still cleans up, and holds the name meanwhile.
    const monitor = String.raw`[l]xc monitor\] /var/lib/lxc spare *$`;
    const gone =
      'for i in $(seq 1200); do pgrep -f "$1" >/dev/null || exit 0; sleep 0.1; done; pgrep -af "$1" >&2; exit 1';
    const ended = run('sh', '-c', gone, 'sh', monitor);
    const results = await inLxc(host(), [
      run('cp', '-p', config, '/tmp/spare.config'),
      device('addDevice'),
      soon('lxc-start -n spare'),
      wait('running'),
      device('addDevice'),
      device('removeDevice'),
      set('cgroup.max.depth', '5'),
      depth,
      act('spare', 'keepParameter', { parameter: 'cgroup.max.depth', value: '6' }),
      set('nope.max', '1'),
      set('../nope.max', '1'),
      soon('lxc-stop -k -n spare'),
      wait('stopped'),
      ended,
      run('sh', '-c', `printf '${rules}' >>${config}`),
      act('spare', 'start'),
      depth,
      inside('! head -c 1 /dev/zero'),
      set('devices.allow', 'c 1:5 rwm'),
      inside('head -c 1 /dev/zero | wc -c'),
      device('removeDevice'),
      inside('! ls /dev/full'),
      device('addDevice'),
      inside('ls -l /dev/full; head -c 1 /dev/full | wc -c'),
      device('addDevice', '/dev/nope'),
      soon('lxc-freeze -n spare'),
      wait('frozen'),
      act('spare', 'terminate'),
      { do: 'wait', name: 'nope', state: 'running' },
      run('mv', '/tmp/spare.config', config),
    ]);
    const expected = new Map([
      [1, 'noSuchMachine'],
      [4, 'deviceRefused'],
      [5, 'deviceRefused'],
      [9, 'toolFailed'],
      [10, 'kernelRefused'],
      [24, 'toolFailed'],
      [28, 'noSuchImage'],
    ]);
    for (const [place, { failure }] of results.entries())
      assert.equal(failure?.kind, expected.get(place), `${place}: ${JSON.stringify(failure)}`);
    assert.deepEqual([results[7], results[16]].map(text), ['5', '6']);
    assert.match(JSON.stringify(results[9]), /Failed to assign '1' value to 'nope\.max'/u);
    assert.equal(text(results[19]), '1');
    assert.match(text(results[23]), /^c.* 1, +7 .*\/dev\/full\s+1$/su);
  });
};
