import assert from 'node:assert/strict';
import { test } from 'node:test';
import { foldingRanges } from '../../../../src/language/features/folding.ts';
import { opened } from './opened.ts';

const folds = (text: string): readonly string[] =>
  foldingRanges(opened(text)).map(({ startLine, endLine, kind }) => `${startLine}-${endLine}${kind ? ` ${kind}` : ''}`);

test('Sections fold up to their last assignment', () => {
  assert.deepEqual(folds('[Exec]\nBoot=yes\n\n\n[Network]\nPort=80\n'), ['0-1', '4-5']);
  assert.deepEqual(folds('[Exec]\n[Network]\n'), []);
});

test('The comment right above a header folds with that section, a commented assignment with the one above', () => {
  assert.deepEqual(folds('[Exec]\nBoot=yes\n# Ports\n# of the web\n[Network]\nPort=80'), ['0-1', '2-3 comment', '4-5']);
  assert.deepEqual(folds('[Exec]\nBoot=yes\n#Ephemeral=yes\n[Network]\nPort=80'), ['0-2', '3-4']);
  assert.deepEqual(folds('[Exec]\nBoot=yes\n# end\n\n[Network]\nPort=80'), ['0-2', '4-5']);
});

test('Assignments over several lines fold, with the comments between their lines', () => {
  assert.deepEqual(folds('[Exec]\nParameters=a \\\n# one\n# two\n  b\nBoot=yes'), ['0-5', '1-4', '2-3 comment']);
});

test('Comments fold when they stand on lines that follow each other', () => {
  assert.deepEqual(folds('# a\n; b\n\n# c\n'), ['0-1 comment']);
  assert.deepEqual(folds('\n# a\n# b\n'), ['1-2 comment']);
});
