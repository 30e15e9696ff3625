import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createBoundedReads, NoAnswer } from '../../../src/machines/host/boundedReads.ts';

interface Held {
  readonly read: () => Promise<string>;
  readonly answer: (text: string) => void;
}

const hold = (): Held => {
  const answers: ((text: string) => void)[] = [];
  const promise = new Promise<string>((resolve) => answers.push(resolve));
  return { read: () => promise, answer: (text) => answers.forEach((resolve) => resolve(text)) };
};

test('no more than so many read at a time, and whoever waits gets its turn', async () => {
  const bounded = createBoundedReads({ limit: 2, patienceMs: 60_000 });
  const started: string[] = [];
  const held = ['a', 'b', 'c'].map((name) => ({ name, ...hold() }));
  const reads = held.map(({ name, read }) =>
    bounded(() => {
      started.push(name);
      return read();
    }),
  );
  await new Promise(setImmediate);
  assert.deepEqual(started, ['a', 'b']);
  held[0]?.answer('one');
  assert.equal(await reads[0], 'one');
  await new Promise(setImmediate);
  assert.deepEqual(started, ['a', 'b', 'c']);
  held[1]?.answer('two');
  held[2]?.answer('three');
  assert.deepEqual(await Promise.all(reads), ['one', 'two', 'three']);
});

test('what fails makes room, too', async () => {
  const bounded = createBoundedReads({ limit: 1, patienceMs: 60_000 });
  await assert.rejects(
    bounded(() => Promise.reject(new Error('gone'))),
    /gone/u,
  );
  assert.equal(await bounded(() => Promise.resolve('next')), 'next');
});

test('when all hang, whoever waits and whoever comes is refused, until one has come back', async () => {
  const bounded = createBoundedReads({ limit: 1, patienceMs: 1 });
  const stuck = hold();
  const first = bounded(stuck.read);
  const second = bounded(() => Promise.resolve('second'));
  await assert.rejects(first, NoAnswer);
  await assert.rejects(second, NoAnswer);
  await assert.rejects(
    bounded(() => Promise.resolve('third')),
    NoAnswer,
  );
  stuck.answer('late');
  await new Promise(setImmediate);
  assert.equal(await bounded(() => Promise.resolve('fourth')), 'fourth');
});
