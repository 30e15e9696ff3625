import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { test } from 'node:test';
import { CancellationTokenSource, LSPErrorCodes, ResponseError } from 'vscode-languageserver/node';
import { answerSafely } from '../../../src/server/answerSafely.ts';

const neverCancelled = new CancellationTokenSource().token;

test('a handler that throws is logged by its name, and the answer is empty', async () => {
  const logged: string[] = [];
  const safely = answerSafely((message) => logged.push(message));
  const fail = (): string => {
    throw new Error('on purpose');
  };
  assert.equal(await safely.request('hover', 'empty', fail)(undefined, neverCancelled), 'empty');
  const later = (): Promise<string> => Promise.reject(new Error('later'));
  assert.equal(await safely.request('links', 'empty', later)(undefined, neverCancelled), 'empty');
  safely.notification('save', fail as () => never)(undefined);
  await turn();
  assert.deepEqual(
    logged.map((message) => message.split('\n')[0]),
    ['hover: Error: on purpose', 'links: Error: later', 'save: Error: on purpose'],
  );
});

test('a request that is cancelled before or while it is answered says so', async () => {
  const safely = answerSafely((message) => assert.equal(message, 'nothing is logged'));
  const before = new CancellationTokenSource();
  before.cancel();
  const asked: string[] = [];
  const first = await safely.request('hover', 'empty', () => String(asked.push('x')))(undefined, before.token);
  assert.ok(first instanceof ResponseError && first.code === LSPErrorCodes.RequestCancelled);
  assert.deepEqual(asked, []);

  const during = new CancellationTokenSource();
  const second = await safely.request('hover', 'empty', () => {
    during.cancel();
    return 'late';
  })(undefined, during.token);
  assert.ok(second instanceof ResponseError && second.code === LSPErrorCodes.RequestCancelled);
});
