import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lxcSchema } from '../../../src/schema/lxcSchema.ts';
import { lxcTexts } from '../../../src/schema/lxcTexts.ts';
import { lxcWordTexts } from '../../../src/schema/lxcWordTexts.ts';

test('every key of LXC has a text, and nothing else has', () => {
  assert.deepEqual(Object.keys(lxcTexts()).sort(), lxcSchema.keys.map(({ name }) => name).sort());
});

test('every word out of a small set has a text', () => {
  const texts = lxcWordTexts();
  for (const { name, value } of lxcSchema.keys) {
    if (value.kind !== 'word' || name === 'lxc.arch' || name === 'lxc.log.syslog') continue;
    for (const word of value.words) assert.ok(`${name}.${word}` in texts, `${name} ${word}`);
  }
});

test('a text is one sentence', () => {
  for (const texts of [lxcTexts(), lxcWordTexts()])
    for (const [name, text] of Object.entries(texts)) {
      assert.match(text, /^[\p{Lu}/].*\.$/u, name);
      assert.doesNotMatch(text, /[.!?] \p{Lu}/u, name);
      assert.doesNotMatch(text, /['"]/u, `${name}: typographic apostrophes only`);
      assert.ok(text.length < 250, name);
    }
});
