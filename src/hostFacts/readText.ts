import { isUtf8 } from 'node:buffer';

/** Code units that stand for the bytes 0x80 to 0xFF where they are not part of a character. */
const escapeBase = 0xdc00;

/** How many bytes a sequence has that begins so, and the smallest code point that needs so many. */
const shapeOf = (first: number): readonly [length: number, smallest: number] | undefined => {
  if (first < 0x80) return [1, 0];
  if (first >= 0xc2 && first < 0xe0) return [2, 0x80];
  if (first >= 0xe0 && first < 0xf0) return [3, 0x800];
  if (first >= 0xf0 && first < 0xf5) return [4, 0x10000];
  return undefined;
};

const characterAt = (bytes: Uint8Array, at: number): { readonly text: string; readonly length: number } | undefined => {
  const first = bytes[at] ?? 0;
  const shape = shapeOf(first);
  if (shape === undefined) return undefined;
  const [length, smallest] = shape;
  let code = length === 1 ? first : first & (0x7f >> length);
  for (let index = at + 1; index < at + length; index++) {
    const byte = bytes[index] ?? 0;
    if ((byte & 0xc0) !== 0x80) return undefined;
    code = (code << 6) | (byte & 0x3f);
  }
  const isCharacter = code >= smallest && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
  return isCharacter ? { text: String.fromCodePoint(code), length } : undefined;
};

/**
 * Reads bytes as UTF-8 without losing any: a byte that is not part of a character becomes the lone surrogate U+DC00 plus
 * the byte, which no text has otherwise. So the parser can tell where a file is not UTF-8, which systemd refuses, and
 * `encodeUtf8` gives the same bytes again. A byte order mark stays.
 */
export const decodeUtf8 = (bytes: Uint8Array): string => {
  if (isUtf8(bytes)) return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString();
  const parts: string[] = [];
  for (let at = 0; at < bytes.length;) {
    const character = characterAt(bytes, at);
    parts.push(character?.text ?? String.fromCharCode(escapeBase + (bytes[at] ?? 0)));
    at += character?.length ?? 1;
  }
  return parts.join('');
};

/** The bytes of a text that `decodeUtf8` has read. */
export const encodeUtf8 = (text: string): Uint8Array => {
  const encoder = new TextEncoder();
  const parts = text.split(/([\udc80-\udcff])/u);
  if (parts.length === 1) return encoder.encode(text);
  const chunks = parts.map((part, index) =>
    index % 2 === 0 ? encoder.encode(part) : Uint8Array.of(part.charCodeAt(0) - escapeBase),
  );
  const bytes = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
};
