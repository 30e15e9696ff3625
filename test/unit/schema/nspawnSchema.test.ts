import assert from 'node:assert/strict';
import { test } from 'node:test';
import { kindOf } from '../../../src/language/nspawn/values/valueKinds.ts';
import { nspawnSchema } from '../../../src/schema/nspawnSchema.ts';
import type { ValueType } from '../../../src/schema/types.ts';

const { directives, sections, versions } = nspawnSchema;
const id = ({ section, name }: { readonly section: string; readonly name: string }): string => `${section}.${name}`;

test('directives are sorted, named once, and stand in a known section', () => {
  const ids = directives.map(id);
  assert.deepEqual(ids, [...new Set(ids)].sort());
  assert.deepEqual([...new Set(directives.map(({ section }) => section))], sections);
  assert.deepEqual([...versions], [...versions].sort());
});

test('parsers ascend from the version of their directive', () => {
  for (const directive of directives) {
    const from = directive.parsers.map((parser) => parser.from);
    assert.equal(from[0], directive.since, id(directive));
    assert.deepEqual(from, [...new Set(from)].sort(), id(directive));
    assert.ok(directive.since >= 226 && directive.since <= (directive.until ?? Infinity), id(directive));
    assert.ok(directive.flags.length > 0 && directive.mask !== '', id(directive));
  }
});

test('every value is of a kind that the language knows, and complete', () => {
  const check = (value: ValueType, of: string): void => {
    assert.equal(typeof kindOf(value).problems, 'function', `${of}: ${value.kind}`);
    if (value.kind === 'rlimit') assert.match(value.unit, /^(?:bytes|count|seconds|microseconds|nice)$/u, of);
    if (value.kind !== 'enum') return;
    const words = value.words.map(({ name }) => name);
    assert.ok(words.length > 1 && words.length === new Set(words).size, of);
    for (const word of Object.values(value.booleans ?? {})) assert.ok(words.includes(word), `${of}: ${word}`);
  };
  for (const directive of directives) for (const { value } of directive.parsers) check(value, id(directive));
});

test('only what a file next to the image may not set has a version for it', () => {
  for (const directive of directives) {
    assert.match(directive.trust, /^(?:honoured|ignored|denyOnly)$/u, id(directive));
    if (directive.ignoredSince !== undefined) assert.equal(directive.trust, 'ignored', id(directive));
  }
});
