import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import type { Command, Run } from '../../../../src/machines/command.ts';
import type { Hierarchy } from '../../../../src/machines/cgroups/controlGroup.ts';
import {
  type AskedOfSystemd,
  createGroupOwners,
  type GroupOwner,
  hostSystemd,
  managerOptions,
  ownerIn,
  readOwners,
  unitInTheWay,
} from '../../../../src/machines/cgroups/groupOwner.ts';
import { stopUnitOfGroup } from '../../../../src/machines/cgroups/operate/deleteGroup.ts';
import { MachineError } from '../../../../src/machines/errors.ts';
import { sliceFromCgroup } from '../../../../src/machines/cgroups/slice.ts';
import { performOperation } from '../../../../src/machines/performOperation.ts';

const v2: Hierarchy = { version: 2, mountPoint: '/sys/fs/cgroup', controllers: [] };
const nobody: GroupOwner = { kind: 'nobody' };
const unit = (name: string, slice = false): GroupOwner => ({ kind: 'unit', unit: { name }, slice });
const inside = (name: string): GroupOwner => ({ kind: 'inside', unit: { name } });
const inSlice = (name: string): GroupOwner => ({ kind: 'inSlice', unit: { name } });
const owner = (
  path: string,
  root: string | undefined = '/',
  isUnit: (name: string) => boolean = () => true,
): GroupOwner => ownerIn({ hierarchy: v2, path }, root, isUnit);

test('whose a group is follows from how systemd nests slices and units', () => {
  for (const [path, expected] of [
    ['/', nobody],
    ['/helloworld', nobody],
    ['/helloworld/a.service', nobody],
    ['/init.scope', unit('init.scope')],
    ['/system.slice', unit('system.slice', true)],
    ['/a.slice/a-b.slice', unit('a-b.slice', true)],
    ['/a.slice/a-b.slice/a-b-c.slice', unit('a-b-c.slice', true)],
    ['/system.slice/ssh.service', unit('ssh.service')],
    ['/system.slice/ssh.service/inner', inside('ssh.service')],
    ['/system.slice/mine', inSlice('system.slice')],
    ['/system.slice/mine/ssh.service', inSlice('system.slice')],
    ['/machine.slice/systemd-nspawn@a.service/payload/init.scope', inside('systemd-nspawn@a.service')],
    [
      '/machine.slice/systemd-nspawn@web.service/payload/system.slice/ssh.service',
      inside('systemd-nspawn@web.service'),
    ],
  ] as const)
    assert.deepEqual(owner(path), expected, path);
});

test('a slice at a place where systemd would not put it is a plain group', () => {
  assert.deepEqual(owner('/user-1000.slice'), nobody);
  assert.deepEqual(owner('/a-b.slice'), nobody);
  assert.deepEqual(owner('/-.slice'), nobody);
  assert.deepEqual(owner('/a.slice/b.slice'), inSlice('a.slice'));
});

test('a name that would look like a file of the kernel is that of its unit', () => {
  assert.deepEqual(owner('/system.slice/_cpu.service'), unit('cpu.service'));
  assert.deepEqual(owner('/_cpu.service'), unit('cpu.service'));
});

test('the systemd of a user has units of its own in the service of the user', () => {
  const user = '/user.slice/user-1000.slice/user@1000.service';
  const ofUser = (name: string, slice: boolean): GroupOwner => ({ kind: 'unit', unit: { name, uid: 1000 }, slice });
  assert.deepEqual(owner(user), unit('user@1000.service'));
  assert.deepEqual(owner(`${user}/app.slice`), ofUser('app.slice', true));
  assert.deepEqual(owner(`${user}/app.slice/app-x.scope`), ofUser('app-x.scope', false));
  assert.deepEqual(owner(`${user}/mine`), inside('user@1000.service'));
  assert.deepEqual(owner(`${user}/app.slice/mine`), {
    kind: 'inSlice',
    unit: { name: 'app.slice', uid: 1000 },
  });
});

test('without systemd, or below another root, nothing is a unit', () => {
  assert.deepEqual(
    ownerIn({ hierarchy: v2, path: '/system.slice' }, undefined, () => true),
    nobody,
  );
  assert.deepEqual(owner('/box/system.slice', '/box'), unit('system.slice', true));
  assert.deepEqual(owner('/system.slice', '/box'), nobody);
});

test('a directory that somebody gave the name of a unit is none, however it is nested', () => {
  const known = (name: string): boolean => ['system.slice', 'ssh.service'].includes(name);
  assert.deepEqual(owner('/foo.slice', '/', known), nobody);
  assert.deepEqual(owner('/foo.slice/ssh.service', '/', known), nobody);
  assert.deepEqual(owner('/fake.service', '/', known), nobody);
  assert.deepEqual(owner('/system.slice/fake.service', '/', known), inSlice('system.slice'));
  assert.deepEqual(owner('/system.slice/ssh.service', '/', known), unit('ssh.service'));
});

test('what is about to be done asks each systemd, and goes by names where none answers', async () => {
  const asked: (number | undefined)[] = [];
  const ownerOf = await readOwners({
    ...hostSystemd,
    units: (uid) => {
      asked.push(uid);
      return Promise.reject(new Error('no bus'));
    },
  });
  assert.deepEqual(asked, [undefined, process.getuid?.()]);
  assert.deepEqual(ownerOf({ hierarchy: { ...v2, version: 1, mountPoint: '/srv/memory' }, path: '/a.slice' }), nobody);
});

describe('where systemd is', () => {
  const directory = mkdtempSync(join(tmpdir(), 'systemd-'));
  after(() => {
    rmSync(directory, { recursive: true });
  });
  const firstProcess = join(directory, 'cgroup');
  const systemd: AskedOfSystemd = {
    units: () => Promise.resolve(new Set(['system.slice', 'ssh.service'])),
    booted: directory,
    firstProcess,
  };
  const named: Hierarchy = { version: 1, mountPoint: '/sys/fs/cgroup/systemd', controllers: [], name: 'systemd' };
  const ways = {
    'for a view': async (asked: AskedOfSystemd) => {
      const owners = createGroupOwners(() => undefined, asked);
      await owners.refresh();
      return owners.ownerOf;
    },
    'for what is about to be done': readOwners,
  };
  for (const [what, owners] of Object.entries(ways))
    test(`decides what its units are, ${what}`, async () => {
      writeFileSync(firstProcess, '1:name=systemd:/box/init.scope\n0::/box/init.scope\n');
      const ownerOf = await owners(systemd);
      for (const hierarchy of [v2, named]) {
        assert.deepEqual(ownerOf({ hierarchy, path: '/box/system.slice/ssh.service' }), unit('ssh.service'));
        assert.deepEqual(ownerOf({ hierarchy, path: '/system.slice/ssh.service' }), nobody);
      }
      const inPart: Hierarchy = { ...v2, root: '/box' };
      assert.deepEqual(ownerOf({ hierarchy: inPart, path: '/system.slice/ssh.service' }), unit('ssh.service'));
      assert.deepEqual(ownerOf({ hierarchy: { ...named, mountPoint: '/srv/x' }, path: '/box/system.slice' }), nobody);
      const unbooted = await owners({ ...systemd, booted: join(directory, 'none') });
      assert.deepEqual(unbooted({ hierarchy: v2, path: '/box/system.slice' }), nobody);
    });
});

test('the slice of a machine is the innermost one of the host, not one of the system inside', () => {
  for (const [text, slice] of [
    ['0::/machine.slice/systemd-nspawn@a.service/payload/system.slice/x.service\n', 'machine.slice'],
    ['1:name=systemd:/a.slice/a-b.slice/x.scope\n', 'a-b.slice'],
    ['0::/x.service\n', '-.slice'],
    ['', '-.slice'],
  ] as const)
    assert.equal(sliceFromCgroup(text), slice, text);
});

test('speaks to the systemd that runs the unit', () => {
  assert.deepEqual(managerOptions({ name: 'a.service' }), []);
  assert.deepEqual(managerOptions({ name: 'a.service', uid: process.getuid?.() ?? 0 }), ['--user']);
  assert.deepEqual(managerOptions({ name: 'a.service', uid: 54_321 }), ['--user', '--machine=54321@']);
});

/** Answers every run with the same text, and keeps what was run. */
const fakeRun = (stdout: string): { run: Run; commands: Command<unknown>[] } => {
  const commands: Command<unknown>[] = [];
  const run: Run = (command) => {
    commands.push(command);
    return Promise.resolve(command.parse({ exitCode: 0, stdout, stderr: '' }));
  };
  return { run, commands };
};

test('a unit is in the way unless its group has been given away', async () => {
  const yes = fakeRun('yes\n').run;
  const no = fakeRun('no\n').run;
  assert.equal(await unitInTheWay(no, nobody), undefined);
  for (const one of [unit('a.service'), inside('a.service')]) {
    assert.deepEqual(await unitInTheWay(no, one), { name: 'a.service' });
    assert.equal(await unitInTheWay(yes, one), undefined);
  }
  for (const one of [unit('a.slice', true), inSlice('a.slice')])
    assert.deepEqual(await unitInTheWay(yes, one), { name: 'a.slice' });
});

test('a unit is stopped by its systemd, and has stopped when its group is gone', async () => {
  const gone = { hierarchy: v2, path: '/no/such.service' };
  const { run, commands } = fakeRun('');
  const signal = AbortSignal.timeout(10_000);
  await performOperation(run, { ...stopUnitOfGroup({ name: 'such.service' }, gone), polkitActions: [] }, signal);
  assert.deepEqual(commands[0]?.args, ['stop', '--', 'such.service']);
  const stays = { hierarchy: { ...v2, mountPoint: '/proc' }, path: '/sys' };
  await assert.rejects(
    performOperation(run, { ...stopUnitOfGroup({ name: 'such.service' }, stays), polkitActions: [] }, signal),
    (error) => error instanceof MachineError && error.failure.kind === 'noEffect',
  );
});

test('no other file of the sources tells from a path whose a group is', () => {
  const src = join(import.meta.dirname, '../../../../src');
  // What a name alone says is groupName.ts; the names that systemd keeps are refused for new groups.
  const allowed = ['machines/cgroups/groupOwner.ts', 'machines/cgroups/observe/groupName.ts'];
  const tells = /'\.slice'|\.slice\$|user@\(|\/proc\/1\/cgroup|sliceAbove/u;
  const second = readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && /^(?:machines|ui)\//u.test(file) && !allowed.includes(file))
    .filter((file) => tells.test(readFileSync(join(src, file), 'utf8').replace(/^\s*(?:\/?\*|\/\/).*$/gmu, '')));
  assert.deepEqual(second, [], 'asks src/machines/cgroups/groupOwner.ts instead');
});
