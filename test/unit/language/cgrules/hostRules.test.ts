import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { applyChanges } from '../../../../src/language/applyChanges.ts';
import { defaultContext } from '../../../../src/language/context.ts';
import type { Context } from '../../../../src/language/context.ts';
import type { Finding } from '../../../../src/language/finding.ts';
import { languageFeatures, openFile } from '../../../../src/language/languageService.ts';
import { hostOfV2 } from '../hostOfV2.ts';

const findingsOf = (text: string, context: Partial<Context>): readonly Finding[] => {
  const file = openFile(TextDocument.create('file:///cgrules.conf', 'cgrules', 0, text), 'cgrules');
  return file === undefined ? [] : languageFeatures.diagnose(file, { ...defaultContext, ...context });
};
const told = (text: string, context: Partial<Context> = { host: hostOfV2 }): readonly string[] =>
  findingsOf(text, context).map(
    ({ rule, severity, effect, start, end }) => `${rule} ${severity} ${effect} ${text.slice(start, end)}`,
  );

test('a rule of a user or a group that the host does not have is skipped', () => {
  const text = 'alice cpu a\nalcie cpu a\n@satff:ssh cpu a\n@staff cpu a\n"alcie:two words" cpu a\n* cpu b\n';
  assert.deepEqual(told(text), [
    'rule-unknown-user warning ignored alcie',
    'rule-unknown-user warning ignored satff',
    'rule-unknown-user warning ignored "alcie:two words"',
  ]);
  assert.deepEqual(told(text, {}), []);
  const [fix] = findingsOf(text, { host: hostOfV2 }).flatMap(({ fixes = [] }) => fixes);
  assert.match(fix === undefined ? '' : applyChanges(text, fix.changes), /^alice cpu a\nalice cpu a\n/u);
});

test('what goes on from a skipped rule is not read, so nothing in it refuses the file', () => {
  const text = 'alcie cpu a\n% cpu\nalcie cpu a\n';
  const context = { host: hostOfV2, libcgroupVersion: '2.0.2' as const };
  assert.deepEqual(told(text, context), [
    'rule-unknown-user warning ignored alcie',
    'rule-continuation-skipped warning ignored %',
    'rule-unknown-user warning ignored alcie',
  ]);
  assert.match(told(text, { libcgroupVersion: '2.0.2' })[0] ?? '', /^rule-incomplete error/u);
});

test('one that others may know is told of without alarm, and its rule is read on', () => {
  const host = { ...hostOfV2, hasMoreUsers: true, hasMoreGroups: true };
  assert.deepEqual(told('alcie cpu a bad\n', { host }), [
    'rule-unknown-user info none alcie',
    'rule-unknown-option error file-refused bad',
  ]);
  assert.deepEqual(told('4711 cpu a\n', { host }), ['rule-numeric-user warning ignored 4711']);
});

test('controllers that the host has not mounted move nothing; behind a star none is read', () => {
  assert.deepEqual(told('alice cpu,blkio,cgroup a\n'), ['rule-controller-not-mounted warning none blkio']);
  assert.deepEqual(told('alice *,blkio a\n'), []);
  assert.deepEqual(told('alice cpu,cgroup a\n', { host: hostOfV2, libcgroupVersion: '2.0.2' }), [
    'rule-controller-not-mounted warning none cgroup',
  ]);
  assert.deepEqual(told('alice blkio a\n', { host: { ...hostOfV2, controllers: [] } }), []);
});

test('a controller that Linux does not have is told on any host, with the one that was meant', () => {
  const text = 'alice cpu,memry a\n';
  for (const libcgroupVersion of ['2.0.2', '3.1', '3.2'] as const)
    assert.deepEqual(told(text, { libcgroupVersion }), ['rule-unknown-controller warning none memry']);
  assert.deepEqual(told(text), ['rule-unknown-controller warning none memry']);
  const [finding] = findingsOf(text, {});
  assert.match(finding?.message ?? '', /Did you mean memory\?$/u);
  assert.equal(applyChanges(text, finding?.fixes?.[0]?.changes ?? []), 'alice cpu,memory a\n');
  assert.deepEqual(told('alice name=own,net_cls,,hugetlb,cgroup a\nbob *,memry a\n', {}), []);
  const mounted = [...hostOfV2.controllers, { name: 'memry', version: 2 as const }];
  assert.deepEqual(told(text, { host: { ...hostOfV2, controllers: mounted } }), []);
});

test('controllers of a rule that leaves processes alone do not matter', () => {
  assert.deepEqual(told('alice memry,blkio a ignore\n'), []);
});
