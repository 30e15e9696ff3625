import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { findRunning } from '../../../../src/machines/lxc/observe/placeOfGroups.ts';
import { isMonitorOf } from '../../../../src/machines/lxc/observe/runningContainers.ts';
import { createFakeContainers, type FakeContainers } from './fakeContainers.ts';

const now: { made: FakeContainers[] } = { made: [] };
const fake = (): FakeContainers => {
  const made = createFakeContainers();
  now.made.push(made);
  return made;
};
afterEach(() => {
  for (const one of now.made.splice(0)) one.remove();
});

describe('a container that runs', () => {
  const find = (made: FakeContainers, name: string): ReturnType<typeof findRunning> =>
    findRunning(made.places, made.ref(name));

  test('is known by its monitor, with its init and its group', () => {
    const made = fake();
    made.run('web', { leader: 321, frozen: true, below: '/init.scope' });
    const found = find(made, 'web');
    assert.deepEqual([found?.leader, found?.startTime, found?.frozen], [321, '32100', true]);
    assert.equal(found?.payload.path, '/lxc.payload.web');
    assert.equal(find(made, 'other'), undefined);
  });

  test('is told from one of its name elsewhere, whichever came first', () => {
    const made = fake();
    made.run('web', { commandLine: '[lxc monitor] /srv/lxc web\0' });
    assert.equal(find(made, 'web'), undefined);
    made.run('web', { key: 'web-1', leader: 400, monitor: 300 });
    assert.equal(find(made, 'web')?.leader, 400);
    // A container may have such a name itself.
    made.run('web-1', { key: 'web-1-1', leader: 600, monitor: 500 });
    assert.equal(find(made, 'web-1')?.leader, 600);
  });

  test('does not run when its monitor is dead, has no child yet, none that is process 1 of its own, or one that has ended', () => {
    const made = fake();
    made.run('web');
    made.write('cgroup/lxc.monitor.web/cgroup.procs', '');
    assert.equal(find(made, 'web'), undefined);
    made.run('web');
    made.write('proc/100/task/100/children', '');
    assert.equal(find(made, 'web'), undefined);
    made.run('web');
    made.write('proc/200/status', 'NSpid:\t200\n');
    assert.equal(find(made, 'web'), undefined);
    made.run('web', { state: 'Z' });
    assert.equal(find(made, 'web'), undefined);
  });
});

test('a monitor in the foreground is known by its arguments', () => {
  const of = (name: string, ...args: readonly string[]): boolean =>
    isMonitorOf(['lxc-start', ...args, ''].join('\0'), { lxcpath: '/var/lib/lxc', name }, '/var/lib/lxc');
  assert.ok(of('web', '-F', '-n', 'web'));
  assert.ok(of('web', '-F', '--name=web', '-P', '/var/lib/lxc/'));
  assert.ok(of('web', '-nweb', '-F'));
  assert.ok(of('a b', '--name', 'a b', '--foreground'));
  assert.ok(!of('web', '-F', '-n', 'other'));
  assert.ok(!of('web', '-F', '-n', 'web', '--lxcpath=/srv/lxc'));
  assert.ok(!of('web', '-F', '--', '-n', 'web'));
});
