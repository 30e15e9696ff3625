/** What is refused here was seen to be refused by a kernel with cgroup v1, and the rest to be taken. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { applyChanges } from '../../../../src/language/applyChanges.ts';
import type { Context } from '../../../../src/language/context.ts';
import { findingsOf } from './findings.ts';

const rulesOf = (text: string, context: Partial<Context> = {}): readonly string[] =>
  findingsOf(text, context)
    .map(({ rule }) => rule)
    .filter((rule) => !['mixed-cgroup-versions', 'deprecated-parameter'].includes(rule));

const memory = (settings: string): string => `group web { memory { ${settings} } }`;

const host = (name: string, version: 1 | 2): Partial<Context> => ({
  host: { controllers: [{ name, version }], users: [], groups: [], hasMoreUsers: false, hasMoreGroups: false },
});

describe('the limit of memory and swap', () => {
  test('stands behind that of memory; the fix exchanges them', () => {
    const text = memory('memory.memsw.limit_in_bytes = 50M; memory.limit_in_bytes = "40M";');
    const [finding] = findingsOf(text);
    assert.equal(finding?.rule, 'swap-limit-order');
    assert.equal(
      applyChanges(text, finding.fixes?.[0]?.changes ?? []),
      memory('memory.limit_in_bytes = 40M; memory.memsw.limit_in_bytes = "50M";'),
    );
    assert.deepEqual(rulesOf(memory('memory.memsw.limit_in_bytes = 50M;')), ['swap-limit-order']);
    assert.deepEqual(rulesOf(memory('memory.memsw.limit_in_bytes = -1;')), []);
    // What memory has without a limit, in whole pages; one page less is a limit.
    for (const [bytes, rules] of [
      ['9223372036854775807', []],
      ['9223372036854771712', []],
      ['9223372036854771711', ['swap-limit-order']],
    ] as const)
      assert.deepEqual(
        rulesOf(memory(`memory.memsw.limit_in_bytes = ${bytes}; memory.limit_in_bytes = ${bytes};`)),
        rules,
        bytes,
      );
    assert.deepEqual(rulesOf(memory('memory.limit_in_bytes = 40M; memory.memsw.limit_in_bytes = 40M;')), []);
  });

  test('is not smaller', () => {
    assert.deepEqual(rulesOf(memory('memory.limit_in_bytes = 40M; memory.memsw.limit_in_bytes = 20480K;')), [
      'swap-limit-below-memory',
    ]);
  });
});

describe('a quota', () => {
  const groups = (above: string, below: string): string =>
    `group a { cpu { ${above} } } group a/b { cpu { cpu.shares = 2; } } group a/b/c { cpu { ${below} } }`;

  test('is no larger than that of a group above, in the order of neither', () => {
    const refused = groups('cpu.cfs_quota_us = 50000;', 'cpu.cfs_quota_us = 60000;');
    assert.deepEqual(rulesOf(refused), ['quota-above-parent']);
    assert.deepEqual(rulesOf(refused, host('cpu', 2)), []);
    assert.deepEqual(rulesOf(groups('cpu.cfs_quota_us = 50000;', 'cpu.cfs_quota_us = 50000;')), []);
    assert.deepEqual(rulesOf(groups('cpu.cfs_quota_us = -1;', 'cpu.cfs_quota_us = 60000;')), []);
  });

  test('is weighed with its period', () => {
    const period = (quota: number, length: number): string =>
      `cpu.cfs_period_us = ${length}; cpu.cfs_quota_us = ${quota};`;
    assert.deepEqual(rulesOf(groups('cpu.cfs_quota_us = 50000;', period(60000, 200000))), []);
    assert.deepEqual(rulesOf(groups('cpu.cfs_quota_us = 50000;', period(20000, 20000))), ['quota-above-parent']);
  });
});

describe('a cpuset', () => {
  const cpuset = (settings: string, other = ''): string => `group web { cpuset { ${settings} } ${other} }`;

  test('of v1 needs CPUs and memory nodes', () => {
    const half = 'cpuset.cpus = 0-1;';
    assert.deepEqual(rulesOf(cpuset(half, 'cpu { cpu.shares = 512; }')), ['cpuset-incomplete']);
    assert.deepEqual(rulesOf(cpuset(half), host('cpuset', 1)), ['cpuset-incomplete']);
    assert.deepEqual(rulesOf(cpuset(`${half} cpuset.mems = 0;`), host('cpuset', 1)), []);
  });

  test('of v2, or of which nothing tells the version, does not', () => {
    const half = 'cpuset.cpus = 0-1;';
    assert.deepEqual(rulesOf(cpuset(half)), []);
    assert.deepEqual(rulesOf(cpuset(half, 'cpu { cpu.weight = 50; }')), []);
    assert.deepEqual(rulesOf(cpuset(half), host('cpuset', 2)), []);
  });
});

describe('what libcgroup skips', () => {
  test('is a file that can only be read, since 3.1', () => {
    const text = memory('memory.usage_in_bytes = 5;');
    const effect = (libcgroupVersion: '2.0.2' | '3.2'): unknown => findingsOf(text, { libcgroupVersion })[0]?.effect;
    assert.deepEqual([effect('3.2'), effect('2.0.2')], ['ignored', 'none']);
  });

  test('is a value of several lines, since 3.1', () => {
    const text = 'group web { memory { memory.limit_in_bytes = "40M\n50M"; } }';
    assert.deepEqual(rulesOf(text), ['value-of-several-lines']);
    assert.deepEqual(rulesOf(text, { libcgroupVersion: '2.0.2' }), []);
    assert.deepEqual(rulesOf('group web { memory { memory.limit_in_bytes = "40M\n"; } }'), []);
  });
});
