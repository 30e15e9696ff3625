import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parserTimeline } from '../../../../src/schema/generate/parserTimeline.ts';
import { SourceProblem } from '../../../../src/schema/generate/cText.ts';
import type { ReadVersion } from '../../../../src/schema/generate/nspawn.ts';

/** A version whose table has this one row, and whose parser function has this body. */
const version = (number: number, name: string, parser: string, body: string): ReadVersion => {
  const text = `int ${parser}(\n                const char *rvalue) {\n        ${body}\n}\n`;
  return {
    version: number,
    source: { version: number, read: () => text, readC: () => text },
    rows: new Map([[`Exec.${name}`, { section: 'Exec', name, parser, argument: '0', field: 'x' }]]),
    blocks: [],
  };
};
const refuses = 'return parse_boolean(rvalue);';
const resets = 'if (isempty(rvalue))\n                return 0;';

test('a directive is read by another function from a version on, and the same function in another way', () => {
  const versions = [
    version(247, 'NotifyReady', 'config_parse_bool', refuses),
    version(252, 'NotifyReady', 'config_parse_tristate', resets),
  ];
  assert.deepEqual(parserTimeline('Exec.NotifyReady', 231, versions), [
    { from: 231, parser: 'config_parse_bool', value: { kind: 'boolean', empty: 'error' } },
    { from: 250, parser: 'config_parse_tristate', value: { kind: 'boolean', empty: 'reset' } },
  ]);
  assert.deepEqual(
    parserTimeline('Exec.NoNewPrivileges', 239, [version(252, 'NoNewPrivileges', 'config_parse_tristate', resets)]),
    [
      { from: 239, parser: 'config_parse_tristate', value: { kind: 'boolean', empty: 'error' } },
      { from: 249, parser: 'config_parse_tristate', value: { kind: 'boolean', empty: 'reset' } },
    ],
  );
});

test('a version that disagrees with the reviewed tables stops', () => {
  for (const wrong of [
    // The history says that 247 still has the other function.
    [version(247, 'NotifyReady', 'config_parse_tristate', refuses)],
    // The function looks at the empty value, the table says it does not.
    [version(247, 'NotifyReady', 'config_parse_bool', resets)],
    [version(252, 'NotifyReady', 'config_parse_new', resets)],
  ])
    assert.throws(() => parserTimeline('Exec.NotifyReady', 231, wrong), SourceProblem);
});
