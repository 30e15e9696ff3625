import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  extractFirstWord,
  extractWords,
  type WordFlags,
} from '../../../../../src/language/nspawn/values/extractWord.ts';

const texts = (value: string, flags: WordFlags): readonly string[] =>
  extractWords(value, flags).words.map(({ text }) => text);

const quoted = { unquote: true, retainEscape: true } as const;
const colons = { separators: ':', emptyWords: true } as const;

void test('blanks and tabs split, and an empty value has no word', () => {
  assert.deepEqual(texts(' a\t b  c ', {}), ['a', 'b', 'c']);
  assert.deepEqual(extractWords('', {}), { words: [] });
  assert.deepEqual(extractWords('  ', {}), { words: [] });
});

void test('without flags quotes are ordinary and a backslash takes the meaning of what is behind it', () => {
  assert.deepEqual(texts(String.raw`"a b" c\ d \x \\`, {}), ['"a', 'b"', 'c d', 'x', '\\']);
});

void test('quotes group anywhere in a word and vanish, and one kind holds the other', () => {
  assert.deepEqual(texts(`a"b c"d '"' ''`, quoted), ['ab cd', '"', '']);
});

void test('a backslash can be kept, also before a quote', () => {
  assert.deepEqual(texts(String.raw`a\ b "c\"`, quoted), ['a\\', 'b', 'c\\']);
  assert.deepEqual(texts(String.raw`"a\" b"`, { unquote: true }), ['a" b']);
});

void test('every colon ends a word when words may be empty', () => {
  assert.deepEqual(texts('a::b:', colons), ['a', '', 'b', '']);
  assert.deepEqual(texts('', colons), ['']);
  assert.deepEqual(texts(String.raw`a\:b:c d`, colons), ['a:b', 'c d']);
});

void test('a word knows where it stands with its quotes and backslashes', () => {
  assert.deepEqual(extractWords(String.raw` "a b"  c\d`, { unquote: true }).words, [
    { text: 'a b', start: 1, end: 6 },
    { text: 'cd', start: 8, end: 11 },
  ]);
});

void test('an open quote and a last backslash fail at their place, behind the words before them', () => {
  assert.deepEqual(extractWords(`a 'b c`, quoted), {
    words: [{ text: 'a', start: 0, end: 1 }],
    failure: { reason: 'quote', start: 2, end: 6 },
  });
  assert.deepEqual(extractWords('a b\\', {}).failure, { reason: 'backslash', start: 3, end: 4 });
  assert.deepEqual(extractWords('"b\\', { unquote: true }).failure, { reason: 'backslash', start: 2, end: 3 });
});

void test('the first words leave the rest alone, where a failure does not count', () => {
  const { words, failure, rest } = extractWords('a:b:c\\', colons, 2);
  assert.deepEqual([words.length, failure, rest], [2, undefined, 4]);
  assert.deepEqual(extractFirstWord('a:', 0, colons), { word: { text: 'a', start: 0, end: 1 }, next: 2 });
  assert.deepEqual(extractFirstWord('a:', 2, colons), { word: { text: '', start: 2, end: 2 } });
});

void test('a hundred thousand quotes and backslashes take no longer than as many letters', () => {
  assert.equal(extractWords(`a'b'`.repeat(100_000), quoted).words.length, 1);
  assert.equal(extractWords(String.raw`\a`.repeat(100_000), {}).words[0]?.text.length, 100_000);
});
