import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { ControlGroup, Hierarchy } from '../../../../../src/machines/cgroups/controlGroup.ts';
import { cgcreate, libcgroupSpec } from '../../../../../src/machines/cgroups/operate/libcgroupTools.ts';
import { runInGroup } from '../../../../../src/machines/cgroups/operate/runInGroup.ts';
import { lookAtGroup } from '../../../../../src/machines/cgroups/operate/seen.ts';
import { cgsnapshot } from '../../../../../src/machines/cgroups/operate/snapshotGroup.ts';
import { executeSync, presentTool, startSync } from '../../../../rig/program.ts';

const v2: Hierarchy = { version: 2, mountPoint: '/sys/fs/cgroup', controllers: ['cpu', 'memory', 'pids'] };
const v1 = (...controllers: readonly string[]): Hierarchy => ({
  version: 1,
  mountPoint: `/cg/${controllers.join(',')}`,
  controllers,
});
const at = (hierarchy: Hierarchy, path: string): ControlGroup => ({ hierarchy, path });

describe("libcgroup's words for groups", () => {
  test('name all controllers of v1, and those of v2 that are wanted', () => {
    const groups = [at(v1('cpu', 'cpuacct'), '/a/b'), at(v1('memory'), '/a/b')];
    assert.equal(libcgroupSpec(groups, []), 'cpu,cpuacct,memory:/a/b');
    assert.equal(libcgroupSpec([at(v2, '/x')], ['memory', 'io']), 'memory:/x');
  });
  test('are none for what has no controller, a colon, or a way out of the hierarchy', () => {
    assert.equal(libcgroupSpec([at(v1('memory'), '/a/../../b')], []), undefined);

    assert.equal(libcgroupSpec([at(v2, '/x')], []), undefined);
    assert.equal(libcgroupSpec([at({ ...v1(), name: 'systemd' }, '/x')], []), undefined);
    assert.equal(libcgroupSpec([at(v1('memory'), '/a:b')], []), undefined);
  });
  test('become arguments of their own', () => {
    assert.deepEqual(cgcreate('memory:/a b').args, ['-g', 'memory:/a b']);
    assert.deepEqual(cgsnapshot(['memory']).args, ['-s', '-b', '/dev/null', 'memory']);
  });
});

describe('a command in a group', () => {
  const words = { title: 't', groupGone: '%s is gone' };
  const line = 'echo "$HOME"; x';
  test('goes through cgexec, a scope, or a shell that joins first', () => {
    assert.deepEqual(runInGroup({ kind: 'cgexec', spec: 'memory:/a' }, words, line), {
      file: 'cgexec',
      args: ['-g', 'memory:/a', '/bin/sh', '-c', line],
      title: 't',
    });
    const scope = runInGroup({ kind: 'scope', unit: { name: 'a.slice' } }, words, line).args;
    const [name = '', ...rest] = scope.filter((word) => !['--quiet', '--scope', '--collect'].includes(word)).slice(1);
    assert.match(name, /^--unit=nspawn-run-echo-[0-9a-f]{6}$/u);
    assert.deepEqual(rest, [`--description=${line}`, '--', '/bin/sh', '-c', line]);
    assert.ok(scope.includes('--slice=a.slice'));
    const seen = { ...at({ ...v2, mountPoint: '/cg' }, '/a'), identity: '7:9' };
    const { file, args } = runInGroup({ kind: 'join', groups: [seen] }, words, line);
    assert.equal(file, '/bin/sh');
    assert.deepEqual(args.slice(2), ['sh', words.groupGone, '/cg/a', '7:9', '--', '/bin/sh', '-c', line]);
  });
  test('is run as the user again when root has joined', () => {
    const user = { uid: 1000, gid: 100, home: '/home/me', name: 'me' };
    assert.deepEqual(runInGroup({ kind: 'cgexec', spec: 'memory:/a' }, words, line, user).args, [
      ...['-g', 'memory:/a', 'setpriv', '--reuid=1000', '--regid=100', '--init-groups', '--'],
      ...['env', 'HOME=/home/me', 'USER=me', 'LOGNAME=me', '/bin/sh', '-c', line],
    ]);
  });
  test('joins each group before it is anything else, and no other that has its path by then', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'groups-'));
    try {
      for (const name of ['a', 'b']) {
        mkdirSync(join(directory, name));
        writeFileSync(join(directory, name, 'cgroup.procs'), '');
      }
      const hierarchy = { ...v2, mountPoint: directory };
      const groups = await Promise.all(['/a', '/b'].map((path) => lookAtGroup(at(hierarchy, path))));
      const { file, args } = runInGroup({ kind: 'join', groups }, words, 'echo "$$"');
      const pid = executeSync(presentTool(file), args);
      for (const name of ['a', 'b']) assert.equal(readFileSync(join(directory, name, 'cgroup.procs'), 'utf8'), pid);
      renameSync(join(directory, 'a'), join(directory, 'old'));
      mkdirSync(join(directory, 'a'));
      writeFileSync(join(directory, 'a', 'cgroup.procs'), '');
      assert.throws(() => executeSync(presentTool(file), args));
      assert.equal(startSync(presentTool(file), args).stderr, `${join(directory, 'a')} is gone\n`);
      assert.equal(readFileSync(join(directory, 'a', 'cgroup.procs'), 'utf8'), '');
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});
