import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tokenize } from './tokenize.ts';

const line = async (text: string): Promise<readonly string[]> => (await tokenize(text, 'cgrules'))[0] ?? [];

test('a rule has a colour for each field', async () => {
  assert.deepEqual(await line('lennart:bash cpu,memory web/%u ignore,ignore_rt # his'), [
    'lennart|entity.name.type.user',
    ':|punctuation.separator',
    'bash|entity.name.function.process',
    'cpu,memory|support.type.controller',
    'web/|string.unquoted.destination',
    '%u|constant.character.escape',
    'ignore,ignore_rt|keyword.control.option',
    '# his|comment.line.number-sign',
  ]);
  assert.deepEqual(await line('\t@users * /'), [
    '@|keyword.operator.group',
    'users|entity.name.type.user',
    '*|support.type.controller',
    '/|string.unquoted.destination',
  ]);
  assert.equal((await line('% cpu web'))[0], '%|keyword.operator.wildcard');
  assert.equal((await line('"a:b c" cpu "d e"'))[0], '"a:b c"|string.quoted.double');
});

test('a comment, and a line that is no rule', async () => {
  assert.deepEqual(await line('  # nothing'), ['# nothing|comment.line.number-sign']);
  assert.deepEqual(await line('lennart cpu'), []);
});
