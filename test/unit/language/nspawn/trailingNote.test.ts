import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultContext } from '../../../../src/language/context.ts';
import { checkNspawn } from '../../../../src/language/nspawn/check.ts';
import { parseNspawn } from '../../../../src/language/nspawn/parse.ts';

const told = (line: string): readonly string[] => {
  const text = `[Files]\n${line}\n`;
  return checkNspawn(parseNspawn(text), text, defaultContext)
    .filter(({ rule }) => rule === 'comment-after-value')
    .map(({ start, end, severity, effect }) => `${severity} ${effect} <${text.slice(start, end)}>`);
};

void test('a comment that is taken as a part of a path is a surprise', () => {
  assert.deepEqual(told('Bind=/srv # data'), ['warning none <# data>']);
  assert.deepEqual(told('Inaccessible=/srv\t#data'), ['warning none <#data>']);
});

void test('a number sign is no comment', () => {
  assert.deepEqual(told('Bind=/music/Track #1'), []);
  assert.deepEqual(told('Bind=/music#best'), []);
});
