import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLazyAnswers, rowsAround } from '../../../../src/ui/tree/lazyAnswers.ts';

interface Question {
  readonly name: string;
  readonly answer: (text: string) => void;
  readonly fail: (failure: Error) => void;
}

const cancelled = new Error('cancelled');

const bench = (atOnce = 2) => {
  const questions: Question[] = [];
  const answered: string[] = [];
  const answers = createLazyAnswers<string>({
    ask: (name) => new Promise((answer, fail) => questions.push({ name, answer, fail })),
    onAnswer: (name) => answered.push(name),
    isCancelled: (failure) => failure === cancelled,
    atOnce,
  });
  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  return { questions, answered, answers, turn };
};

test('questions are asked a few at a time, in the order of wanting, and once', async () => {
  const { questions, answered, answers, turn } = bench();
  answers.want(['a', 'b', 'c']);
  answers.want(['b', 'd']);
  assert.deepEqual(
    questions.map(({ name }) => name),
    ['a', 'b'],
  );
  questions[0]?.answer('A');
  await turn();
  assert.deepEqual(
    questions.map(({ name }) => name),
    ['a', 'b', 'c'],
  );
  assert.equal(answers.get('a'), 'A');
  answers.want(['a']);
  for (const { answer } of questions.slice(1)) answer('x');
  await turn();
  questions[3]?.answer('D');
  await turn();
  assert.deepEqual(
    questions.map(({ name }) => name),
    ['a', 'b', 'c', 'd'],
  );
  assert.deepEqual(answered, ['a', 'b', 'c', 'd']);
});

test('an outdated answer stays readable until the new one is there, and a late one does not count', async () => {
  const { questions, answers, turn } = bench();
  answers.want(['a']);
  questions[0]?.answer('first');
  await turn();
  answers.outdate('a');
  assert.equal(answers.get('a'), 'first');
  answers.want(['a']);
  answers.outdate('a');
  answers.want(['a']);
  questions[2]?.answer('third');
  await turn();
  questions[1]?.answer('second');
  await turn();
  assert.equal(answers.get('a'), 'third');
});

test('a failure is kept, told, and not asked again by itself', async () => {
  const { questions, answered, answers, turn } = bench();
  const asked = answers.ask('a');
  const failure = new Error('gone');
  questions[0]?.fail(failure);
  await asked;
  await turn();
  assert.equal(answers.failure('a'), failure);
  assert.deepEqual(answered, ['a']);
  answers.want(['a']);
  assert.equal(questions.length, 1);
});

test('a pause empties the queue and forgetting drops a machine', async () => {
  const { questions, answers, turn } = bench(1);
  answers.want(['a', 'b']);
  answers.pause();
  answers.forget('a');
  questions[0]?.answer('A');
  await turn();
  assert.equal(questions.length, 1);
  assert.equal(answers.get('a'), undefined);
});

test('rows around one that is looked at come nearest first, and end with the list', () => {
  const rows = Array.from({ length: 1_000 }, (_, index) => index);
  assert.deepEqual(rowsAround(rows, 500).slice(0, 5), [500, 501, 499, 502, 498]);
  assert.equal(rowsAround(rows, 500).length, 101);
  assert.deepEqual(rowsAround([10, 11, 12], 0), [10, 11, 12]);
});

test('a question that was taken back is asked again when wanted, as is a failed one after a change of the host', async () => {
  const { questions, answered, answers, turn } = bench();
  answers.want(['a', 'b']);
  questions[0]?.fail(cancelled);
  questions[1]?.fail(new Error('no bus'));
  await turn();
  assert.deepEqual(answered, ['b']);
  assert.equal(answers.failure('a'), undefined);
  answers.outdateFailures();
  answers.want(['a', 'b']);
  assert.deepEqual(
    questions.map(({ name }) => name),
    ['a', 'b', 'a', 'b'],
  );
});
