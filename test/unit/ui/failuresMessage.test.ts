import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MachineFailure } from '../../../src/machines/errors.ts';
import { failedOne, failuresMessage, type FailuresMessage } from '../../../src/ui/failuresMessage.ts';
import { l10n } from './l10n.ts';

const messageOf = (title: string, failures: readonly (readonly [string, MachineFailure])[]): FailuresMessage =>
  failuresMessage(
    title,
    failures.flatMap(([name, failure]) => failedOne(name, failure, failure, l10n) ?? []),
    l10n,
  );
const names = ['one', 'two', 'three', 'four', 'five'];

test('what befell all of them alike is one sentence with every name, and its buttons act on all', () => {
  const { sentence, buttons, namesOf } = messageOf(
    'Powering off 5 machines',
    names.map((name) => [name, { kind: 'didNotStop', name, waitedMs: 20_000 }]),
  );
  assert.equal(
    sentence,
    '5 machines still run after 20 seconds: one, two, three, four, five. They may not react to a request to stop.',
  );
  assert.deepEqual(buttons, ['terminate', 'kill', 'showJournal']);
  assert.deepEqual(namesOf('kill'), names);
});

test('one alone is told of as ever', () => {
  const { sentence, namesOf } = messageOf('Powering off 5 machines', [
    ['one', { kind: 'didNotStop', name: 'one', waitedMs: 20_000 }],
  ]);
  assert.equal(sentence, 'one still runs after 20 seconds. It may not react to a request to stop.');
  assert.deepEqual(namesOf('terminate'), ['one']);
});

test('a button acts on what the action was for, and not on a machine of another kind that shares its name', () => {
  const id = 'lxc/%2Fvar%2Flib%2Flxc/web';
  const stopped: MachineFailure = { kind: 'didNotStop', name: 'web', waitedMs: 20_000 };
  const one = messageOf('Powering off web', [[id, stopped]]);
  assert.equal(one.sentence, 'web still runs after 20 seconds. It may not react to a request to stop.');
  assert.deepEqual(one.namesOf('terminate'), [id]);
  const two = messageOf('Powering off 2 machines', [
    [id, { ...stopped, name: id }],
    ['web', stopped],
  ]);
  assert.deepEqual(two.namesOf('kill'), [id, 'web']);
});

test('different reasons each name theirs once, and a button acts on those alone to whom it belongs', () => {
  const polkitAction = 'org.freedesktop.machine1.manage-images';
  const { sentence, buttons, namesOf } = messageOf('Removing 5 images', [
    ['one', { kind: 'notAuthorized', polkitAction }],
    ['two', { kind: 'machineRunning', name: 'two' }],
    ['three', { kind: 'notAuthorized', polkitAction }],
  ]);
  assert.equal(
    sentence,
    `Removing 5 images: 3 failed. one, three: This needs more privileges than this user has (${polkitAction}). · two is running. Stop it first.`,
  );
  assert.deepEqual(buttons, ['retryWithPrivileges', 'openSettings', 'terminate', 'showOutput']);
  assert.deepEqual(namesOf('retryWithPrivileges'), ['one', 'three']);
  assert.deepEqual(namesOf('terminate'), ['two']);
});

test('the words of machines that did not start are told once, with all that said them', () => {
  const failure = (name: string, line: string): MachineFailure => ({
    kind: 'didNotStart',
    name,
    unit: `systemd-nspawn@${name}.service`,
    result: 'exit-code',
    journal: line === '' ? [] : [line],
  });
  const { sentence, buttons, namesOf } = messageOf('Starting 4 machines', [
    ['one', failure('one', 'execv failed')],
    ['two', failure('two', 'no space left')],
    ['three', failure('three', 'execv failed')],
    ['four', failure('four', '')],
  ]);
  assert.equal(
    sentence,
    '4 machines did not start. one, three: execv failed · two: no space left · four did not start (result: exit-code).',
  );
  assert.deepEqual(buttons, ['showJournal']);
  assert.deepEqual(namesOf('showJournal'), ['one', 'two', 'three', 'four']);
});

test('names that do not fit into a notification are counted, and a cancel is silent', () => {
  const many = Array.from({ length: 200 }, (_, index) => `machine-${index}`);
  const { sentence } = messageOf(
    'Powering off 200 machines',
    many.map((name) => [name, { kind: 'didNotStop', name, waitedMs: 20_000 }]),
  );
  assert.match(sentence, /^200 machines still run after 20 seconds: machine-0, machine-1, .* and \d+ more\. /u);
  assert.ok(sentence.length < 1000, 'VS Code cuts off what is longer');
  assert.equal(failedOne('one', {}, { kind: 'cancelled' }, l10n), undefined);
});

test('where one of several failed otherwise, no sentence says that all of them failed alike', () => {
  const { sentence } = messageOf('Powering off 2 machines', [
    ['one', { kind: 'didNotStop', name: 'one', waitedMs: 20_000 }],
    ['two', { kind: 'noSuchMachine', name: 'two' }],
  ]);
  assert.match(sentence, /^Powering off 2 machines: 2 failed\. one still runs after 20 seconds/u);
});
