import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { access } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { ensureVsCode } from './installVsCode.ts';
import { startServer } from './server.ts';

const answers = (url: string): Promise<boolean> =>
  fetch(url).then(
    (response) => response.ok,
    () => false,
  );

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

test('a server ends when it is told to, with its files', async () => {
  const server = await startServer({ vsCode: await ensureVsCode() });
  assert.equal(await answers(server.url), true);
  assert.equal(await exists(server.userDataDirectory), true);
  await server.stop();
  assert.equal(await answers(server.url), false);
  assert.equal(await exists(server.userDataDirectory), false);
});

test('a server ends with the process that started it, even when that is killed', async () => {
  const vsCode = await ensureVsCode();
  const program = `
    const { startServer } = await import(${JSON.stringify(new URL('./server.ts', import.meta.url).href)});
    const server = await startServer({ vsCode: ${JSON.stringify(vsCode)} });
    console.log(JSON.stringify([server.url, server.userDataDirectory]));`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout });
  const line = (await lines[Symbol.asyncIterator]().next()) as IteratorResult<string, undefined>;
  const [url = '', directory = ''] = JSON.parse(line.value ?? '[]') as readonly string[];
  assert.equal(await answers(url), true);
  child.kill('SIGKILL');
  // The runner's own time limit is the end of this patience.
  while ((await answers(url)) || (await exists(directory))) await sleep(20);
});
