import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  functionBody,
  indexedStrings,
  SourceProblem,
  stringsIn,
  tableBody,
  withoutComments,
} from '../../../../src/schema/generate/cText.ts';

test('comments and included files go, strings that look like comments stay', () => {
  assert.equal(withoutComments('a /* b\n c */ d // e\nf'), 'a   d  \nf');
  assert.equal(withoutComments('x = "/* no */", "//", "\\"/*"; // y'), 'x = "/* no */", "//", "\\"/*";  ');
  assert.equal(withoutComments('"a\\0"\n#include "list.inc"\n"b\\0"'), '"a\\0"\n \n"b\\0"');
});

test('a function is found by its name, whatever it returns and however its parameters are broken', () => {
  const text =
    'int other(int a) {\n        return 1;\n}\n\nstatic const char* wanted(\n                int b,\n                void *c) {\n\n        if (b) {\n                d();\n        }\n}\n';
  assert.equal(functionBody(text, 'wanted')?.trim(), 'if (b) {\n                d();\n        }');
  assert.equal(functionBody(text, 'want'), undefined);
  // A declaration, and a call, are no function of this name.
  assert.equal(functionBody('int wanted(int b);\nint x(void) {\n        return wanted(1);\n}\n', 'wanted'), undefined);
});

test('a table is found by its name, with its size, and a missing one stops', () => {
  const text =
    'static const char* const colour_table[_COLOUR_MAX] = {\n        [RED] = "red",\n        [BLUE]  = "blue"\n};\n';
  assert.deepEqual(
    [...indexedStrings(tableBody(text, 'colour_table'))],
    [
      ['RED', 'red'],
      ['BLUE', 'blue'],
    ],
  );
  assert.deepEqual(stringsIn(tableBody(text, 'colour_table')), ['red', 'blue']);
  assert.throws(() => tableBody(text, 'colour'), SourceProblem);
});
