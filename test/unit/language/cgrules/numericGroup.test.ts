import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareCgrules } from '../../../differential/compareCgrules.ts';

/** cgrulesengd of both versions: “Entry for 1000 not found. Skipping rule on line 1.” */
test('the number of a group is looked up as a name, and the rest of the rule is not read', () => {
  const text = '@1000 cpu users/%u nonsense\n';
  for (const version of ['2.0.2', '3.2'] as const)
    assert.deepEqual(compareCgrules(text, { outcome: 'taken' }, version), []);
});
