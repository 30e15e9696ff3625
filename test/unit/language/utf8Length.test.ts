import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { test } from 'node:test';
import { utf8Length } from '../../../src/language/utf8Length.ts';

void test('bytes are those of UTF-8, and half a pair counts as its stand-in', () => {
  for (const text of ['', 'abc', 'é', '€', '\u{1f600}', 'a\u{1f600}é', '\ud83d', '\ude00\ud83d', '\ud83d\ud83d\ude00'])
    assert.equal(utf8Length(text), Buffer.byteLength(text), JSON.stringify(text));
});
