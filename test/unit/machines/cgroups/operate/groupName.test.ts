import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MachineError } from '../../../../../src/machines/errors.ts';
import { checkGroupName, isGroupPath, newGroupPath } from '../../../../../src/machines/cgroups/operate/groupName.ts';

test('names of new groups are held against what the kernel and systemd keep', () => {
  for (const name of ['helloworld', 'a/b/c', '/a', 'with blank', 'ü', 'a,b:c', '-x', '.hidden', 'memorable', 'io'])
    assert.equal(checkGroupName(name), undefined, name);
  assert.equal(checkGroupName(''), 'empty');
  assert.equal(checkGroupName('a//b'), 'empty');
  for (const name of ['.', 'a/./b']) assert.equal(checkGroupName(name), 'badDots', name);
  for (const name of ['..', 'a/../b', '../a']) assert.equal(checkGroupName(name), 'leadsOut', name);
  for (const name of ['a\nb', 'a\0b', '\u202ea', '\ud800']) assert.equal(checkGroupName(name), 'badCharacter', name);
  for (const name of ['cgroup.procs', 'memory.max', 'a/cpu.shares', 'tasks', 'io.latency', 'hugetlb.2MB.max'])
    assert.equal(checkGroupName(name), 'kernelFile', name);
  for (const name of ['a.slice', 'a/b.service', 'x.scope']) assert.equal(checkGroupName(name), 'reserved', name);
  assert.equal(checkGroupName('ü'.repeat(127)), undefined);
  assert.equal(checkGroupName('ü'.repeat(128)), 'tooLong');
  assert.equal(checkGroupName(Array.from({ length: 40 }, () => 'x'.repeat(120)).join('/')), 'tooLong');
});

test('a new group lies below its parent, whatever was typed', () => {
  assert.equal(newGroupPath('/', 'a'), '/a');
  assert.equal(newGroupPath('/a', '/b/c/'), '/a/b/c');
  assert.throws(() => newGroupPath('/a', '../b'), MachineError);
});

test('paths of groups do not lead out of their hierarchy', () => {
  for (const path of ['/', '/a', '/a.slice/b.service', '/-', '/..a']) assert.ok(isGroupPath(path), path);
  for (const path of ['', 'a', '/a/', '//', '/a/../b', '/..', '/./a', '/a\0b']) assert.ok(!isGroupPath(path), path);
});
