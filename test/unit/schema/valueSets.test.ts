import assert from 'node:assert/strict';
import { constants } from 'node:os';
import { test } from 'node:test';
import { valueSets } from '../../../src/schema/valueSets.ts';

const unique = (names: readonly string[], what: string): void => assert.deepEqual(names, [...new Set(names)], what);

test('no list names anything twice, and none is empty', () => {
  for (const [what, list] of Object.entries(valueSets)) {
    if (!Array.isArray(list)) continue;
    assert.ok(list.length > 0, what);
    unique(
      list.map((entry: unknown) => JSON.stringify(entry)),
      what,
    );
  }
  unique(
    valueSets.capabilities.map(({ name }) => name),
    'capabilities',
  );
  unique(
    valueSets.syscallGroups.map(({ name }) => name),
    'groups',
  );
});

test('what is made of capabilities and groups names those that there are', () => {
  const capabilities = new Set(valueSets.capabilities.map(({ name }) => name));
  const groups = new Set(valueSets.syscallGroups.map(({ name }) => name));
  for (const name of valueSets.defaultCapabilities) assert.ok(capabilities.has(name), name);
  for (const { capability, item } of valueSets.defaultSyscalls) {
    assert.ok(capability === null || capabilities.has(capability), item);
    assert.ok(!item.startsWith('@') || groups.has(item), item);
  }
  for (const { name, members } of valueSets.syscallGroups)
    for (const member of members) assert.ok(!member.startsWith('@') || groups.has(member), `${name}: ${member}`);
});

test(
  'signals have the numbers of this machine',
  { skip: process.arch === 'x64' ? false : 'the numbers are those of x86-64' },
  () => {
    const here: Readonly<Record<string, number>> = { ...constants.signals };
    for (const { name, number } of valueSets.signals) assert.equal(here[name] ?? number, number, name);
    assert.equal(valueSets.signals.length, 31);
  },
);

test('architectures that another runs are architectures', () => {
  for (const [native, runs] of Object.entries(valueSets.nativeArchitectures)) {
    assert.equal(runs[0], native);
    for (const name of runs) assert.ok(valueSets.architectures.includes(name), name);
  }
});
