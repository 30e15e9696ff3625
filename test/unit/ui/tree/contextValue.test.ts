import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contextValue, viewItemFlags } from '../../../../src/ui/tree/contextValue.ts';

test('flags stand in the order of the grammar, each once, whatever order they are given in', () => {
  assert.equal(contextValue('image', ['tree', 'managed', 'running', 'managed']), 'image;running;managed;tree');
  assert.equal(contextValue('problem', []), 'problem');
});

test('flags are lower-case letters only, so that a when-clause can ask for a whole one', () => {
  for (const flags of Object.values(viewItemFlags)) for (const flag of flags) assert.match(flag, /^[a-z]+$/u);
});
