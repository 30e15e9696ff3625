import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tokenize } from './tokenize.ts';

const line = async (text: string): Promise<readonly string[]> => (await tokenize(text, 'lxc'))[0] ?? [];

test('a setting has a colour for its key and its value', async () => {
  assert.deepEqual(await line('lxc.net.0.type = veth # x'), [
    'lxc.net.|support.type.property-name',
    '0|constant.numeric',
    '.type|support.type.property-name',
    '=|keyword.operator.assignment',
    'veth # x|string.unquoted',
  ]);
  assert.deepEqual(await line('\tlxc.tty.max=4'), [
    'lxc.tty.max|support.type.property-name',
    '=|keyword.operator.assignment',
    '4|constant.numeric',
  ]);
});

test('a comment, and what LXC never looks at', async () => {
  assert.deepEqual(await line('  # note'), ['# note|comment.line.number-sign']);
  assert.deepEqual(await line('lcx.tty.max = 4'), []);
});
