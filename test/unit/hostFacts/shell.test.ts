import assert from 'node:assert/strict';
import { test } from 'node:test';
import { askShellNow, createAskShell, type ShellQuestion } from '../../../src/hostFacts/shell.ts';

const question: ShellQuestion = {
  script: 'printf %s "$1"',
  parameters: ['$(id) "'],
  mostBytes: 100,
  patienceMs: 60_000,
};

test('a shell is given its parameters as they are, and what fails or says too much has said nothing', async () => {
  const failing = { ...question, script: 'printf said; exit 1' };
  const wordy = { ...question, script: 'head -c 1000 /dev/zero' };
  const ask = createAskShell();
  assert.equal(await ask(question), '$(id) "');
  assert.equal(await ask(failing), undefined);
  assert.equal(await ask(wordy), undefined);
  assert.equal(askShellNow(question), '$(id) "');
  assert.equal(askShellNow(failing), undefined);
  assert.equal(askShellNow(wordy), undefined);
});

test('a look that the kernel holds for good is given up, and no other is begun until it has ended', async () => {
  const ends: ((said: string) => void)[] = [];
  const ask = createAskShell(() => new Promise((resolve) => ends.push(resolve)));
  const impatient = { ...question, patienceMs: 1 };
  assert.equal(await ask(impatient), undefined);
  assert.equal(await ask(impatient), undefined);
  assert.equal(ends.length, 1);
  ends[0]?.('late');
  // The look hears of the end before anything else is done.
  await new Promise((resolve) => setImmediate(resolve));
  const next = ask(question);
  ends[1]?.('said');
  assert.equal(await next, 'said');
});
