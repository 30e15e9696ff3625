import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { NameProblem } from '../../../../src/machines/errors.ts';
import { checkImageName, checkMachineName, machineNameOfImage } from '../../../../src/machines/names.ts';
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

test('the machine name of an image is what systemd-nspawn makes of it', () => {
  const names = {
    modèle: 'modle',
    a_b: 'ab',
    '.x': 'x',
    'a..b': 'a.b',
    'a-.b': 'a-b',
    'a.-b': 'a.b',
    '-a': 'a',
    'a-': 'a',
    'a.': 'a',
    名: '',
  };
  for (const [image, machine] of Object.entries(names)) assert.equal(machineNameOfImage(image), machine, image);
});
