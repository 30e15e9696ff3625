import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeUtf8, encodeUtf8 } from '../../../src/hostFacts/readText.ts';

const read = (...bytes: number[]): string => decodeUtf8(Uint8Array.from(bytes));

test('UTF-8 is read as it is, with its byte order mark', () => {
  const text = '\uFEFF[Exec]\nHostname=é€😀\0\uFFFF';
  assert.equal(decodeUtf8(Buffer.from(text)), text);
});

test('a byte that is part of no character becomes a lone surrogate, and the rest stays', () => {
  assert.equal(read(0x61, 0xff, 0x62), 'a\udcffb');
  assert.equal(read(0xc3, 0xa9, 0x80), 'é\udc80');
});

test('what systemd does not take as UTF-8 is none: too long forms, surrogates, beyond the last code point, cut off', () => {
  assert.equal(read(0xc0, 0xaf), '\udcc0\udcaf');
  assert.equal(read(0xe0, 0x80, 0xaf), '\udce0\udc80\udcaf');
  assert.equal(read(0xed, 0xa0, 0x80), '\udced\udca0\udc80');
  assert.equal(read(0xf4, 0x90, 0x80, 0x80), '\udcf4\udc90\udc80\udc80');
  assert.equal(read(0xe2, 0x82), '\udce2\udc82');
});

test('the same bytes come back', () => {
  const bytes = Uint8Array.from([...Buffer.from('é😀'), 0xff, 0xed, 0xa0, 0x80, 0xf0, 0x9f, 0x98, ...Buffer.from('x')]);
  assert.deepEqual(encodeUtf8(decodeUtf8(bytes)), bytes);
  assert.deepEqual(encodeUtf8(decodeUtf8(Buffer.from('😀é'))), Uint8Array.from(Buffer.from('😀é')));
});
