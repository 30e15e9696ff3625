import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { format } from '../../../../src/language/features/format.ts';
import { applyChanges } from '../../../../src/language/applyChanges.ts';
import { isSameMeaning } from '../../../../src/language/features/format/isSameMeaning.ts';
import { layOutNspawn } from '../../../../src/language/nspawn/layOut.ts';
import { parseNspawn } from '../../../../src/language/nspawn/parse.ts';
import { opened } from './opened.ts';

const formatted = (text: string): string => {
  const file = opened(text);
  return TextDocument.applyEdits(file.textDocument, format(file));
};

describe('formatting', () => {
  test('takes blanks away around the equals sign, before a key and at the end of a line', () => {
    assert.equal(formatted('  [Exec] \n\tBoot  =\t yes  \n'), '[Exec]\nBoot=yes\n');
    assert.equal(formatted('[Exec]\nEnvironment= "A = b" \n'), '[Exec]\nEnvironment="A = b"\n');
    assert.equal(formatted('[Exec]\nUser = \n'), '[Exec]\nUser=\n');
  });

  test('leaves one empty line before a section and nowhere two', () => {
    assert.equal(
      formatted('\n\n[Exec]\nBoot=yes\n\n\n\nEphemeral=yes\n[Files]\n\n\n\n[Network]\nPort=80\n\n\n'),
      '[Exec]\nBoot=yes\n\nEphemeral=yes\n\n[Files]\n\n[Network]\nPort=80\n',
    );
  });

  test('keeps a comment with the header right below it, and a commented assignment with those above', () => {
    assert.equal(formatted('[Exec]\n# a\n; b\n[Files]\n'), '[Exec]\n\n# a\n; b\n[Files]\n');
    assert.equal(formatted('[Exec]\n#Boot=yes\n[Files]\n'), '[Exec]\n#Boot=yes\n\n[Files]\n');
    assert.equal(formatted('[Exec]\n#Boot=yes\n# a\n[Files]\n'), '[Exec]\n#Boot=yes\n\n# a\n[Files]\n');
    assert.equal(formatted('# a \n[Exec]\n# b\n\n[Files]\n# c'), '# a\n[Exec]\n# b\n\n[Files]\n# c\n');
  });

  test('keeps the blanks within lines that go on, which are part of the value', () => {
    const kept = '[Exec]\nParameters="a  \\\n     b"   c \\\n\td\n';
    assert.equal(formatted(kept), kept);
    assert.equal(formatted('[Exec]\nParameters = a \\\n  b  \n'), '[Exec]\nParameters=a \\\n  b\n');
  });

  test('keeps a comment between lines that go on where it is', () => {
    const kept = '[Exec]\nParameters=a \\\n  # why\n  b\n';
    assert.equal(formatted(kept), kept);
    assert.equal(
      formatted('[Exec]\nParameters=a \\\n  # [Files]  \n  b\n'),
      '[Exec]\nParameters=a \\\n  # [Files]\n  b\n',
    );
  });

  test('keeps the empty line that ends lines which go on', () => {
    const kept = '[Exec]\nParameters=a \\\n\nBoot=yes\n';
    assert.equal(formatted(kept), kept);
    assert.equal(formatted('[Exec]\nParameters=a \\\n \t \n\n\nBoot=yes\n'), '[Exec]\nParameters=a \\\n\n\nBoot=yes\n');
  });

  test('never makes a line go on, and never ends one', () => {
    const kept = '[Exec]\nParameters=a\\ \nBoot=yes\n';
    assert.equal(formatted(kept), kept);
    assert.equal(formatted('[Exec]\nParameters=a\\\\ \nBoot=yes\n'), '[Exec]\nParameters=a\\\\\nBoot=yes\n');
  });

  test('takes a header that a line swallows for what it is', () => {
    const kept = '[Exec]\nParameters=a \\\n[Files]\nBoot=yes\n';
    assert.equal(formatted(kept), kept);
  });

  test('leaves lines alone that systemd does not take', () => {
    const kept = '[Exec]\n  no equals sign  \n =x \n [Exec \n[Exec] # note \n';
    assert.equal(formatted(kept), kept);
    assert.equal(formatted(' User = \udcff \nUser = a'), ' User = \udcff \nUser=a\n');
  });

  test('keeps the line ends of the file, and all of a file with odd ones', () => {
    assert.equal(formatted(' [Exec]\r\n\r\n\r\nBoot = yes'), '[Exec]\r\n\r\nBoot=yes\r\n');
    for (const odd of [' [Exec]\r Boot = yes\n', ' [Exec]\0 Boot = yes\n']) assert.equal(formatted(odd), odd);
  });

  test('ends a file with a line end, and makes an empty one of blanks', () => {
    assert.equal(formatted('[Exec]'), '[Exec]\n');
    assert.equal(formatted(' \n\n'), '');
    assert.equal(formatted(''), '');
    assert.equal(formatted('[Exec]\nParameters=a \\'), '[Exec]\nParameters=a \\\n');
  });

  test('changes a file without faults in nothing', () => {
    const file = opened('# a\n[Exec]\nBoot=yes\n\n[Files]\nBind=/a \\\n  b\n');
    assert.deepEqual(format(file), []);
  });
});

/** Pieces that lines are made of, with all that the layout looks at. */
const pieces = ['[Exec]', '[', ']', '[Files] ', 'Bind', 'Boot', '=', ' = ', '\\', '\\\n', '\n', '\n', '\r\n', ' ', '\t', '#', ';', '# a=b', '"', 'x', '\uFEFF', '\u00a0', 'é', '\v']; // prettier-ignore

test('Formatting random texts keeps their meaning, and doing it again changes nothing', () => {
  let seed = 20260407;
  const random = (below: number): number => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
  const rounds = Number(process.env['NSPAWN_FUZZ_ROUNDS'] ?? '3000');
  for (let round = 0; round < rounds; round++) {
    const text = Array.from({ length: random(24) }, () => pieces[random(pieces.length)]).join('');
    const changes = layOutNspawn(text);
    for (const [at, change] of changes.entries()) assert.ok(at === 0 || (changes[at - 1]?.end ?? 0) <= change.start);
    const after = applyChanges(text, changes);
    const [one, two] = [text, after].map((each) => ({ text: each, document: parseNspawn(each) }));
    assert.ok(one !== undefined && two !== undefined && isSameMeaning(one, two), JSON.stringify([round, text, after]));
    assert.deepEqual(layOutNspawn(after), [], JSON.stringify([round, text, after]));
  }
});
