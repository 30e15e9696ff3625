import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cgroupSchema } from '../../../src/schema/cgroupSchema.ts';
import type { CgroupVersion } from '../../../src/schema/cgroupTypes.ts';

const { controllers, conversions, parameters } = cgroupSchema;
const find = (version: CgroupVersion, name: string): (typeof parameters)[number] | undefined =>
  parameters.find((parameter) => parameter.version === version && parameter.name === name);

test('parameters are sorted, named once a version, and of a controller of that version', () => {
  const keys = parameters.map(({ version, controller, name }) => `${version} ${controller} ${name}`);
  assert.deepEqual(keys, [...keys].sort());
  assert.equal(new Set(parameters.map(({ version, name }) => `${version} ${name}`)).size, keys.length);
  for (const { controller, name, version } of parameters)
    assert.ok(controllers.find((known) => known.name === controller)?.versions.includes(version) === true, name);
});

test('a controller that only v1 has says what does its work now', () => {
  for (const { name, versions, successor } of controllers)
    assert.equal(successor !== undefined, !versions.includes(2), name);
});

test('equivalents are parameters of the other version', () => {
  for (const { equivalents, name, version } of parameters)
    for (const other of equivalents) assert.ok(find(version === 1 ? 2 : 1, other) !== undefined, `${name}: ${other}`);
});

test('keys of systemd are keys', () => {
  for (const { systemd, name } of parameters) for (const key of systemd) assert.match(key, /^[A-Z][A-Za-z]+$/u, name);
});

test('a text is one sentence', () => {
  for (const { name, text } of parameters) {
    assert.match(text, /^(?:\p{Lu}|\d|[a-z.]+ |[+]).*\.$/u, name);
    assert.doesNotMatch(text, /[.!?] \p{Lu}|['"]/u, name);
  }
});

test('statistics are to read, ranges have a beginning before their end, and defaults lie in them', () => {
  for (const { access, default: start, name, value } of parameters) {
    if (value.kind === 'statistics') assert.equal(access, 'read', name);
    if (value.kind !== 'integer' && value.kind !== 'percent') continue;
    const { min = -Infinity, max = Infinity, unlimited } = value;
    assert.ok(min <= max, name);
    if (start !== undefined && start !== unlimited) assert.ok(Number(start) >= min && Number(start) <= max, name);
  }
});

test('a conversion goes from a parameter to one of the other version, and back', () => {
  for (const { from, fromVersion, to } of conversions) {
    // libcgroup misspells cpuset.memory_pressure_enabled.
    assert.equal(find(fromVersion, from) !== undefined, from !== 'cpuset.mem_pressure_enabled', from);
    if (to === null) continue;
    assert.ok(find(fromVersion === 1 ? 2 : 1, to) !== undefined, to);
    assert.ok(
      conversions.some((back) => back.from === to && back.to === from),
      `${from} and back`,
    );
  }
});
