import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseEnumTable, parseLinkJournal } from '../../../../src/schema/generate/enumTables.ts';
import { SourceProblem } from '../../../../src/schema/generate/cText.ts';

const table =
  'static const char* const colour_table[_COLOUR_MAX] = {\n        [COLOUR_NONE] = "none",\n        [COLOUR_RED] = "red",\n};\n\n';

test('the words of an enumeration, and what yes and no stand for where they are taken', () => {
  assert.deepEqual(parseEnumTable(`${table}DEFINE_STRING_TABLE_LOOKUP(colour, Colour);\n`, 'colour'), {
    name: 'colour',
    words: ['none', 'red'],
  });
  assert.deepEqual(
    parseEnumTable(`${table}DEFINE_STRING_TABLE_LOOKUP_WITH_BOOLEAN(colour, Colour, COLOUR_RED);\n`, 'colour'),
    {
      name: 'colour',
      words: ['none', 'red'],
      booleans: { true: 'red', false: 'none' },
    },
  );
  assert.throws(
    () => parseEnumTable(`${table}DEFINE_STRING_TABLE_LOOKUP_WITH_BOOLEAN(colour, Colour, COLOUR_BLUE);\n`, 'colour'),
    SourceProblem,
  );
});

test('LinkJournal= takes booleans only where a boolean is parsed', () => {
  const words =
    'int parse_link_journal(const char *s) {\n        if (streq(s, "auto"))\n                a();\n        else if (streq(s, "host"))\n                b();\n';
  assert.deepEqual(parseLinkJournal(`${words}}\n`), { name: 'link_journal', words: ['no', 'auto', 'host'] });
  assert.deepEqual(
    parseLinkJournal(
      `${words}        else {\n                r = parse_boolean(s);\n                m = r ? LINK_AUTO : LINK_NO;\n        }\n}\n`,
    ),
    {
      name: 'link_journal',
      words: ['no', 'auto', 'host'],
      booleans: { true: 'auto', false: 'no' },
    },
  );
});
