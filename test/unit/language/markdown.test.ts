import assert from 'node:assert/strict';
import test from 'node:test';
import { codeSpan, escapeMarkdown, inOneLine } from '../../../src/language/markdown.ts';

test('shows markup of a document as it is written', () => {
  assert.equal(
    escapeMarkdown('[a](command:x) <b> `c` **d** https://e.test'),
    '\\[a\\]\\(command\\:x\\) \\<b\\> \\`c\\` \\*\\*d\\*\\* https\\://e\\.test',
  );
});

test('fences code with more backticks than it holds', () => {
  assert.equal(codeSpan('a'), '`a`');
  assert.equal(codeSpan('a`b'), '``a`b``');
  assert.equal(codeSpan('`a``b'), '``` `a``b ```');
  assert.equal(codeSpan(' '), '` `');
});

test('keeps to one line of bounded length in which everything shows', () => {
  assert.equal(inOneLine('a\nb\u202Ec'), 'a\uFFFDb\uFFFDc');
  assert.equal(inOneLine('x'.repeat(500)).length, 121);
});
