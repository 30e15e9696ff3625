import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { MachineError } from '../../../../src/machines/errors.ts';
import type { Machine, MachineDetails } from '../../../../src/machines/machine.ts';
import { createDetailsCache } from '../../../../src/machines/host/detailsCache.ts';
import type { DetailsCache } from '../../../../src/machines/host/detailsCache.ts';
import { BusError } from '../../../../src/machines/host/systemBus.ts';

const machine = (name: string, more: Partial<Machine> = {}): Machine => ({
  ...{
    id: name,
    name,
    className: 'container',
    service: 'systemd-nspawn',
    unit: undefined,
    leader: 1,
    rootDirectory: undefined,
  },
  ...{ since: Date.now(), networkInterfaces: [] },
  ...more,
});

const details = (...addresses: string[]): MachineDetails => ({ state: 'running', os: undefined, addresses });

interface Question {
  readonly machine: Machine;
  readonly answer: (details: MachineDetails) => void;
  readonly refuse: (error: Error) => void;
}

const setUp = (): { machines: Map<string, Machine>; questions: Question[]; changed: string[]; cache: DetailsCache } => {
  const machines = new Map<string, Machine>();
  const questions: Question[] = [];
  const changed: string[] = [];
  const cache = createDetailsCache({
    machines,
    ask: (asked) => new Promise((answer, refuse) => void questions.push({ machine: asked, answer, refuse })),
    onChanged: (name) => void changed.push(name),
  });
  return { machines, questions, changed, cache };
};

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const failsAs = (kind: string) => (error: unknown) => error instanceof MachineError && error.failure.kind === kind;

describe('details', () => {
  test('are asked once per machine, and again when the machine is another', async () => {
    const { machines, questions, cache } = setUp();
    machines.set('a', machine('a'));
    const both = [cache.get('a'), cache.get('a')];
    questions[0]?.answer(details('10.0.0.1'));
    assert.deepEqual(await Promise.all(both), [details('10.0.0.1'), details('10.0.0.1')]);
    await cache.get('a');
    assert.equal(questions.length, 1);
    machines.set('a', machine('a', { leader: 2 }));
    const later = cache.get('a');
    questions[1]?.answer(details('10.0.0.2'));
    assert.deepEqual(await later, details('10.0.0.2'));
  });

  test('of an earlier machine of the same name are dropped', async () => {
    const { machines, questions, cache } = setUp();
    machines.set('a', machine('a'));
    const early = cache.get('a');
    machines.set('a', machine('a', { leader: 2 }));
    const late = cache.get('a');
    questions[0]?.answer(details('10.0.0.1'));
    questions[1]?.answer(details('10.0.0.2'));
    await assert.rejects(early, failsAs('cancelled'));
    assert.deepEqual(await late, details('10.0.0.2'));
    assert.deepEqual(await cache.get('a'), details('10.0.0.2'));
  });

  test('of a machine that is not there fail', async () => {
    await assert.rejects(setUp().cache.get('nope'), failsAs('noSuchMachine'));
  });

  test('are asked of four machines at a time, and of none that is gone meanwhile', async () => {
    const { machines, questions, cache } = setUp();
    for (let index = 0; index < 10; index += 1) machines.set(`m${index}`, machine(`m${index}`));
    const all = [...machines.keys()].map((name) => cache.get(name).catch(() => 'dropped'));
    assert.equal(questions.length, 4);
    machines.delete('m4');
    questions[0]?.answer(details());
    await turn();
    assert.deepEqual(
      questions.map((question) => question.machine.name),
      ['m0', 'm1', 'm2', 'm3', 'm5'],
    );
    cache.stop();
    for (const { answer } of questions) answer(details());
    assert.deepEqual((await Promise.all(all)).filter((answer) => answer !== 'dropped').length, 1);
    assert.equal(questions.length, 5);
  });

  test('that could not be had are not asked for again before they are forgotten', async () => {
    const { machines, questions, cache } = setUp();
    machines.set('a', machine('a'));
    const first = cache.get('a');
    questions[0]?.refuse(new BusError('org.freedesktop.DBus.Error.Disconnected', 'x'));
    await assert.rejects(first, failsAs('busUnavailable'));
    await assert.rejects(cache.get('a'), failsAs('busUnavailable'));
    assert.equal(questions.length, 1);
    cache.forgetAll();
    void cache.get('a').catch(() => undefined);
    assert.equal(questions.length, 2);
  });

  test('of a young machine with a network are asked again until it has an address', async (context) => {
    context.mock.timers.enable({ apis: ['setTimeout'] });
    const { machines, questions, changed, cache } = setUp();
    machines.set('a', machine('a', { networkInterfaces: [3] }));
    void cache.get('a');
    const settle = async (index: number, answer: MachineDetails): Promise<void> => {
      questions[index]?.answer(answer);
      for (let turns = 0; turns < 5; turns += 1) await turn();
    };
    await settle(0, details());
    context.mock.timers.tick(500);
    await settle(1, details());
    context.mock.timers.tick(1000);
    assert.deepEqual([questions.length, changed], [3, []]);
    await settle(2, details('fe80::1'));
    assert.deepEqual(changed, ['a']);
    context.mock.timers.tick(2000);
    await settle(3, details('10.0.0.1', 'fe80::1'));
    assert.deepEqual(changed, ['a', 'a']);
    assert.deepEqual(await cache.get('a'), details('10.0.0.1', 'fe80::1'));
    context.mock.timers.tick(60_000);
    await turn();
    assert.equal(questions.length, 4);
  });

  test('of a machine that is still opening are asked again until it runs', async (context) => {
    context.mock.timers.enable({ apis: ['setTimeout'] });
    const { machines, questions, changed, cache } = setUp();
    machines.set('a', machine('a'));
    const first = cache.get('a');
    questions[0]?.answer({ ...details(), state: 'opening' });
    assert.equal((await first).state, 'opening');
    await turn();
    context.mock.timers.tick(500);
    questions[1]?.answer(details());
    await turn();
    assert.deepEqual(changed, ['a']);
    assert.equal((await cache.get('a')).state, 'running');
    context.mock.timers.tick(60_000);
    assert.equal(questions.length, 2);
  });

  test('are asked once of a machine that has no network, is old, or has gone', async (context) => {
    context.mock.timers.enable({ apis: ['setTimeout'] });
    const { machines, questions, cache } = setUp();
    machines.set('none', machine('none'));
    machines.set('old', machine('old', { networkInterfaces: [3], since: Date.now() - 60_000 }));
    machines.set('gone', machine('gone', { networkInterfaces: [3] }));
    for (const name of machines.keys()) void cache.get(name);
    for (const { answer } of questions) answer(details());
    for (let turns = 0; turns < 5; turns += 1) await turn();
    machines.delete('gone');
    context.mock.timers.tick(60_000);
    await turn();
    assert.equal(questions.length, 3);
  });
});
