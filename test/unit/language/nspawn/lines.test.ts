import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { applyChanges } from '../../../../src/language/applyChanges.ts';
import { addToSection, removeLines } from '../../../../src/language/nspawn/lines.ts';
import { parseNspawn } from '../../../../src/language/nspawn/parse.ts';

const added = (text: string, name: string, line: string): string => {
  const after = applyChanges(text, [addToSection(text, parseNspawn(text).sections, name, line)]);
  const last = parseNspawn(after)
    .sections.filter((section) => section.name === name)
    .at(-1)
    ?.entries.at(-1);
  assert.equal(`${last?.key ?? ''}=${last?.value ?? ''}`, line.trimEnd(), `what was added is the last line: ${after}`);
  return after;
};

describe('addToSection', () => {
  test('puts a line below the last one of the last section of that name', () => {
    assert.equal(added('[Exec]\nUser=a\n\n[Files]\n', 'Exec', 'Boot=no'), '[Exec]\nUser=a\nBoot=no\n\n[Files]\n');
    assert.equal(added('[Exec]\n[Files]\n[Exec]', 'Exec', 'Boot=no'), '[Exec]\n[Files]\n[Exec]\nBoot=no');
  });

  test('makes the section where there is none', () => {
    assert.equal(added('', 'Exec', 'Boot=no'), '[Exec]\nBoot=no\n');
    assert.equal(added('[Files]\r\n', 'Exec', 'Boot=no'), '[Files]\r\n\r\n[Exec]\r\nBoot=no\r\n');
    assert.equal(added('[Files]\nBind=/a \\', 'Exec', 'Boot=no'), '[Files]\nBind=/a \\\n\n[Exec]\nBoot=no\n');
  });

  test('does not put it into a value that goes on', () => {
    assert.equal(added('[Exec]\nUser=a \\\n\n[Files]\n', 'Exec', 'Boot=no'), '[Exec]\nUser=a \\\n\nBoot=no\n[Files]\n');
    assert.equal(
      added('[Exec]\nUser=a \\\n# b\n  c\n[Files]\n', 'Exec', 'Boot=no'),
      '[Exec]\nUser=a \\\n# b\n  c\nBoot=no\n[Files]\n',
    );
    assert.equal(added('[Exec]\nUser=a \\', 'Exec', 'Boot=no'), '[Exec]\nUser=a \\\n\nBoot=no');
    assert.equal(added('[Exec]\nUser=a \\\n# b\n', 'Exec', 'Boot=no'), '[Exec]\nUser=a \\\n# b\n\nBoot=no\n');
  });

  test('does not let the line go on', () => {
    assert.equal(added('[Exec]\nBoot=no\n', 'Files', 'Bind=/a\\'), '[Exec]\nBoot=no\n\n[Files]\nBind=/a\\ \n');
    assert.equal(added('[Exec]\n[Files]\n', 'Exec', 'User=a\\'), '[Exec]\nUser=a\\ \n[Files]\n');
  });

  test('knows that a NUL ends a line', () => {
    assert.equal(added('[Exec]\0User=a\0[Files]\0', 'Exec', 'Boot=no'), '[Exec]\0User=a\0Boot=no\n[Files]\0');
  });
});

test('removeLines takes whole lines, whatever ends them', () => {
  const without = (text: string, what: string): string => {
    const start = text.indexOf(what);
    return applyChanges(text, [removeLines(text, { start, end: start + what.length })]);
  };
  assert.equal(without('a\n  b \nc', 'b'), 'a\nc');
  assert.equal(without('a\r\nb\r\nc', 'b'), 'a\r\nc');
  assert.equal(without('a\0b\0c', 'b'), 'a\0c');
  assert.equal(without('a\nb \\\n c\nd', 'b \\\n c'), 'a\nd');
  assert.equal(without('a', 'a'), '');
});
