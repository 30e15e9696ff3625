import assert from 'node:assert/strict';
import { test } from 'node:test';
import './vscode/register.ts';

const { freeName } = await import('../../../src/ui/terminal.ts');

test('terminals of one machine have names of their own, and a name that has become free is used again', () => {
  assert.equal(freeName('web', new Set()), 'web');
  assert.equal(freeName('web', new Set(['db', 'web: journal'])), 'web');
  assert.equal(freeName('web', new Set(['web'])), 'web (2)');
  assert.equal(freeName('web', new Set(['web', 'web (2)', 'web (4)'])), 'web (3)');
});
