import assert from 'node:assert/strict';
import { test } from 'node:test';
import { indexInValue, offsetInText } from '../../../../src/language/document.ts';
import type { ConfigDocument, Entry } from '../../../../src/language/document.ts';
import { invalidCharacters, parseNspawn } from '../../../../src/language/nspawn/parse.ts';

/** `Section: key=value (line)` for each assignment, and `rule (line)` for each mistake. */
const read = (text: string): readonly string[] => {
  const { sections, loose, mistakes } = parseNspawn(text);
  const show = (name: string, { key, value, line }: Entry): string => `${name}: ${key}=${value} (${line})`;
  return [
    ...loose.map((entry) => show('-', entry)),
    ...sections.flatMap(({ name, entries }) => entries.map((entry) => show(name, entry))),
    ...mistakes.map(({ rule, line }) => `${rule} (${line})`),
  ];
};

const entriesOf = ({ sections }: ConfigDocument): readonly Entry[] => sections.flatMap(({ entries }) => entries);

const firstEntry = (text: string): Entry => {
  const [entry] = entriesOf(parseNspawn(text));
  assert.ok(entry !== undefined);
  return entry;
};

test('Blanks around keys, values and headers do not count, blanks inside a name do', () => {
  assert.deepEqual(read('  [Exec]\t\n \tBoot \t=  yes  \n[ Exec ]\nA=b\n'), ['Exec: Boot=yes (2)', ' Exec : A=b (4)']);
});

test('The first equals sign splits', () => {
  assert.deepEqual(read('[Exec]\nEnvironment=A=b=c\nBoot=\n'), ['Exec: Environment=A=b=c (2)', 'Exec: Boot= (3)']);
});

test('A comment begins a physical line, with # or ;, and nowhere else', () => {
  const { comments } = parseNspawn('# a\n[Exec]\n  ; b\nBoot=yes # c\n');
  assert.deepEqual(comments, [
    { start: 0, end: 3 },
    { start: 13, end: 16 },
  ]);
  assert.deepEqual(read('[Exec]\nBoot=yes # c\n'), ['Exec: Boot=yes # c (2)']);
});

test('A backslash at the end continues a line, unless another one takes it back', () => {
  assert.deepEqual(read('[Exec]\nUser=a\\\nb\n'), ['Exec: User=a b (3)']);
  assert.deepEqual(read('[Exec]\nUser=a\\\\\nBoot=1\n'), ['Exec: User=a\\\\ (2)', 'Exec: Boot=1 (3)']);
  assert.deepEqual(read('[Exec]\nUser=a\\\\\\\nb\n'), ['Exec: User=a\\\\ b (3)']);
  assert.deepEqual(read('[Exec]\nUser=a\\ \nBoot=1\n'), ['Exec: User=a\\ (2)', 'Exec: Boot=1 (3)']);
});

test('Comments inside a continued line vanish, an empty line ends it, and it swallows a header', () => {
  assert.deepEqual(read('[Exec]\nUser=a \\\n# no\\\n  b\n'), ['Exec: User=a    b (4)']);
  assert.deepEqual(read('[Exec]\nUser=a\\\n\nBoot=1\n'), ['Exec: User=a (3)', 'Exec: Boot=1 (4)']);
  assert.deepEqual(read('[Exec]\nUser=a\\\n[Files]\nBoot=1\n'), ['Exec: User=a [Files] (3)', 'Exec: Boot=1 (4)']);
});

test('A continued line at the end of the file counts, one line further', () => {
  assert.deepEqual(read('[Exec]\nUser=a \\'), ['Exec: User=a (3)']);
  assert.deepEqual(read('[Exec]\nUser=a \\\n'), ['Exec: User=a (3)']);
});

test('A line ends at LF, CR, CRLF, LFCR and NUL', () => {
  assert.deepEqual(read('[Exec]\rA=1\r\nB=2\n\rC=3\0D=4'), [
    'Exec: A=1 (2)',
    'Exec: B=2 (3)',
    'Exec: C=3 (4)',
    'Exec: D=4 (5)',
  ]);
  assert.deepEqual(read('[Exec]\n\nA=1\r\rB=2'), ['Exec: A=1 (3)', 'Exec: B=2 (5)']);
});

test('One byte order mark at the beginning of a line is passed over, but not before a comment', () => {
  assert.deepEqual(read('\uFEFF[Exec]\nA=1'), ['Exec: A=1 (2)']);
  assert.deepEqual(read('[Exec]\n\uFEFFA=1'), ['Exec: A=1 (2)']);
  assert.deepEqual(read('\uFEFF[Exec]\n\uFEFFA=1'), ['Exec: \uFEFFA=1 (2)']);
  assert.deepEqual(read('\uFEFF# a\n'), ['outside-section (1)']);
});

test('What is no header, assignment or comment is a mistake, but not in a section that is passed over', () => {
  assert.deepEqual(read('[Exec]\nfoo\n=x\n'), ['missing-equals (2)', 'missing-key (3)']);
  assert.deepEqual(read('foo\nA=1\n=x\n'), [
    '-: A=1 (2)',
    'outside-section (1)',
    'outside-section (2)',
    'outside-section (3)',
  ]);
  assert.deepEqual(read('[exec]\nfoo\n=x\n[X-a]\nfoo\n'), []);
});

test('A header that is not closed, or with something behind it, is a mistake', () => {
  assert.deepEqual(read('[Exec\n'), ['section-header-not-closed (1)']);
  assert.deepEqual(read('[\n'), ['section-header-not-closed (1)']);
  assert.deepEqual(read('[Exec] # a\n'), ['section-header-not-closed (1)']);
  assert.deepEqual(
    parseNspawn('[]\n[a]b]').sections.map(({ name }) => name),
    ['', 'a]b'],
  );
});

test('Bytes that are no UTF-8 are a mistake outside of comments', () => {
  assert.deepEqual(read('# \uDC80\n[Exec]\nUser=\uDCFF\n'), ['invalid-utf8 (3)']);
  assert.deepEqual(read('[Exec]\nUser=\uFFFE\n'), ['invalid-utf8 (2)']);
  assert.deepEqual(read('[Exec]\nUser=é😀\n'), ['Exec: User=é😀 (2)']);
});

test('A line has less than a mebibyte in bytes; what is joined may have just as much', () => {
  const limit = 1024 * 1024;
  const line = (length: number, filler = 'a'): string => `[Exec]\nUser=${filler.repeat(length - 5)}\nBoot=1\n`;
  const rules = (text: string): readonly string[] =>
    parseNspawn(text).mistakes.map(({ rule, line: at }) => `${rule} (${at})`);
  assert.deepEqual(rules(line(limit - 1)), []);
  assert.deepEqual(rules(line(limit)), ['line-too-long (1)']);
  assert.deepEqual(rules(`[Exec]\nUser=${'é'.repeat(limit / 2)}\n`), ['line-too-long (1)']);
  const half = 'a'.repeat(limit / 2 - 1);
  assert.deepEqual(rules(`[Exec]\n${half}\\\n${half}b\n`), ['missing-equals (3)']);
  assert.deepEqual(rules(`[Exec]\n${half}\\\n${half}bc\n`), ['line-too-long (3)']);
});

test('Positions of a value over several lines lead into the text and back', () => {
  const text = '[Exec]\nUser = ab \\\n# no\n  cd\n';
  const entry = firstEntry(text);
  assert.equal(entry.value, 'ab    cd');
  for (let at = 0; at < entry.value.length; at++) {
    const character = entry.value.charAt(at);
    if (character === ' ') continue;
    const offset = offsetInText(entry, at);
    assert.equal(text[offset], character);
    assert.equal(indexInValue(entry, offset), at);
  }
  assert.equal(text.slice(entry.start, entry.end), 'User = ab \\\n# no\n  cd');
  assert.equal(text.slice(entry.keyStart, entry.keyEnd), 'User');
  assert.equal(text.slice(entry.valueStart, entry.valueEnd), 'ab \\\n# no\n  cd');
});

test('A section reaches to the next header or to the end', () => {
  const text = '[Exec]\nA=1\n\n[Files]\nB=2\n';
  assert.deepEqual(
    parseNspawn(text).sections.map(({ start, end }) => text.slice(start, end)),
    ['[Exec]\nA=1\n\n', '[Files]\nB=2\n'],
  );
});

test('No text makes the parser throw, and every position lies in the text', () => {
  const parts = ['[', ']', 'Exec', '\\', '\n', '\r', '\0', '#', '=', ' ', '\uFEFF', '\uDC80', 'é', ';', '[Exec]\n'];
  let seed = 7;
  const next = (below: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((seed / 2_147_483_648) * below);
  };
  for (let round = 0; round < 2000; round++) {
    const text = Array.from({ length: next(20) }, () => parts[next(parts.length)]).join('');
    const document = parseNspawn(text);
    for (const { start, end } of [...document.mistakes, ...document.comments, ...entriesOf(document)])
      assert.ok(0 <= start && start <= end && end <= text.length, JSON.stringify(text));
  }
});

test('the characters that systemd refuses are those that Unicode says', () => {
  const named = /[\p{Cs}\p{Noncharacter_Code_Point}]/u;
  for (let code = 0; code <= 0x10ffff; code++) {
    const character = String.fromCodePoint(code);
    if (invalidCharacters.test(character) !== named.test(character)) assert.fail(code.toString(16));
  }
});
