import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Context } from '../../../../src/language/context.ts';
import { findingsOf } from './findings.ts';

const bodies = [
  'cpu {\n}',
  'cpu {\n cpu.shares = 1;\n}',
  'cpu { cpu.cfs_quota_us = 50000; }',
  'cpuset {\n}',
  'cpuset { cpuset.cpus = 0; cpuset.mems = 0; }',
  'memory { memory.memsw.limit_in_bytes = 1000; memory.limit_in_bytes = 2000; }',
  'memory { memory.limit_in_byte = 1; }',
  'perm { task { uid = 0; } admin { uid = root; } }\n cpu {\n}',
  'cpu { cgroup.clone_children = 1; }',
  'cpu {\n}\n cpu {\n}',
];

/** What is said of each of two groups, by the places counted from their names. */
const shift = (text: string, at: number, context: Partial<Context>): readonly string[] =>
  findingsOf(text, context)
    .filter(({ start }) => start >= at)
    .map(({ rule, start, end, message }) => `${rule} ${start - at} ${end - at} ${message}`);

test('what is said of a group does not depend on whether one with the same text stands before it', () => {
  for (const body of bodies)
    for (const version of ['2.0.2', '3.2'] as const) {
      const context = { libcgroupVersion: version };
      const before = `group other/a {\n ${body}\n}\n`;
      const unlike = `group other/a {\n ${body}\n# another\n}\n`;
      const own = `group b/c {\n ${body}\n}\n`;
      assert.deepEqual(shift(before + own, before.length, context), shift(unlike + own, unlike.length, context), body);
    }
});

test('a name that leads out is told also where the group holds what another one does', () => {
  const body = '{\n cpu {\n }\n}\n';
  const rules = findingsOf(`group a ${body}group ../b ${body}`).map(({ rule }) => rule);
  assert.deepEqual(rules, ['group-name-leads-out']);
});

test('of two groups of a name the later one says how much time there is above, also where it holds what another one does', () => {
  const quota = (share: number): string => `{\n cpu { cpu.cfs_quota_us = ${share}; }\n}\n`;
  const idle = '{\n cpu {\n }\n}\n';
  const text = `group x ${idle}group a ${quota(1000)}group a/b ${quota(2000)}`;
  assert.ok(findingsOf(text).some(({ rule }) => rule === 'quota-above-parent'));
  assert.ok(!findingsOf(`${text}group a ${idle}`).some(({ rule }) => rule === 'quota-above-parent'));
});
