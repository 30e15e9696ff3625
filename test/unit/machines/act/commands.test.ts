import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { MachineError } from '../../../../src/machines/errors.ts';
import { systemdVersion } from '../../../../src/machines/host/hostCommands.ts';
import { clone, remove, rename, setReadOnly } from '../../../../src/machines/nspawn/commands/imageCommands.ts';
import {
  parseJournal,
  runJournal,
  type RunJournal,
  unitJournal,
} from '../../../../src/machines/host/journalCommands.ts';
import { hasReadableJournal } from '../../../../src/machines/nspawn/commands/showCommands.ts';
import * as lifecycle from '../../../../src/machines/nspawn/commands/lifecycleCommands.ts';
import { parseProperties } from '../../../../src/machines/host/properties.ts';
import * as show from '../../../../src/machines/nspawn/commands/showCommands.ts';
import * as units from '../../../../src/machines/host/unitCommands.ts';
import { recordingsOf, suites } from './recordings.ts';

const versions = { bookworm: 252, trixie: 257, forky: 262 };
const printed = (stdout: string): { exitCode: number; stdout: string; stderr: string } => ({
  exitCode: 0,
  stdout,
  stderr: '',
});

for (const suite of suites) {
  describe(`what ${suite} printed`, () => {
    const { outputOf } = recordingsOf(suite);

    test('the version of systemd', () => {
      assert.equal(systemdVersion.parse(outputOf(systemdVersion)), versions[suite]);
    });

    test('the properties of a running machine', () => {
      const command = show.machineProperties('busybox');
      const properties = command.parse(outputOf(command));
      assert.equal(properties.get('Name'), 'busybox');
      assert.equal(properties.get('Unit'), 'systemd-nspawn@busybox.service');
      assert.match(properties.get('Leader') ?? '', /^\d+$/u);
      assert.equal(outputOf(show.machineProperties('nope')).exitCode, 1);
    });

    test('the properties of an image', () => {
      const readOnly = (name: string): string | undefined => {
        const command = show.imageProperties(name);
        return command.parse(outputOf(command)).get('ReadOnly');
      };
      assert.equal(readOnly('busybox'), 'no');
      assert.equal(readOnly('frozen'), 'yes');
      assert.equal(outputOf(show.imageProperties('nope')).exitCode, 1);
    });

    test('the status pages', () => {
      assert.match(
        show.machineStatus('busybox').parse(outputOf(show.machineStatus('busybox'))),
        /Leader: \d+ \(init\)/u,
      );
      assert.match(show.imageStatus('busybox').parse(outputOf(show.imageStatus('busybox'))), /Type: subvolume/u);
    });

    test('the state of a unit that runs, that failed and that is none', () => {
      const stateOf = (name: string): units.UnitState => {
        const command = units.unitState(lifecycle.machineUnit(name));
        return command.parse(outputOf(command));
      };
      const running = stateOf('busybox');
      assert.deepEqual(
        { ...running, mainPid: undefined, invocation: undefined },
        {
          active: 'active',
          sub: 'running',
          result: 'success',
          file: 'disabled',
          mainPid: undefined,
          invocation: undefined,
          job: undefined,
        },
      );
      assert.ok(Number(running.mainPid) > 1);
      assert.match(running.invocation ?? '', /^[0-9a-f]{32}$/u);
      const failed = stateOf('noinit');
      assert.equal(failed.active, 'failed');
      assert.equal(failed.result, 'exit-code');
      assert.equal(failed.mainPid, undefined);
      const none = stateOf('nope');
      assert.equal(none.active, 'inactive');
      assert.equal(none.invocation, undefined);
    });

    test('all properties of a unit, also those that come more than once', () => {
      const command = units.unitProperties(lifecycle.machineUnit('busybox'));
      const properties = command.parse(outputOf(command));
      assert.equal(properties.get('Slice'), 'machine.slice');
      assert.ok((properties.get('DeviceAllow') ?? '').split('\n').length > 3);
    });

    test('why a machine did not start is in the journal of its unit', () => {
      const command = unitJournal(lifecycle.machineUnit('noinit'), 10);
      const messages = command.parse(outputOf(command));
      assert.ok(messages.some((message) => message.startsWith('execv(')));
      assert.match(messages.at(-1) ?? '', /Failed with result 'exit-code'/u);
    });

    test('which machine has a journal of its own', () => {
      assert.equal(hasReadableJournal('debian').parse(outputOf(hasReadableJournal('debian'))), true);
      assert.equal(hasReadableJournal('busybox').parse(outputOf(hasReadableJournal('busybox'))), false);
    });
  });
}

test('a name can never become an option', () => {
  const commands = [
    lifecycle.start('-x'),
    lifecycle.powerOff('-x'),
    lifecycle.reboot('-x'),
    lifecycle.terminate('-x'),
    lifecycle.enable('-x'),
    lifecycle.kill('-x', 'SIGKILL', 'all', 257),
    clone('-x', '-y', true),
    rename('-x', '-y'),
    remove('-x'),
    setReadOnly('-x', true),
    show.machineProperties('-x'),
    show.imageProperties('-x'),
    show.machineStatus('-x'),
    show.imageStatus('-x'),
    units.unitState('-x'),
    units.startUnit('-x'),
    units.stopUnit('-x'),
    units.killUnit('-x', 'SIGTERM', 'main'),
    units.enableUnit('-x'),
    units.disableUnit('-x'),
  ];
  for (const { file, args } of commands) {
    const dashes = args.indexOf('--');
    assert.ok(dashes >= 0 && dashes < args.indexOf('-x'), [file, ...args].join(' '));
  }
});

test('lifecycle and image commands as data', () => {
  assert.deepEqual(lifecycle.powerOff('web').args, ['poweroff', '--', 'web']);
  assert.deepEqual(clone('a', 'b', true).args, ['clone', '--read-only', '--', 'a', 'b']);
  assert.deepEqual(clone('a', 'b', false).args, ['clone', '--', 'a', 'b']);
  assert.deepEqual(setReadOnly('a', false).args, ['read-only', '--', 'a', 'no']);
  assert.deepEqual(rename('a', 'b').args, ['rename', '--', 'a', 'b']);
});

test('the option of kill was spelled otherwise before 252', () => {
  assert.deepEqual(lifecycle.kill('a', 'SIGHUP', 'leader', 251).args, [
    'kill',
    '--kill-who=leader',
    '--signal=SIGHUP',
    '--',
    'a',
  ]);
  assert.equal(lifecycle.kill('a', 'SIGHUP', 'leader', 252).args[1], '--kill-whom=leader');
});

test('the journal of one run is what its processes and what systemd said since it began', () => {
  const bySystemd = (message: string, run: string): object => ({
    ...{ MESSAGE: message, _SYSTEMD_UNIT: 'init.scope', _SYSTEMD_INVOCATION_ID: 'of-systemd', INVOCATION_ID: run },
  });
  const own = (message: string, run?: string): object => ({
    ...{
      MESSAGE: message,
      _SYSTEMD_UNIT: 'web.service',
      ...(run === undefined ? {} : { _SYSTEMD_INVOCATION_ID: run }),
    },
  });
  const parsed = (...entries: readonly object[]): RunJournal =>
    runJournal('web.service', 'two', 2).parse(printed(entries.map((entry) => JSON.stringify(entry)).join('\n')));
  const journalOf = (...entries: readonly object[]): Omit<RunJournal, 'ended'> => {
    const { own: ownLines, all } = parsed(...entries);
    return { own: ownLines, all };
  };
  const before = [bySystemd('Starting', 'one'), own('old and late'), own('old', 'one'), bySystemd('Failed', 'one')];
  assert.deepEqual(journalOf(...before, bySystemd('Starting', 'two'), own('why', 'two'), bySystemd('Failed', 'two')), {
    own: ['why'],
    all: ['why', 'Failed'],
  });
  // journald does not name the run where the unit has ended before it reads the line.
  assert.deepEqual(journalOf(...before, bySystemd('Starting', 'two'), bySystemd('Failed', 'two'), own('why')), {
    own: ['why'],
    all: ['Failed', 'why'],
  });
  assert.deepEqual(journalOf(...before, own('why'), bySystemd('Starting', 'two'), bySystemd('Failed', 'two')).own, [
    'why',
  ]);
  assert.deepEqual(journalOf(...before, bySystemd('Starting', 'two')).own, []);
  // Only systemd says that a run has ended, and another run's end is none of this one's.
  const end = { ...bySystemd('Failed', 'two'), MESSAGE_ID: 'd9b373ed55a64feb8242e02dbe79a49c' };
  assert.equal(parsed(...before, bySystemd('Starting', 'two'), end).ended, true);
  assert.equal(parsed(...before, { ...end, INVOCATION_ID: 'one' }, bySystemd('Starting', 'two')).ended, false);
  assert.equal(parsed(...before, { ...own('why', 'two'), MESSAGE_ID: end.MESSAGE_ID }).ended, false);
});

test('journal messages that are bytes, missing or no JSON', () => {
  const lines = ['{"MESSAGE":[104,105,10,255]}', '{"MESSAGE":null}', '{}', 'garbage', '[]', '{"MESSAGE":"a\\nb"}'];
  assert.deepEqual(parseJournal(printed(lines.join('\n'))), ['hi', '\ufffd', 'a', 'b']);
});

test('properties whose value goes on in the next line', () => {
  assert.deepEqual(
    [...parseProperties(printed('A=1\n 2\nB==x\n\ngarbage'))],
    [
      ['A', '1\n 2'],
      ['B', '=x\ngarbage'],
    ],
  );
});

test('garbage is told from an answer', () => {
  const unexpected = (error: unknown): boolean =>
    error instanceof MachineError && error.failure.kind === 'unexpectedOutput';
  assert.throws(() => units.unitState('a').parse(printed('garbage')), unexpected);
  assert.throws(() => systemdVersion.parse(printed('')), unexpected);
});
