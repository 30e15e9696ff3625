import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createProgress } from '../../rig/progress.ts';

const recording = (isTTY: boolean) => {
  const written: string[] = [];
  const stream = { isTTY, columns: 40, write: (text: string | Uint8Array) => written.push(String(text)) > 0 };
  return { progress: createProgress(stream), text: () => written.join('') };
};

test('without a terminal each step is told by plain lines', async () => {
  const { progress, text } = recording(false);
  assert.equal(await progress.step('building', () => Promise.resolve(7)), 7);
  assert.match(text(), /^\[ +\d+\.\d s\] building …\n\[ +\d+\.\d s\] building: done in \d+\.\d s\n$/);
});

test('a failed step says so, and its error comes through', async () => {
  const { progress, text } = recording(false);
  await assert.rejects(
    progress.step('building', () => Promise.reject(new Error('no space'))),
    /no space/,
  );
  assert.match(text(), /building: failed after/);
});

test('on a terminal a spinner shows what runs, cut to its width, and leaves whole lines behind', async () => {
  const { progress, text } = recording(true);
  const work = async (detail: (text: string) => void): Promise<void> => {
    detail('a very long detail that does not fit into the line');
    await new Promise((resolve) => setTimeout(resolve, 400));
  };
  await Promise.all([progress.step('first', work), progress.step('second', work)]);
  const frames = text().split('\r\x1b[K');
  assert.ok(
    frames.some((frame) => /[|/\\-] first a very long/.test(frame)),
    text(),
  );
  for (const frame of frames) if (!frame.endsWith('\n')) assert.ok(frame.length < 40, frame);
  assert.match(frames.at(-1) ?? '', /done in .* s\n$/);
});
