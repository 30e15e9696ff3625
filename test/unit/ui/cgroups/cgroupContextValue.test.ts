import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cgroupContextValue, cgroupItemFlags } from '../../../../src/ui/cgroups/cgroupContextValue.ts';

test('flags stand in the order of the grammar, each once, whatever order they are given in', () => {
  assert.equal(cgroupContextValue('controlGroup', ['empty', 'unit', 'v2', 'empty']), 'controlGroup;v2;unit;empty');
  assert.equal(cgroupContextValue('cgroupNote', []), 'cgroupNote');
});

test('flags are letters and digits only, so that a when-clause can ask for a whole one', () => {
  for (const flags of Object.values(cgroupItemFlags)) for (const flag of flags) assert.match(flag, /^[a-z0-9]+$/u);
});
