import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MachineFailure } from '../../../src/machines/errors.ts';
import { buttonTitle } from '../../../src/ui/failureButtons.ts';
import { failureMessage } from '../../../src/ui/failureMessage.ts';
import { l10n } from './l10n.ts';

const sentence = (failure: MachineFailure): string | undefined => failureMessage(failure, l10n)?.sentence;

test('a cancelled command says nothing', () => {
  assert.equal(failureMessage({ kind: 'cancelled' }, l10n), undefined);
});

test('every failure becomes a whole sentence without a placeholder left in it', () => {
  const failures: readonly MachineFailure[] = [
    { kind: 'toolMissing', file: 'machinectl' },
    { kind: 'toolMissing', file: 'nsenter' },
    { kind: 'toolMissing', file: '/usr/bin/lxc-create' },
    { kind: 'toolMissing', file: 'cgconfigparser' },
    { kind: 'toolFailed', file: 'machinectl', args: ['start', 'a'], exitCode: 1, signal: undefined, stderr: '' },
    {
      kind: 'toolFailed',
      file: 'machinectl',
      args: ['start', 'a'],
      exitCode: undefined,
      signal: 'SIGKILL',
      stderr: '',
    },
    { kind: 'timedOut', file: 'machinectl', afterMs: 30_000 },
    { kind: 'timedOut', file: 'machinectl', afterMs: 30_000, left: 'activating' },
    { kind: 'timedOut', file: 'lxc-copy', afterMs: 30_000, left: 'unfinished' },
    { kind: 'unexpectedOutput', source: 'machinectl list', detail: 'not JSON' },
    { kind: 'notAuthorized', polkitAction: 'org.freedesktop.machine1.manage-machines' },
    { kind: 'invalidName', name: '-a', problem: 'leadingDash' },
    { kind: 'noSuchMachine', name: 'a' },
    { kind: 'noSuchImage', name: 'a' },
    { kind: 'nameTaken', name: 'a' },
    { kind: 'machineRunning', name: 'a' },
    { kind: 'notRestored', name: 'a', path: '/var/lib/lxc/a/snaps/snap0' },
    { kind: 'halfDone', name: 'a', paths: ['/var/lib/lxc/a', '/var/lib/lxc/b'] },
    { kind: 'hasCopies', name: 'a', copies: ['b', 'c'] },
    { kind: 'hasCopies', name: 'a', copies: [] },
    { kind: 'noEffect', name: 'a', expected: 'enabled', found: 'disabled' },
    { kind: 'didNotStart', name: 'a', unit: 'u', result: undefined, journal: [] },
    { kind: 'didNotStart', name: 'a', unit: 'u', result: 'exit-code', journal: [] },
    { kind: 'didNotStop', name: 'a', waitedMs: 10_000 },
    { kind: 'cannotEnter', name: 'a', reason: 'starting' },
    { kind: 'cannotEnter', name: 'a', reason: 'frozen' },
    { kind: 'cannotEnter', name: 'a', reason: 'fewCapabilities' },
    { kind: 'cannotEnter', name: 'a', reason: 'usersSilent' },
    { kind: 'noSuchUser', name: 'a', user: 'eve' },
    { kind: 'noBusInside', name: 'a' },
    { kind: 'namespacesForbidden' },
    { kind: 'fileProblem', path: '/etc/x', code: 'EACCES' },
    { kind: 'fileProblem', path: '/etc/x', code: 'ENOENT' },
    { kind: 'fileProblem', path: '/etc/x', code: 'EIO' },
    { kind: 'busUnavailable', detail: 'ECONNREFUSED' },
  ];
  for (const failure of failures) {
    const text = sentence(failure);
    assert.ok(text !== undefined, failure.kind);
    assert.match(text, /^.*[^{}]$/u);
    assert.doesNotMatch(text, /\{\d\}|undefined/u);
  }
});

test('a machine that did not start shows its own last words, and a button to the rest', () => {
  const message = failureMessage(
    {
      kind: 'didNotStart',
      name: 'a',
      unit: 'systemd-nspawn@a.service',
      result: 'exit-code',
      journal: ['one', 'two', 'three', '\u001b[31mexecv(/sbin/init) failed\u001b[0m: No such file'],
    },
    l10n,
  );
  assert.equal(message?.sentence, 'a did not start: two · three · execv(/sbin/init) failed: No such file');
  assert.deepEqual(message.buttons, ['showJournal']);
  assert.equal(buttonTitle('showJournal', l10n), 'Show Log');
});

test('what systemd says of the unit stands aside for what the machine says', () => {
  const unit = 'systemd-nspawn@a.service';
  const failure = (...journal: readonly string[]): MachineFailure => ({
    kind: 'didNotStart',
    name: 'a',
    unit,
    result: 'exit-code',
    journal,
  });
  const systemd = [
    `${unit}: Main process exited, code=exited, status=1/FAILURE`,
    `${unit}: Failed with result 'exit-code'.`,
  ];
  assert.equal(sentence(failure('execv() failed', ...systemd)), 'a did not start: execv() failed');
  assert.match(sentence(failure(...systemd)) ?? '', /Main process exited/u);
});

test('a machine that does not stop can be terminated or killed from the message', () => {
  const message = failureMessage({ kind: 'didNotStop', name: 'a', waitedMs: 10_400 }, l10n);
  assert.match(message?.sentence ?? '', /a still runs after 10 seconds/u);
  assert.deepEqual(message?.buttons, ['terminate', 'kill', 'showJournal']);
  assert.equal(message.name, 'a');
});

test('what a tool said is one short line', () => {
  const text = sentence({
    kind: 'toolFailed',
    file: 'machinectl',
    args: ['clone', 'a', 'b'],
    exitCode: 1,
    signal: undefined,
    stderr: `Could not clone:\n\u0007${'x'.repeat(5000)}`,
  });
  assert.match(text ?? '', /^machinectl clone failed: Could not clone: x+…$/u);
  assert.ok((text ?? '').length < 400);
});

test('the name of a D-Bus error is not what a person is told', () => {
  const said = (detail: string): string => sentence({ kind: 'busUnavailable', detail }) ?? '';
  assert.doesNotMatch(said('org.freedesktop.DBus.Error.Disconnected'), /DBus|: $/u);
  assert.match(said('Connection refused'), /: Connection refused$/u);
});

test('a missing privilege can be retried', () => {
  const message = failureMessage({ kind: 'notAuthorized', polkitAction: 'a.b' }, l10n);
  assert.deepEqual(message?.buttons, ['retryWithPrivileges', 'openSettings']);
});

test('where the settings keep a machine from starting, that is what is said, and the file is a click away', () => {
  const message = failureMessage(
    {
      kind: 'didNotStart',
      name: 'web',
      unit: 'systemd-nspawn@web.service',
      result: 'exit-code',
      journal: ['Failed to stat /srv/none: No such file or directory'],
      settings: ['This host has no `/srv/none`.'],
    },
    l10n,
  );
  assert.equal(message?.sentence, 'web did not start: This host has no `/srv/none`.');
  assert.deepEqual(message.buttons, ['openNspawnFile', 'showJournal']);
});

test('a group that is in use is told from one whose memory could not be freed', () => {
  const refused = (path: string): string | undefined =>
    sentence({ kind: 'kernelRefused', path, text: '0', code: 'EBUSY' });
  assert.match(refused('/sys/fs/cgroup/a/memory.max') ?? '', /could not free enough memory/u);
  assert.match(refused('/sys/fs/cgroup/memory/a/memory.limit_in_bytes') ?? '', /could not free enough memory/u);
  assert.match(refused('/sys/fs/cgroup/a/cgroup.subtree_control') ?? '', /processes are in there/u);
});
