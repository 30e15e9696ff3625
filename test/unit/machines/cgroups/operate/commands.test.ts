import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { ControlGroup, Hierarchy } from '../../../../../src/machines/cgroups/controlGroup.ts';
import { stepsCommand, takeSteps } from '../../../../../src/machines/cgroups/operate/kernelSteps.ts';
import {
  cgclassify,
  cgcreate,
  cgdelete,
  libcgroupSpec,
} from '../../../../../src/machines/cgroups/operate/libcgroupTools.ts';
import { runInGroup } from '../../../../../src/machines/cgroups/operate/runInGroup.ts';
import { cgsnapshot } from '../../../../../src/machines/cgroups/operate/snapshotGroup.ts';
import { MachineError } from '../../../../../src/machines/errors.ts';

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
  test('are none for what has no controller, or a colon', () => {
    assert.equal(libcgroupSpec([at(v2, '/x')], []), undefined);
    assert.equal(libcgroupSpec([at({ ...v1(), name: 'systemd' }, '/x')], []), undefined);
    assert.equal(libcgroupSpec([at(v1('memory'), '/a:b')], []), undefined);
  });
  test('become arguments of their own', () => {
    assert.deepEqual(cgcreate('memory:/a b').args, ['-g', 'memory:/a b']);
    assert.deepEqual(cgdelete('memory:/a').args, ['-r', '-g', 'memory:/a']);
    assert.deepEqual(cgclassify('memory:/a', 7).args, ['-g', 'memory:/a', '7']);
    assert.deepEqual(cgsnapshot(['memory']).args, ['-s', '-b', '/dev/null', 'memory']);
  });
});

describe('a command in a group', () => {
  const line = 'echo "$HOME"; x';
  test('goes through cgexec, a scope, or a shell that joins first', () => {
    assert.deepEqual(runInGroup({ kind: 'cgexec', spec: 'memory:/a' }, 't', line), {
      file: 'cgexec',
      args: ['-g', 'memory:/a', '/bin/sh', '-c', line],
      title: 't',
    });
    assert.deepEqual(runInGroup({ kind: 'scope', unit: { name: 'a.slice' } }, 't', line).args, [
      ...['--quiet', '--scope', '--slice=a.slice', '--collect', '--', '/bin/sh', '-c', line],
    ]);
    const { file, args } = runInGroup({ kind: 'join', directories: ['/cg/a', '/cg/b'] }, 't', line);
    assert.equal(file, '/bin/sh');
    assert.deepEqual(args.slice(2), ['sh', '/cg/a', '/cg/b', '--', '/bin/sh', '-c', line]);
  });
  test('is run as the user again when root has joined', () => {
    const user = { uid: 1000, gid: 100, home: '/home/me', name: 'me' };
    assert.deepEqual(runInGroup({ kind: 'cgexec', spec: 'memory:/a' }, 't', line, user).args, [
      ...['-g', 'memory:/a', 'setpriv', '--reuid=1000', '--regid=100', '--init-groups', '--'],
      ...['env', 'HOME=/home/me', 'USER=me', 'LOGNAME=me', '/bin/sh', '-c', line],
    ]);
  });
  test('joins each directory before it is anything else', () => {
    const directory = mkdtempSync(join(tmpdir(), 'groups-'));
    try {
      for (const name of ['a', 'b']) {
        mkdirSync(join(directory, name));
        writeFileSync(join(directory, name, 'cgroup.procs'), '');
      }
      const directories = ['a', 'b'].map((name) => join(directory, name));
      const { file, args } = runInGroup({ kind: 'join', directories }, 't', 'echo "$$"');
      const pid = execFileSync(file, [...args], { encoding: 'utf8' });
      for (const name of directories) assert.equal(readFileSync(join(name, 'cgroup.procs'), 'utf8'), pid);
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});

describe('what the kernel is told', () => {
  test('is the same by our own hand and by a tool with more privileges', async () => {
    for (const way of ['own', 'tool'] as const) {
      const directory = mkdtempSync(join(tmpdir(), 'groups-'));
      try {
        const file = join(directory, 'memory.max');
        writeFileSync(file, 'max\n');
        const steps = [
          { kind: 'make', path: join(directory, "it's $(x)") },
          { kind: 'write', path: file, text: "4096 $(echo no) 'x'" },
          { kind: 'remove', path: join(directory, "it's $(x)") },
        ] as const;
        if (way === 'own') await takeSteps(steps);
        else {
          const command = stepsCommand(steps);
          execFileSync(command.file, [...command.args]);
        }
        assert.equal(readFileSync(file, 'utf8').split('\n')[0], "4096 $(echo no) 'x'");
      } finally {
        rmSync(directory, { recursive: true });
      }
    }
  });

  test('never makes a file, and the first refusal ends it', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'groups-'));
    try {
      const missing = { kind: 'write', path: join(directory, 'memory.max'), text: '1' } as const;
      const made = { kind: 'make', path: join(directory, 'a') } as const;
      await assert.rejects(takeSteps([missing, made]), (error) => {
        assert.ok(error instanceof MachineError && error.failure.kind === 'kernelRefused');
        return error.failure.code === 'ENOENT' && error.failure.text === '1';
      });
      const command = stepsCommand([missing, made]);
      assert.throws(() => execFileSync(command.file, [...command.args], { stdio: 'ignore' }));
      assert.deepEqual(execFileSync('ls', [directory], { encoding: 'utf8' }), '');
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});
