import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { NameProblem } from '../../../../src/machines/errors.ts';
import { checkImageName, checkMachineName } from '../../../../src/machines/names.ts';
import { names } from './nameSamples.ts';

test('names as systemd judges them', () => {
  for (const { name, machine, image } of names) {
    assert.equal(checkMachineName(name), machine, `machine ${JSON.stringify(name)}`);
    assert.equal(checkImageName(name), image, `image ${JSON.stringify(name)}`);
  }
});

test('every problem is met', () => {
  const met = new Set(names.flatMap(({ machine, image }) => [machine, image]));
  const problems: readonly NameProblem[] = ['empty', 'tooLong', 'badCharacter', 'leadingDash', 'badDots', 'reserved'];
  for (const problem of problems) assert.ok(met.has(problem), problem);
});
