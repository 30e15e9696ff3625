import assert from 'node:assert/strict';
import type { Server, Socket } from 'node:net';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { callVarlink, VarlinkError } from '../../../../src/machines/host/varlink.ts';
import { createFakeHost, serve } from './fakeHost.ts';
import type { FakeHost } from './fakeHost.ts';
import { recording } from './recordings.ts';

describe('varlink', () => {
  const now: { host?: FakeHost; server?: Server } = {};
  const socket = (): string => (now.host ?? assert.fail()).paths.imageVarlink;
  const call = (more: boolean): ReturnType<typeof callVarlink> =>
    callVarlink({ socket: socket(), method: 'a.b.List', parameters: { name: 'x' }, more, timeoutMs: 500 });
  const answering = async (answer: (client: Socket, question: string) => void): Promise<void> => {
    now.server = await serve(socket(), (client) => client.on('data', (data) => answer(client, data.toString())));
  };
  const fails = (reason: string, more = false): Promise<void> =>
    assert.rejects(call(more), (error) => error instanceof VarlinkError && error.reason === reason);

  beforeEach(async () => {
    now.host = await createFakeHost();
  });
  afterEach(async () => {
    now.server?.close();
    delete now.server;
    await now.host?.remove();
  });

  test('asks one question and ends the connection', async () => {
    const questions: string[] = [];
    const ended = { is: false };
    await answering((client, question) => {
      questions.push(question);
      client.on('close', () => (ended.is = true));
      client.write('{"parameters":{"a":1}}\0');
    });
    assert.deepEqual(await call(false), [{ a: 1 }]);
    assert.deepEqual(questions, ['{"method":"a.b.List","parameters":{"name":"x"}}\0']);
    await sleep(50);
    assert.ok(ended.is);
  });

  test('stops reading when there are enough answers', async () => {
    await answering((client) => {
      client.write('{"parameters":{"a":1},"continues":true}\0'.repeat(50));
    });
    const answers = await callVarlink({
      socket: socket(),
      method: 'a.b.List',
      parameters: {},
      more: true,
      most: 7,
      timeoutMs: 500,
    });
    assert.equal(answers.length, 7);
  });

  test('takes many answers, however they are cut', async () => {
    const { varlinkImages } = recording('trixie');
    const bytes = Buffer.from(varlinkImages.map((line) => `${line}\0`).join(''));
    await answering((client) => {
      void (async () => {
        for (let at = 0; at < bytes.length; at += 97) {
          client.write(bytes.subarray(at, at + 97));
          await sleep(0);
        }
      })();
    });
    assert.equal((await call(true)).length, varlinkImages.length);
  });

  test('a refusal is told by its name', async () => {
    const [line] = recording('forky').varlinkNoImage;
    await answering((client) => void client.write(`${line ?? ''}\0`));
    await fails('io.systemd.MachineImage.NoSuchImage');
  });

  test('a service that is missing, hangs up, says nothing or talks nonsense fails, and never hangs', async () => {
    await fails('ENOENT');
    const answers: [string, (client: Socket) => void][] = [
      ['ECONNRESET', (client) => void client.end()],
      ['ETIMEDOUT', () => undefined],
      ['ETIMEDOUT', (client) => void client.write('{"parameters":{},"continues":true}\0')],
      ['garbage', (client) => void client.write('<html>\0')],
      ['garbage', (client) => void client.write('[]\0')],
    ];
    for (const [reason, answer] of answers) {
      await answering(answer);
      await fails(reason, true);
      await new Promise((resolve) => now.server?.close(resolve));
    }
  });
});
