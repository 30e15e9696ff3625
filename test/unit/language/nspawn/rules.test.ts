import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileTypes } from '../../../../src/language/fileTypes.ts';
import { rulesOf } from '../../../../src/lint/rules.ts';
import { judgedNspawn } from '../../../../src/language/nspawn/judgedType.ts';
import { nspawnSchema } from '../../../../src/schema/nspawnSchema.ts';
import { findingsIn } from './findings.ts';

const { rules: nspawnRules } = judgedNspawn;
const allRules = rulesOf(fileTypes);

test('Rules have identifiers of their own, in order, and a title', () => {
  const ids = nspawnRules.map(({ id }) => id);
  assert.deepEqual(ids, [...new Set(ids)].sort());
  for (const { id, title } of nspawnRules) {
    assert.match(id, /^[a-z0-9]+(?:-[a-z0-9]+)*$/u);
    assert.match(title, /^(?:\P{Ll}|systemd).*[^.]$/u, id);
  }
  const all = allRules.map(({ id }) => id);
  assert.deepEqual(all, [...new Set(all)].sort());
  for (const id of ids) assert.ok(all.includes(id));
});

test('An error is what refuses, a warning is no more than what is left out or surprises', () => {
  for (const { id, severity, effect, variants = [] } of allRules)
    for (const one of [{ severity, effect }, ...variants]) {
      if (one.effect === 'file-refused') assert.equal(one.severity, 'error', id);
      // What makes root write somewhere else does harm because it is taken.
      if (one.severity === 'error' && !id.endsWith('-leads-out')) assert.match(one.effect, /refused$/u, id);
    }
});

/** Values that some directive may stumble over. */
const values = [
  '',
  'x',
  'yes',
  '0',
  '-1',
  'a b',
  'all',
  '/',
  '/a:/b:c',
  'a:b',
  '~@x',
  '"',
  '\\',
  'a,b',
  '1:0',
  'infinity',
  'x # y',
];

test('A finding is as its rule is declared', () => {
  const declared = new Map(nspawnRules.map((rule) => [rule.id, rule]));
  const seen = new Set<string>();
  const wrong = new Set<string>();
  for (const systemdVersion of [239, 247, 252, 257, 262])
    for (const trust of ['trusted', 'untrusted'] as const)
      for (const { section, name } of nspawnSchema.directives)
        for (const value of values) {
          const text = `[${section}]\n${name}=yes\n${name}=${value}\n${name}=${value}\n`;
          for (const { rule, severity, effect } of findingsIn(text, { systemdVersion, place: { trust } })) {
            seen.add(rule);
            const info = declared.get(rule);
            assert.ok(info !== undefined, `${rule} is declared`);
            const kinds = [info, ...(info.variants ?? [])].map((one) => `${one.severity} ${one.effect}`);
            if (!kinds.includes(`${severity} ${effect}`)) wrong.add(`${rule}: ${severity} ${effect}`);
          }
        }
  assert.deepEqual([...wrong], []);
  assert.ok(seen.size > 40, `${seen.size} rules were met`);
});
