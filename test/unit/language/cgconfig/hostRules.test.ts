import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Context, Host } from '../../../../src/language/context.ts';
import { applyChanges } from '../../../../src/language/applyChanges.ts';
import { hostOfV2 } from '../hostOfV2.ts';
import { findingsOf } from './findings.ts';

const hybrid: Host = {
  ...hostOfV2,
  controllers: [
    { name: 'cpu', version: 1 },
    { name: 'memory', version: 1 },
    { name: 'name=lab', version: 1 },
    { name: 'hugetlb', version: 2 },
  ],
};

const told = (text: string, context: Partial<Context>): readonly string[] =>
  findingsOf(text, context).map(
    ({ rule, severity, effect, start, end }) => `${rule} ${severity} ${effect} ${text.slice(start, end)}`,
  );
const group = (body: string): string => `group web {\n${body}\n}\n`;
const perm = (task: string): string => group(`perm { task { ${task} } admin { uid = root; } }\ncpu { }`);

describe('a controller that the host has not mounted', () => {
  // cgconfigparser on pure v2: 3.1.0 exits 104 for blkio, 2.0.2 exits 84.
  test('refuses the file since libcgroup 3.0, and fails later before', () => {
    const text = group('blkio { }');
    assert.deepEqual(told(text, { host: hostOfV2 }), ['controller-not-mounted error file-refused blkio']);
    assert.deepEqual(told(text, { host: hostOfV2, libcgroupVersion: '2.0.2' }), [
      'controller-not-mounted warning none blkio',
    ]);
    assert.match(findingsOf(text, { host: hostOfV2 })[0]?.message ?? '', /In its cgroup v2 io does that work\.$/u);
    assert.deepEqual(told(text, {}), []);
  });

  test('is looked for before the file mounts it, but for libcgroup 2.0.2', () => {
    const text = `mount {\n\t"name=labnamed" = /mnt;\n}\n${group('"name=labnamed" { }')}`;
    assert.deepEqual(told(text, { host: hostOfV2 }), ['controller-not-mounted error file-refused name=labnamed']);
    assert.deepEqual(told(text, { host: hostOfV2, libcgroupVersion: '2.0.2' }), []);
    assert.deepEqual(told(group('"name=lab" { }'), { host: hybrid }), []);
  });

  test('counts in a template only since 3.0', () => {
    const text = 'template t {\n\tblkio { }\n}\n';
    assert.deepEqual(told(text, { host: hostOfV2 }), ['controller-not-mounted error file-refused blkio']);
    assert.deepEqual(told(text, { host: hostOfV2, libcgroupVersion: '2.0.2' }), []);
  });

  test('refuses the file in a namespace', () => {
    const text = 'namespace {\n\tblkio = /daemons;\n\tcpu = /daemons;\n}\n';
    for (const libcgroupVersion of ['2.0.2', '3.2'] as const)
      assert.deepEqual(told(text, { host: hostOfV2, libcgroupVersion }), [
        'controller-not-mounted error file-refused blkio',
      ]);
  });

  test('refuses the file also where Linux has no such controller, and is none where the kernel is newer than we are', () => {
    assert.deepEqual(told(group('banana { }'), {}), ['unknown-controller warning none banana']);
    assert.deepEqual(told(group('banana { }'), { host: hostOfV2 }), ['unknown-controller error file-refused banana']);
    const host = { ...hostOfV2, controllers: [{ name: 'banana', version: 2 as const }] };
    assert.deepEqual(told(group('banana { }'), { host }), []);
  });

  test('is not told of where the host shows no control groups at all', () => {
    assert.deepEqual(told(group('blkio { }'), { host: { ...hostOfV2, controllers: [] } }), []);
  });
});

describe('a parameter of the other version', () => {
  // cgconfigparser on pure v2: memory.limit_in_bytes fails with 3.1.0 (91) and 2.0.2 (95); cpu.shares with 2.0.2 (95) only.
  test('fails unless libcgroup turns it into one of this version', () => {
    const memory = group('memory { memory.limit_in_bytes = 100M; }');
    assert.deepEqual(told(memory, { host: hostOfV2 }), [
      'parameter-of-other-version warning none memory.limit_in_bytes',
    ]);
    assert.deepEqual(told(memory, { host: hybrid }), []);
    const shares = group('cpu { cpu.shares = 500; }');
    assert.deepEqual(told(shares, { host: hostOfV2 }), []);
    assert.deepEqual(told(shares, { host: hostOfV2, libcgroupVersion: '2.0.2' }), [
      'parameter-of-other-version warning none cpu.shares',
    ]);
    assert.deepEqual(told(group('memory { memory.max = 64M; }'), { host: hybrid }), [
      'parameter-of-other-version warning none memory.max',
    ]);
  });

  test('is renamed where the other one takes the same value and is not set yet', () => {
    const fixed = (body: string): string | undefined => {
      const text = group(body);
      const [fix] = findingsOf(text, { host: hostOfV2 }).flatMap(({ fixes = [] }) => fixes);
      return fix && applyChanges(text, fix.changes);
    };
    assert.equal(fixed('memory { memory.limit_in_bytes = 64M; }'), group('memory { memory.max = 64M; }'));
    assert.equal(fixed('memory { memory.limit_in_bytes = -1; }'), undefined);
    assert.equal(fixed('memory { memory.soft_limit_in_bytes = 64M; }'), undefined);
  });
});

test('a mount of a controller that v2 has is told of', () => {
  const text = 'mount {\n\tcpu = /cgroup/cpu;\n\tblkio = /cgroup/blkio;\n}\n';
  assert.deepEqual(told(text, { host: hostOfV2 }), ['mount-of-v2-controller info none cpu']);
  assert.deepEqual(told(text, { host: hybrid }), []);
});

describe('owners that the host does not have', () => {
  test('refuse the file for a user; a group goes wrong without a word since 3.0', () => {
    assert.deepEqual(told(perm('uid = alcie;'), { host: hostOfV2 }), ['perm-unknown-user error file-refused alcie']);
    assert.deepEqual(told(perm('gid = satff;'), { host: hostOfV2 }), ['perm-unknown-group warning none satff']);
    assert.deepEqual(told(perm('gid = satff;'), { host: hostOfV2, libcgroupVersion: '2.0.2' }), [
      'perm-unknown-group error file-refused satff',
    ]);
    assert.deepEqual(told(perm('uid = alice; gid = staff;'), { host: hostOfV2 }), []);
    assert.deepEqual(told(perm('uid = 4711; gid = 4711;'), { host: hostOfV2 }), []);
    assert.deepEqual(told(perm('uid = alcie; gid = satff;'), {}), []);
  });

  test('get the name that is near', () => {
    const [fix] = findingsOf(perm('uid = alcie;'), { host: hostOfV2 }).flatMap(({ fixes = [] }) => fixes);
    assert.equal(fix && applyChanges(perm('uid = alcie;'), fix.changes), perm('uid = alice;'));
  });

  test('may be known to others that the host asks', () => {
    const host = { ...hostOfV2, hasMoreUsers: true, hasMoreGroups: true };
    assert.deepEqual(told(perm('uid = alcie; gid = satff;'), { host }), [
      'perm-unknown-user info none alcie',
      'perm-unknown-group info none satff',
    ]);
  });

  test('are nobody where nothing could be read', () => {
    assert.deepEqual(told(perm('uid = alcie; gid = satff;'), { host: { ...hostOfV2, users: [], groups: [] } }), []);
  });

  test('the number 0 of a group refuses the file of 2.0.2', () => {
    assert.deepEqual(told(perm('gid = 0;'), {}), ['perm-group-zero warning none 0']);
    assert.deepEqual(told(perm('gid = 0;'), { libcgroupVersion: '2.0.2' }), ['perm-group-zero error file-refused 0']);
  });
});
