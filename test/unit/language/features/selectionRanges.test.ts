import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SelectionRange } from 'vscode-languageserver-types';
import { selectionRanges } from '../../../../src/language/features/selectionRanges.ts';
import { openedAt } from './opened.ts';

/** The selected texts from the innermost to the whole file. */
const selections = (marked: string): readonly string[] => {
  const { file, position } = openedAt(marked);
  const texts: string[] = [];
  let range: SelectionRange | undefined = selectionRanges(file, [position])[0];
  for (; range !== undefined; range = range.parent) texts.push(file.textDocument.getText(range.range));
  return texts;
};

test('A selection grows from a directory to its path, the value, the line, the section and the file', () => {
  const section = '[Files]\nBind=/srv/da-ta:/mnt:idmap\n';
  const whole = `[Exec]\n${section}`;
  assert.deepEqual(selections('[Exec]\n[Files]\nBind=/s|rv/da-ta:/mnt:idmap\n'), [
    'srv',
    '/srv/da-ta',
    '/srv/da-ta:/mnt:idmap',
    'Bind=/srv/da-ta:/mnt:idmap',
    section,
    whole,
  ]);
});

test('A selection grows from a word to its list', () => {
  const text = '[Exec]\nCapability=CAP_KILL CAP_SYS_PTRACE';
  assert.deepEqual(selections('[Exec]\nCapability=CAP_KILL CAP_|SYS_PTRACE'), [
    'CAP_SYS_PTRACE',
    'CAP_KILL CAP_SYS_PTRACE',
    'Capability=CAP_KILL CAP_SYS_PTRACE',
    text,
  ]);
});

test('A selection goes over the lines of a value', () => {
  const entry = 'Parameters=a \\\n# no\n  bc';
  assert.deepEqual(selections('[Exec]\nParameters=a \\\n# no\n  b|c\n'), [
    'bc',
    'a \\\n# no\n  bc',
    entry,
    `[Exec]\n${entry}\n`,
  ]);
  assert.deepEqual(selections('[Exec]\nParameters=a \\\n# n|o\n  bc\n'), ['# no', entry, `[Exec]\n${entry}\n`]);
});

test('A selection grows from a key, from a header and from a comment', () => {
  assert.deepEqual(selections('[Exec]\nBo|ot=yes\n'), ['Boot', 'Boot=yes', '[Exec]\nBoot=yes\n']);
  assert.deepEqual(selections('[Ex|ec]\nBoot=yes\n'), ['Exec', '[Exec]', '[Exec]\nBoot=yes\n']);
  assert.deepEqual(selections('# a|b\n# c\n\n# d'), ['# ab', '# ab\n# c', '# ab\n# c\n\n# d']);
});

test('Every position has an answer, each inside of the next', () => {
  const text = ' \n=x\n[\n[Exec]\nParameters = "a \\\n;\n b" \n\nA\n[X-y]\n=';
  for (let at = 0; at <= text.length; at++) {
    const { file, position } = openedAt(`${text.slice(0, at)}|${text.slice(at)}`);
    const range = selectionRanges(file, [position])[0];
    assert.ok(range !== undefined);
    for (let one = range; one.parent !== undefined; one = one.parent) {
      const [inner, outer] = [one.range, one.parent.range].map(({ start, end }) => ({
        start: file.textDocument.offsetAt(start),
        end: file.textDocument.offsetAt(end),
      }));
      assert.ok(inner !== undefined && outer !== undefined && outer.start <= inner.start && inner.end <= outer.end);
      assert.ok(inner.start <= at && at <= inner.end, `${at}: what is selected holds the cursor`);
    }
  }
});
