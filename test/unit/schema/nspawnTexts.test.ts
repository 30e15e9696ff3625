import assert from 'node:assert/strict';
import { test } from 'node:test';
import { enumTexts } from '../../../src/schema/enumTexts.ts';
import { nspawnSchema } from '../../../src/schema/nspawnSchema.ts';
import { bindOptionTexts, directiveTexts, sectionTexts } from '../../../src/schema/nspawnTexts.ts';
import { valueSets } from '../../../src/schema/valueSets.ts';

const sameNames = (texts: Readonly<Record<string, string>>, names: Iterable<string>): void =>
  assert.deepEqual(Object.keys(texts).sort(), [...new Set(names)].sort());

test('every section, directive and bind option has a text, and nothing else has', () => {
  sameNames(sectionTexts, nspawnSchema.sections);
  sameNames(
    directiveTexts,
    nspawnSchema.directives.map(({ section, name }) => `${section}.${name}`),
  );
  sameNames(
    bindOptionTexts,
    valueSets.bindOptions.map(({ name }) => name),
  );
});

test('every word that stands for something has a text, and nothing else has', () => {
  const words = nspawnSchema.directives.flatMap(({ section, name, parsers }) =>
    parsers.flatMap(({ value }) => {
      // Its words are part of its grammar (config_parse_private_users), not a table.
      if (value.kind === 'privateUsers')
        return ['no', 'yes', 'pick', 'identity', 'managed'].map((word) => `${section}.${name}.${word}`);
      return value.kind === 'enum' ? value.words.map((word) => `${section}.${name}.${word.name}`) : [];
    }),
  );
  sameNames(enumTexts(), words);
});

test('a text is one sentence', () => {
  for (const texts of [sectionTexts, directiveTexts, enumTexts(), bindOptionTexts])
    for (const [name, text] of Object.entries(texts)) {
      assert.match(text, /^(?:\p{Lu}|root ).*\.$/u, name);
      assert.doesNotMatch(text, /[.!?] \p{Lu}/u, name);
      assert.doesNotMatch(text, /['"]/u, `${name}: typographic apostrophes only`);
      assert.ok(text.length < 250, name);
    }
});
