import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import '../vscode/register.ts';
import { backends } from '../../../../src/machines/backends.ts';
import { MachineError } from '../../../../src/machines/errors.ts';
import type { CommandServices } from '../../../../src/ui/commands/handler.ts';

const { explainStart } = await import('../../../../src/ui/commands/startObstacles.ts');

describe('why a machine did not start', () => {
  const place: { path: string } = { path: '' };
  before(() => {
    place.path = mkdtempSync(join(tmpdir(), 'start-obstacles-'));
  });
  after(() => rmSync(place.path, { recursive: true }));

  const failed = new MachineError({
    kind: 'didNotStart',
    name: 'box',
    unit: 'systemd-nspawn@box.service',
    result: 'exit-code',
    journal: [],
  });

  interface Asked {
    readonly settings: readonly string[] | undefined;
    readonly questions: readonly object[];
    readonly error: unknown;
  }
  /** What the server is asked of the file beside the image, and what becomes of a failure. */
  const explained = async (text: string | Buffer, error: unknown = failed, isDown = false): Promise<Asked> => {
    writeFileSync(join(place.path, 'box.nspawn'), text);
    const questions: object[] = [];
    const server = {
      startObstacles: (uri: { readonly fsPath: string }, question: object) => {
        questions.push({ path: uri.fsPath, ...question });
        const lines = [1, 1, 2].map((line) => ({ line, message: `no ${line}` }));
        return isDown ? Promise.reject(new Error('gone')) : Promise.resolve(lines);
      },
    };
    const services: object = {
      backends,
      inventory: { images: new Map([['box', { path: join(place.path, 'box') }]]) },
      language: { running: () => Promise.resolve(server) },
      log: { warn: () => undefined },
    };
    const now = await explainStart(services as CommandServices, 'box', error);
    const failure = now instanceof MachineError ? now.failure : undefined;
    return { settings: failure?.kind === 'didNotStart' ? failure.settings : undefined, questions, error: now };
  };

  test('is asked of the file beside its image, which is trusted with little, and each sentence is said once', async () => {
    const { settings, questions } = await explained('[Network]\nBridge=lan\n');
    assert.deepEqual(settings, ['no 1', 'no 2']);
    assert.deepEqual(questions, [
      { path: join(place.path, 'box.nspawn'), text: '[Network]\nBridge=lan\n', trusted: false },
    ]);
  });

  test('is asked of nobody for another failure, or for a file that is no text', async () => {
    const other = new MachineError({ kind: 'noSuchImage', name: 'box' });
    const { error, questions } = await explained('', other);
    assert.deepEqual([error, questions], [other, []]);
    const noText = await explained(Buffer.from([0x5b, 0xff, 0xfe]));
    assert.deepEqual([noText.error, noText.questions], [failed, []]);
  });

  test('stays what it was where the server does not answer', async () => {
    assert.equal((await explained('[Exec]\n', failed, true)).error, failed);
  });
});
