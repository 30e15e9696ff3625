import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCommandLines, readCommandLine } from '../../../../src/machines/cgroups/observe/commandLines.ts';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('a command line that does not come holds nobody up, and is not asked for again meanwhile', async () => {
  const asked: number[] = [];
  const lines = createCommandLines((pid) => {
    asked.push(pid);
    return pid === 7 ? new Promise(() => undefined) : Promise.resolve('/bin/a\0');
  });
  assert.equal(lines.of(7, '1'), '');
  assert.equal(lines.of(7, '1'), '');
  assert.equal(lines.of(8, '1'), '');
  await turn();
  assert.equal(lines.of(7, '1'), '');
  assert.equal(lines.of(8, '1'), '/bin/a\0');
  assert.deepEqual(asked, [7, 8]);
});

test('news are told once for all that was read, and only where something is other than before', async () => {
  const state = { line: 'one\0', at: 0, news: 0 };
  const lines = createCommandLines(
    () => Promise.resolve(state.line),
    () => state.at,
  );
  lines.onNews(() => {
    state.news += 1;
  });
  const ask = async (): Promise<readonly string[]> => {
    const shown = [lines.of(1, '1'), lines.of(2, '1')];
    await turn();
    return shown;
  };
  assert.deepEqual(await ask(), ['', '']);
  assert.equal(state.news, 1);
  assert.deepEqual(await ask(), ['one\0', 'one\0']);
  state.at = 10_000;
  await ask();
  assert.equal(state.news, 1);
  state.line = 'other\0';
  state.at = 20_000;
  await ask();
  assert.equal(state.news, 2);
  assert.deepEqual(await ask(), ['other\0', 'other\0']);
});

test('another process of the same number has another line, and one that cannot be read keeps what it had', async () => {
  const state: { line: string | undefined; at: number } = { line: 'one\0', at: 0 };
  const lines = createCommandLines(
    () => Promise.resolve(state.line),
    () => state.at,
  );
  lines.of(1, '1');
  await turn();
  assert.equal(lines.of(1, '2'), '');
  state.line = undefined;
  state.at = 10_000;
  lines.of(1, '1');
  await turn();
  assert.equal(lines.of(1, '1'), 'one\0');
});

test('the line of this process is read from its beginning', async () => {
  assert.match((await readCommandLine(process.pid)) ?? '', /node/u);
  assert.equal(await readCommandLine(4_194_304), '');
});
