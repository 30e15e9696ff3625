import assert from 'node:assert/strict';
import { access, readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fetchWorkbench, withoutToken } from './fetchWorkbench.ts';
import { ensureVsCode } from './installVsCode.ts';
import { startServer } from './server.ts';
import { start, thisNode } from '../rig/program.ts';

const answers = (url: string): Promise<boolean> =>
  fetchWorkbench(url).then(
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

const commandLines = async (): Promise<readonly string[]> => {
  const numbers = (await readdir('/proc')).filter((name) => /^\d+$/u.test(name));
  return Promise.all(numbers.map((number) => readFile(`/proc/${number}/cmdline`, 'utf8').catch(() => '')));
};

test('a server lets in only who has its token, and others cannot find that out', async () => {
  const server = await startServer({ vsCode: await ensureVsCode() });
  try {
    const token = new URL(server.url).searchParams.get('tkn') ?? '';
    assert.match(token, /^[0-9a-f]{48}$/u);
    assert.equal((await fetchWorkbench(server.url)).status, 200);
    assert.equal((await fetch(withoutToken(server.url))).status, 403);
    assert.equal((await fetchWorkbench(server.url.replace(token, token.replace(/./gu, '0')))).status, 403);
    // Files are served beside the page, by another route.
    const file = `vscode-remote-resource?path=${encodeURIComponent('/etc/hostname')}`;
    assert.equal((await fetch(new URL(file, withoutToken(server.url)))).status, 403);
    assert.deepEqual(
      (await commandLines()).filter((line) => line.includes(token)),
      [],
    );
    const tokenFile = join(dirname(dirname(server.userDataDirectory)), 'token');
    assert.equal(await readFile(tokenFile, 'utf8'), token);
    assert.equal((await stat(tokenFile)).mode & 0o777, 0o600);
  } finally {
    await server.stop();
  }
});

test('a server ends with the process that started it, even when that is killed', async () => {
  const vsCode = await ensureVsCode();
  const program = `
    const { startServer } = await import(${JSON.stringify(new URL('./server.ts', import.meta.url).href)});
    const server = await startServer({ vsCode: ${JSON.stringify(vsCode)} });
    console.log(JSON.stringify([server.url, server.userDataDirectory]));`;
  const child = start(thisNode, ['--input-type=module', '--eval', program], {
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
