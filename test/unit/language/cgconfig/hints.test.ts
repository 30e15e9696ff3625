import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultContext } from '../../../../src/language/context.ts';
import type { LibcgroupVersion } from '../../../../src/language/context.ts';
import { inlayHints } from '../../../../src/language/features/inlayHints.ts';
import { opened } from '../features/opened.ts';

const labels = (
  controller: string,
  settings: string,
  libcgroupVersion: LibcgroupVersion = '3.2',
): readonly unknown[] => {
  const file = opened(`group web { ${controller} {\n${settings}\n} }`, 'cgconfig');
  const range = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
  return inlayHints(file, range, { ...defaultContext, libcgroupVersion }).map(({ label }) => label);
};

test('memory is rounded down to pages, and sizes are readable', () => {
  assert.deepEqual(labels('memory', 'memory.limit_in_bytes = 40000;'), ['→ 36864 bytes']);
  assert.deepEqual(labels('memory', 'memory.limit_in_bytes = 536870912;'), ['= 512 MiB']);
  assert.deepEqual(labels('memory', 'memory.max = 1G; memory.high = max;'), []);
  assert.deepEqual(labels('memory', 'memory.limit_in_bytes = 9223372036854775807;'), ['no limit']);
});

test('a size beyond 64 bits begins again from 0, and what the kernel refuses has no hint', () => {
  assert.deepEqual(labels('memory', 'memory.limit_in_bytes = 18446744073709551615;'), ['no limit']);
  assert.deepEqual(labels('memory', 'memory.limit_in_bytes = 18446744073709551616;'), ['→ 0 bytes']);
  assert.deepEqual(labels('memory', 'memory.limit_in_bytes = 16E;'), ['→ 0 bytes']);
  assert.deepEqual(labels('cpu', 'cpu.cfs_quota_us = 999;'), []);
});

test('shares are a part of 1024, and a weight where libcgroup turns them around', () => {
  assert.deepEqual(labels('cpu', 'cpu.shares = 100;'), ['9.77 % of 1024, v2 weight 9']);
  assert.deepEqual(labels('cpu', 'cpu.shares = 100;', '2.0.2'), ['9.77 % of 1024']);
  assert.deepEqual(labels('cpu', 'cpu.weight = 50;'), ['50 % of 100']);
});

test('a quota is a part of a CPU in its period', () => {
  assert.deepEqual(labels('cpu', 'cpu.cfs_quota_us = 50000;'), ['= 50 % of a CPU']);
  assert.deepEqual(labels('cpu', 'cpu.cfs_quota_us = 50000; cpu.cfs_period_us = 25000;'), ['= 200 % of a CPU']);
  assert.deepEqual(labels('cpu', 'cpu.cfs_quota_us = -1;'), []);
  assert.deepEqual(labels('cpu', 'cpu.max = "150000 100000";'), ['= 150 % of a CPU']);
  assert.deepEqual(labels('blkio', 'blkio.throttle.read_bps_device = "8:0 1048576";'), ['= 1 MiB/s']);
});
