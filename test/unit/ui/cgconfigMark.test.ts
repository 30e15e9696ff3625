import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cgconfigMark } from '../../../src/ui/cgconfigMark.ts';

const lines = ['group a {', '  cpu {', '    cpu.shares = 5', '  }', '}', ''];
const missing = { line: 2, start: 18, end: 18 };

test('the mistake that we see in front of the named line is the one', () => {
  assert.deepEqual(cgconfigMark({ taken: false, line: 4, at: '}' }, lines, [missing]), {
    ...missing,
    isElsewhere: true,
  });
  assert.deepEqual(cgconfigMark({ taken: false, line: 3 }, lines, [missing]), { ...missing, isElsewhere: false });
});

test('the first mistake counts, in whatever order they come', () => {
  const later = { line: 3, start: 2, end: 3 };
  assert.deepEqual(cgconfigMark({ taken: false, line: 4 }, lines, [later, missing]), { ...missing, isElsewhere: true });
});

test('without one of ours the named line is marked, as far as there is one', () => {
  const own = { line: 3, start: 2, end: 3, isElsewhere: false };
  assert.deepEqual(cgconfigMark({ taken: false, line: 4 }, lines, []), own);
  assert.deepEqual(cgconfigMark({ taken: false, line: 4 }, lines, [{ line: 4, start: 0, end: 1 }]), own);
  assert.equal(cgconfigMark({ taken: false, line: 99 }, lines, []).line, 5);
  assert.equal(cgconfigMark({ taken: false }, lines, []).line, 0);
});
