import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseAddedIn } from '../../../../src/schema/generate/addedIn.ts';
import { parseDirectiveTable } from '../../../../src/schema/generate/directiveTable.ts';
import { SourceProblem } from '../../../../src/schema/generate/cText.ts';

test('a row names the directive, its function, what that is told and what it writes', () => {
  const table =
    '%{\n#include <x.h>\n%}\n%%\nExec.Colour,  parse_colour, 0,    0\nExec.Size, parse_size, SIZE_MAX, offsetof(Settings, size)\nExec.Old, parse_old, 0, 0,\n';
  assert.deepEqual(parseDirectiveTable(table), [
    { section: 'Exec', name: 'Colour', parser: 'parse_colour', argument: '0' },
    { section: 'Exec', name: 'Size', parser: 'parse_size', argument: 'SIZE_MAX', field: 'size' },
    // Some versions end one of the rows in a comma.
    { section: 'Exec', name: 'Old', parser: 'parse_old', argument: '0' },
  ]);
});

test('a line of another form, and a table without rows, stop', () => {
  assert.throws(() => parseDirectiveTable('%%\nExec.Colour, parse_colour\n'), SourceProblem);
  assert.throws(() => parseDirectiveTable('%%\n'), SourceProblem);
});

test('the manual dates all directives of an entry, by its last mark and in its section', () => {
  const entry = (names: readonly string[], marks: string): string =>
    `<varlistentry>${names.map((name) => `<term><varname>${name}=</varname></term>`).join('')}<listitem>${marks}</listitem></varlistentry>`;
  const mark = (version: number): string => `<xi:include href="version-info.xml" xpointer="v${version}"/>`;
  const manual =
    `<title>Name</title>${entry(['Elsewhere'], mark(1))}` +
    `<title>[Exec] Section Options</title>${entry(['One', 'Two'], `${mark(240)}${mark(250)}`)}${entry(['Undated'], '')}` +
    `<title>[Files] Section Options</title>${entry(['One'], mark(226))}`;
  assert.deepEqual(
    [...parseAddedIn(manual)],
    [
      ['Exec.One', 250],
      ['Exec.Two', 250],
      ['Files.One', 226],
    ],
  );
});
