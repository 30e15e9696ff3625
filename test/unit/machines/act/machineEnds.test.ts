import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { MachineError } from '../../../../src/machines/errors.ts';
import { rebootMachine } from '../../../../src/machines/nspawn/operate/rebootMachine.ts';
import { startMachine } from '../../../../src/machines/nspawn/operate/startMachine.ts';
import { killMachine, powerOffMachine, terminateMachine } from '../../../../src/machines/nspawn/operate/stopMachine.ts';
import type { Operation } from '../../../../src/machines/operation.ts';
import { performOperation } from '../../../../src/machines/performOperation.ts';
import { type Answer, createFakeMachine, type FakeMachine, isFailure, unitText } from './fakeMachine.ts';

const now: { made: FakeMachine[] } = { made: [] };
afterEach(() => {
  for (const machine of now.made.splice(0)) machine.remove();
});

const unit = 'systemd-nspawn@box.service';

/** A machine whose unit says one after the other of these, and the last for good. */
const machineWith = (states: readonly string[], answer: (line: string) => Answer = () => ''): FakeMachine => {
  const left = [...states];
  const machine = createFakeMachine((line) => {
    if (line.startsWith('systemctl show')) return (left.length > 1 ? left.shift() : left[0]) ?? '';
    if (line.startsWith('machinectl show')) return `Unit=${unit}\nLeader=94\n`;
    if (line === 'systemctl --version') return 'systemd 257\n';
    return answer(line);
  });
  now.made.push(machine);
  return machine;
};

const { signal } = new AbortController();
const perform = (machine: FakeMachine, operation: Operation): Promise<void> =>
  performOperation(machine.host.run, operation, signal);
const askedOfUnit = ({ seen }: FakeMachine): number => seen.filter((line) => line.startsWith('systemctl show')).length;

describe('a machine that is stopped', () => {
  const ends = [unitText('deactivating'), unitText('inactive', 'Job=7\n'), unitText('inactive')];

  for (const [what, plan, line] of [
    ['powered off', powerOffMachine, 'machinectl poweroff -- box'],
    ['terminated', terminateMachine, 'machinectl terminate -- box'],
  ] as const)
    test(`has stopped when it is ${what} and its unit is over, too`, async () => {
      const machine = machineWith(ends, (given) => {
        if (given === line) machine.deregister();
        return '';
      });
      machine.register();
      const operation = await plan(machine.host, 'box');
      assert.equal(askedOfUnit(machine), 0);
      await perform(machine, operation);
      assert.ok(machine.seen.includes(line));
      assert.equal(askedOfUnit(machine), ends.length);
    });

  test('has not stopped as long as machined knows it', async () => {
    const machine = machineWith([unitText('inactive')]);
    machine.register();
    await assert.rejects(
      perform(machine, await powerOffMachine(machine.host, 'box', 30)),
      (error) => error instanceof MachineError && error.failure.kind === 'didNotStop' && error.failure.waitedMs === 30,
    );
  });

  test('has not stopped as long as its unit has not, and says so in time', async () => {
    const machine = machineWith([unitText('deactivating')], (line) => {
      if (line === 'machinectl poweroff -- box') machine.deregister();
      return '';
    });
    machine.register();
    await assert.rejects(perform(machine, await powerOffMachine(machine.host, 'box', 30)), isFailure('didNotStop'));
  });

  test('that is gone before is told from one that will not', async () => {
    const machine = machineWith([unitText('inactive')], () => 1);
    await assert.rejects(powerOffMachine(machine.host, 'box'), isFailure('noSuchMachine'));
    machine.register();
    const operation = await powerOffMachine(machine.host, 'box');
    machine.deregister();
    assert.deepEqual(await operation.explain(signal), { kind: 'noSuchMachine', name: 'box' });
  });

  test('is waited for after SIGKILL to all of it, and after no other signal', async () => {
    const machine = machineWith(ends, (line) => {
      if (line.includes('SIGKILL')) machine.deregister();
      return '';
    });
    machine.register();
    const given = { whom: 'all', systemd: 257 } as const;
    await perform(machine, await killMachine(machine.host, 'box', { ...given, signal: 'SIGHUP' }));
    assert.equal(askedOfUnit(machine), 0);
    const leader = await killMachine(machine.host, 'box', { ...given, whom: 'leader', signal: 'SIGKILL' });
    assert.equal(leader.withoutBus, undefined);
    await perform(machine, await killMachine(machine.host, 'box', { ...given, signal: 'SIGKILL' }));
    assert.equal(askedOfUnit(machine), ends.length);
  });
});

describe('a machine that is started', () => {
  const active = unitText('active', 'MainPID=50\n');

  for (const [what, begin, end] of [
    [
      'a stub is no init',
      (machine: FakeMachine) => {
        machine.register();
        machine.writeProcess(94, 'systemd-nspawn');
      },
      (machine: FakeMachine) => machine.writeProcess(94, 'init'),
    ],
    [
      'machined has to know it',
      (machine: FakeMachine) => machine.writeProcess(94, 'init'),
      (machine: FakeMachine) => machine.register(),
    ],
    [
      'a child in the PID namespace of the host is no init',
      (machine: FakeMachine) => {
        machine.register();
        machine.writeProcess(94, 'init', { pids: '94' });
      },
      (machine: FakeMachine) => machine.writeProcess(94, 'init'),
    ],
  ] as const)
    test(`is waited for: ${what}`, async () => {
      const left = { askings: 4 };
      const machine = createFakeMachine((line) => {
        if (!line.startsWith('systemctl show')) return '';
        left.askings -= 1;
        if (left.askings === 0) end(machine);
        return active;
      });
      now.made.push(machine);
      machine.writeProcess(50, 'systemd-nspawn', { pids: '50', children: '94 ' });
      begin(machine);
      await perform(machine, startMachine(machine.host, 'box'));
      assert.ok(left.askings <= 0, `it was said to run after ${4 - left.askings} of 4 looks`);
    });

  test('has not started when its init ends at once: its unit is asked twice', async () => {
    const machine = machineWith([active, unitText('failed')]);
    machine.register();
    machine.writeProcess(50, 'systemd-nspawn', { pids: '50', children: '94 ' });
    machine.writeProcess(94, 'init');
    await assert.rejects(perform(machine, startMachine(machine.host, 'box')), isFailure('didNotStart'));
  });

  test('that ends without a word has what systemd knows of its end for a reason, and not that it was started', async () => {
    const run = 'a'.repeat(32);
    const facts = [
      `${unit}: Main process exited, code=exited, status=1/FAILURE`,
      `${unit}: Failed with result 'exit-code'.`,
    ];
    const said = ['Starting box...', ...facts, 'Failed to start box.'].map((MESSAGE) =>
      JSON.stringify({ MESSAGE, _SYSTEMD_UNIT: 'init.scope', INVOCATION_ID: run }),
    );
    const machine = machineWith([unitText('failed', `InvocationID=${run}\n`)], (line) =>
      line.startsWith('journalctl') ? said.join('\n') : '',
    );
    await assert.rejects(perform(machine, startMachine(machine.host, 'box')), (error) => {
      assert.ok(error instanceof MachineError && error.failure.kind === 'didNotStart', String(error));
      assert.deepEqual(error.failure.journal, facts);
      return true;
    });
  });

  test('has its last words for a reason, however long the journal takes to get them', async () => {
    const run = 'a'.repeat(32);
    const own = (MESSAGE: string): object => ({ MESSAGE, _SYSTEMD_UNIT: unit, _SYSTEMD_INVOCATION_ID: run });
    const end = {
      ...{ MESSAGE: `${unit}: Failed with result 'exit-code'.`, MESSAGE_ID: 'd9b373ed55a64feb8242e02dbe79a49c' },
      ...{ _SYSTEMD_UNIT: 'init.scope', INVOCATION_ID: run },
    };
    const early = [own('a warning')];
    // journald says the same for a while, then what systemd says, then what the unit said before that.
    const readings = [early, early, early, early, [...early, end], [...early, end, own('why')]];
    const machine = machineWith([unitText('failed', `InvocationID=${run}\n`)], (line) =>
      line.startsWith('journalctl')
        ? ((readings.length > 1 ? readings.shift() : readings[0]) ?? [])
            .map((entry) => JSON.stringify(entry))
            .join('\n')
        : '',
    );
    machine.openJournal();
    await assert.rejects(perform(machine, startMachine(machine.host, 'box')), (error) => {
      assert.ok(error instanceof MachineError && error.failure.kind === 'didNotStart', String(error));
      assert.deepEqual(error.failure.journal, ['a warning', 'why']);
      return true;
    });
  });

  test('is not waited for in a journal that this user may not read', async () => {
    const machine = machineWith([unitText('failed', `InvocationID=${'a'.repeat(32)}\n`)]);
    await assert.rejects(perform(machine, startMachine(machine.host, 'box')), isFailure('didNotStart'));
    assert.equal(machine.seen.filter((line) => line.startsWith('journalctl')).length, 1);
  });

  test('is given back when its start was cancelled before it had begun', async () => {
    const machine = machineWith([unitText('inactive', 'Job=12\n'), unitText('inactive')]);
    assert.equal(await startMachine(machine.host, 'box').abandon?.(), 'inactive');
    assert.ok(machine.seen.includes('systemctl cancel -- 12'));
    const begun = machineWith([unitText('activating', 'Job=12\n')]);
    assert.equal(await startMachine(begun.host, 'box').abandon?.(), 'activating');
    assert.ok(!begun.seen.some((line) => line.includes('cancel')));
  });
});

test('a machine has rebooted when another init runs in it', async () => {
  const left = { askings: 0 };
  const machine = createFakeMachine((line) => {
    if (line.startsWith('machinectl show')) return `Unit=${unit}\nLeader=94\n`;
    if (line === 'systemctl --version') return 'systemd 257\n';
    if (!line.startsWith('systemctl show')) return '';
    left.askings += 1;
    if (left.askings === 5) machine.writeProcess(94, 'init', { startTime: 999 });
    return unitText('active', 'MainPID=50\n');
  });
  now.made.push(machine);
  machine.register();
  machine.writeProcess(50, 'systemd-nspawn', { pids: '50', children: '94 ' });
  machine.writeProcess(94, 'init');
  await perform(machine, await rebootMachine(machine.host, 'box'));
  assert.ok(left.askings >= 5, 'the old init was taken for a new one');
});
