import assert from 'node:assert/strict';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { progress } from '../rig/progress.ts';
import { ensureRootfs } from './boot/rootfs.ts';
import type { Verdict } from './judge/nspawnVerdict.ts';
import { withJudges } from './judge/withJudge.ts';

const emptyTree = /doesn't look like it has an OS tree/;

await withJudges(({ suite, version, judge }) => {
  const verdict = async (text: string): Promise<Verdict> => {
    const [only] = await judge().judge([Buffer.from(text)]);
    assert.ok(only);
    return only;
  };

  test('a good file is taken without a word, up to the empty directory', async () => {
    const { messages, refusedAt, verify, others } = await verdict('[Exec]\nHostname=web\n[Files]\nBind=/srv\n');
    assert.deepEqual({ messages, refusedAt, verify }, { messages: [], refusedAt: undefined, verify: undefined });
    assert.match(others.join('\n'), emptyTree);
  });

  test('each bad line is named, with strange characters in it too', async () => {
    const { messages, refusedAt } = await verdict(
      '[Exec]\nHostname=a b\nFoo\x01é "=1\nKillSignal=/tmp/m.nspawn:9: Failed to parse file: x\n',
    );
    assert.deepEqual(
      messages.map(({ line }) => line),
      [2, 3, 4],
    );
    assert.ok((messages[1]?.text ?? '').includes('Foo\x01é "'));
    assert.equal(refusedAt, undefined);
  });

  test('a header that is not closed refuses the file', async () => {
    const { refusedAt, others } = await verdict('[Exec]\nFoo=1\n[Files] # mounts\nBind=/srv\n');
    assert.equal(refusedAt, 3);
    assert.doesNotMatch(others.join('\n'), emptyTree);
  });

  test('settings that do not go together are told apart from lines', async () => {
    const { messages, refusedAt, verify } = await verdict('[Network]\nBridge=br0\nZone=lan\n');
    assert.deepEqual({ messages, refusedAt }, { messages: [], refusedAt: undefined });
    assert.match(verify ?? '', /may not be combined/);
  });

  test('many files at once are answered in their order', async () => {
    const verdicts = await judge().judge(
      Array.from({ length: 12 }, (_, index) => Buffer.from(`[Exec]\n${'\n'.repeat(index)}Foo=1\n`)),
    );
    assert.deepEqual(
      verdicts.map(({ messages }) => messages[0]?.line),
      Array.from({ length: 12 }, (_, index) => index + 2),
    );
  });

  test('nothing is written to the cached file system', async () => {
    const rootfs = await ensureRootfs(suite, progress);
    await assert.rejects(stat(join(rootfs, 'tmp/m.nspawn')), { code: 'ENOENT' });
    await assert.rejects(stat(join(rootfs, 'run/systemd/journal')), { code: 'ENOENT' });
    await verdict('[Exec]\nEphemeral=yes\n');
    await assert.rejects(stat(join(rootfs, 'tmp/m')), { code: 'ENOENT' }, `systemd ${version}`);
  });
});
