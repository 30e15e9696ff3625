import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fixed, told, wished } from './askValue.ts';
import { problemsOf } from './judged.ts';

const key = 'Zone';

void test('up to 12 bytes that may be a part of a name', () => {
  for (const value of ['foo', 'a'.repeat(12), '1', 'all', '.']) assert.deepEqual(told(key, value), [], value);
  assert.deepEqual(told(key, 'a'.repeat(13)), [`zone-too-long ignored <${'a'.repeat(13)}>`]);
  assert.deepEqual(told(key, 'ééééééa'), ['zone-too-long ignored <ééééééa>']);
  assert.deepEqual(told(key, 'a b'), ['invalid-zone-name ignored <a b>']);
  assert.deepEqual(told(key, '%ZONE%'), ['invalid-zone-name ignored <%ZONE%>']);
  assert.deepEqual(told(key, '%ZONE%', 247), []);
});

void test('an empty zone is one with the bridge vz-, and a surprise', () => {
  assert.deepEqual(told(key, ''), ['empty-zone none <>']);
  assert.equal(problemsOf(key, '')[0]?.severity, 'warning');
});

void test('the prefix is put in front by systemd', () => {
  assert.deepEqual(fixed(key, 'vz-foo'), ['Remove vz-: foo']);
  assert.deepEqual(wished(key, 'f|'), ['zone <f>']);
});
