import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from '../../../scripts/parseSources.ts';
import { tokenize } from './tokenize.ts';

const pieces = async (text: string): Promise<readonly (readonly string[])[]> => tokenize(text, 'cgconfig');
const line = async (text: string): Promise<readonly string[]> => (await pieces(text))[0] ?? [];

test('blocks, their names and controllers have their colours', async () => {
  assert.deepEqual(await pieces('group web/db {\n\tcpu {\n\t}\n}'), [
    ['group|keyword.control.block', 'web/db|entity.name.section', '{|punctuation.section.block.begin'],
    ['cpu|entity.name.type.controller', '{|punctuation.section.block.begin'],
    ['}|punctuation.section.block.end'],
    ['}|punctuation.section.block.end'],
  ]);
  assert.deepEqual(await line('template "a b" {'), [
    'template|keyword.control.block',
    '"a b"|entity.name.section',
    '{|punctuation.section.block.begin',
  ]);
  for (const word of ['mount', 'default', 'namespace', 'systemd', 'perm', 'task', 'admin'])
    assert.deepEqual((await line(`${word} {`))[0], `${word}|keyword.control.block`);
  assert.deepEqual((await line('mount-x {'))[0], 'mount-x|entity.name.type.controller');
});

test('settings have their colours', async () => {
  assert.deepEqual(await line('memory.limit_in_bytes = 512M; cpu.shares=100;'), [
    'memory.limit_in_bytes|variable.other.key',
    '=|keyword.operator.assignment',
    '512|constant.numeric',
    'M|keyword.other.unit',
    ';|punctuation.terminator',
    'cpu.shares|variable.other.key',
    '=|keyword.operator.assignment',
    '100|constant.numeric',
    ';|punctuation.terminator',
  ]);
  assert.deepEqual(await line('"a" = "8:0 1";'), [
    '"a"|variable.other.key',
    '=|keyword.operator.assignment',
    '"|punctuation.definition.string.begin',
    '8:0 1|string.quoted.double',
    '"|punctuation.definition.string.end',
    ';|punctuation.terminator',
  ]);
  assert.deepEqual((await line('cpuset.cpus = 0-3,5;'))[2], '0-3,5|string.unquoted.word');
});

test('a comment begins its line; behind text it is an error', async () => {
  assert.deepEqual(await pieces('  # a = b;\n* c'), [
    ['#|punctuation.definition.comment', ' a = b;|comment.line.number-sign'],
    ['*|punctuation.definition.comment', ' c|comment.line.number-sign'],
  ]);
  assert.deepEqual((await line('cpu { } # no')).at(-1), '# no|invalid.illegal.comment');
});

test('a semicolon that is missing does not take the next lines with it', async () => {
  assert.deepEqual((await pieces('a = 1\nb = 2;'))[1]?.[0], 'b|variable.other.key');
  assert.deepEqual((await pieces('cpu { a = 1\n}'))[1], ['}|punctuation.section.block.end']);
});

test('a word goes from sign to sign, and Enter indents behind a brace', () => {
  const { wordPattern, indentationRules, onEnterRules } = JSON.parse(
    readFileSync(join(root, 'syntaxes/cgconfig.language-configuration.json'), 'utf8'),
  ) as {
    readonly wordPattern: string;
    readonly indentationRules: Readonly<Record<'increaseIndentPattern' | 'decreaseIndentPattern', string>>;
    readonly onEnterRules: readonly { readonly beforeText: string }[];
  };
  const words = 'memory.limit_in_bytes = "8:0 10-2";'.match(new RegExp(wordPattern, 'gu'));
  assert.deepEqual(words, ['memory.limit_in_bytes', '8', '0', '10-2']);
  const increase = new RegExp(indentationRules.increaseIndentPattern, 'u');
  for (const text of ['group web {', '\tcpu {', 'perm { task {']) assert.match(text, increase);
  for (const text of ['# group web {', 'cpu { }', 'a = "{";']) assert.doesNotMatch(text, increase);
  assert.match('\t}', new RegExp(indentationRules.decreaseIndentPattern, 'u'));
  assert.match('  # a ', new RegExp(onEnterRules[0]?.beforeText ?? '$^', 'u'));
});
