import assert from 'node:assert/strict';
import { test } from 'node:test';
import { opinionMarks } from '../../../src/ui/opinionMarks.ts';

const silence = { line: undefined, text: 'silence' };
const lines = ['[Exec]', '  Boot=perhaps ', ''];

test('a message marks what is written on its line', () => {
  assert.deepEqual(opinionMarks({ messages: [{ line: 2, text: 'No.' }], taken: true }, lines, silence), [
    { line: 1, start: 2, end: 14, text: 'No.', refuses: false },
  ]);
});

test('the last message of a file that is refused is the one that refuses it', () => {
  const messages = [
    { line: 2, text: 'Ignored.' },
    { line: undefined, text: 'These may not be combined.' },
  ];
  const marks = opinionMarks({ messages, taken: false }, lines, silence);
  assert.deepEqual(
    marks.map(({ line, refuses }) => ({ line, refuses })),
    [
      { line: 1, refuses: false },
      { line: 0, refuses: true },
    ],
  );
});

test('a line behind the end is the last one, and a refusal without a word is said in ours', () => {
  assert.equal(opinionMarks({ messages: [{ line: 9, text: 'x' }], taken: true }, lines, silence)[0]?.line, 2);
  const [mark] = opinionMarks({ messages: [], taken: false }, lines, silence);
  assert.deepEqual(mark, { line: 0, start: 0, end: 6, text: 'silence', refuses: true });
  const [known] = opinionMarks({ messages: [], taken: false }, lines, { line: 2, text: 'This host has none.' });
  assert.deepEqual(known, { line: 1, start: 2, end: 14, text: 'This host has none.', refuses: true });
  assert.deepEqual(opinionMarks({ messages: [], taken: true }, lines, silence), []);
});

test('what the file puts into a message stays plain', () => {
  const text = "Unknown section '\u001b[31m[x](command:y)'";
  const [mark] = opinionMarks({ messages: [{ line: 1, text }], taken: true }, lines, silence);
  assert.equal(mark?.text, "Unknown section '[x] (command:y)'");
});
