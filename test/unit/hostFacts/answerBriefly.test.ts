import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { createAnswerBriefly } from '../../../src/hostFacts/answerBriefly.ts';

test('questions that hang take two threads of the process at most, and are asked again once one is answered', async () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  try {
    const briefly = createAnswerBriefly();
    const asked: string[] = [];
    const late: ((answer: string) => void)[] = [];
    const ask = (question: string): Promise<string> =>
      briefly(question, 'nothing', () => {
        asked.push(question);
        return new Promise<string>((resolve) => late.push(resolve));
      });
    const hanging = [ask('one'), ask('two')];
    mock.timers.tick(10_000);
    assert.deepEqual(await Promise.all(hanging), ['nothing', 'nothing']);
    assert.equal(await ask('three'), 'nothing');
    assert.deepEqual(asked, ['one', 'two']);

    late[0]?.('at last');
    await new Promise(setImmediate);
    const answered = ask('three');
    assert.deepEqual(asked, ['one', 'two', 'three']);
    late[2]?.('here');
    assert.equal(await answered, 'here');
  } finally {
    mock.timers.reset();
  }
});
