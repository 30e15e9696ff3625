import assert from 'node:assert/strict';
import { test } from 'node:test';
import { managerOptions, ownerOfPath } from '../../../../../src/machines/cgroups/operate/groupOwner.ts';

test('tells from its path whose a group is', () => {
  const unit = (name: string, slice = false): unknown => ({ kind: 'unit', unit: { name }, slice });
  assert.deepEqual(ownerOfPath('/'), { kind: 'nobody' });
  assert.deepEqual(ownerOfPath('/helloworld'), { kind: 'nobody' });
  assert.deepEqual(ownerOfPath('/helloworld/x.service'), { kind: 'nobody' });
  assert.deepEqual(ownerOfPath('/init.scope'), unit('init.scope'));
  assert.deepEqual(ownerOfPath('/a.slice/a-b.slice'), unit('a-b.slice', true));
  assert.deepEqual(ownerOfPath('/system.slice/ssh.service'), unit('ssh.service'));
  assert.deepEqual(ownerOfPath('/system.slice/ssh.service/inner'), {
    kind: 'inside',
    unit: { name: 'ssh.service' },
  });
  assert.deepEqual(ownerOfPath('/system.slice/mine'), { kind: 'inSlice', unit: { name: 'system.slice' } });
  assert.deepEqual(ownerOfPath('/machine.slice/systemd-nspawn@web.service/payload/system.slice/ssh.service'), {
    kind: 'inside',
    unit: { name: 'systemd-nspawn@web.service' },
  });
});

test('goes on in the systemd of a user', () => {
  const user = '/user.slice/user-1000.slice/user@1000.service';
  assert.deepEqual(ownerOfPath(user), { kind: 'unit', unit: { name: 'user@1000.service' }, slice: false });
  assert.deepEqual(ownerOfPath(`${user}/app.slice/app-x.scope`), {
    kind: 'unit',
    unit: { name: 'app-x.scope', uid: 1000 },
    slice: false,
  });
  assert.deepEqual(ownerOfPath(`${user}/app.slice`), {
    kind: 'unit',
    unit: { name: 'app.slice', uid: 1000 },
    slice: true,
  });
  assert.deepEqual(ownerOfPath(`${user}/mine`), { kind: 'inside', unit: { name: 'user@1000.service' } });
});

test('speaks to the systemd that runs the unit', () => {
  assert.deepEqual(managerOptions({ name: 'a.service' }), []);
  assert.deepEqual(managerOptions({ name: 'a.service', uid: process.getuid?.() ?? 0 }), ['--user']);
  assert.deepEqual(managerOptions({ name: 'a.service', uid: 54_321 }), ['--user', '--machine=54321@']);
});
