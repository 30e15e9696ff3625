/** `npm start` as a user meets it: no terminal, no standard input, and ended by Ctrl+C. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, test } from 'node:test';
import { demoHostObstacle } from '../rig/demoHost.ts';
import { repositoryRoot } from '../rig/cache.ts';
import { start, thisNode } from '../rig/program.ts';
import { demoHint } from '../rig/demoCompanion.ts';
import { openBrowser } from './browser.ts';
import { fetchWorkbench, withoutToken } from './fetchWorkbench.ts';
import { notificationsOf } from './notifications.ts';
import { image, machine, treeOf } from './tree.ts';
import { screenshot } from './wait.ts';

const obstacle = await demoHostObstacle();

const startFile = join(repositoryRoot, 'test/rig/start.ts');

const startRig = (...args: string[]) => {
  const env = { ...process.env, DISPLAY: undefined, WAYLAND_DISPLAY: undefined, NODE_TEST_CONTEXT: undefined };
  return start(thisNode, [startFile, ...args], { stdio: ['ignore', 'pipe', 'pipe'], env });
};

const allOf = async (child: ReturnType<typeof startRig>, onLine: (line: string) => void): Promise<string> => {
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line);
    onLine(line);
  }
  return lines.join('\n');
};

const commandLinesWith = (text: string): string[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
      } catch {
        return '';
      }
    })
    .filter((line) => line.includes(text));

describe('npm start', obstacle === undefined ? {} : { skip: obstacle }, () => {
  test('serves VS Code on the demo host to who has the printed address, and ends everything on Ctrl+C', async () => {
    const child = startRig();
    const exited = once(child, 'exit') as Promise<[number | null]>;
    const seen: { page?: Promise<string>; stranger?: Promise<Response>; serving: string[] } = { serving: [] };
    const output = await allOf(child, (line) => {
      const url = /http:\/\/127\.0\.0\.1:(\d+)\/\S*/.exec(line);
      if (url === null) return;
      seen.serving = commandLinesWith(`--port ${url[1] ?? ''}`);
      seen.page = fetchWorkbench(url[0]).then((response) => response.text());
      seen.stranger = fetch(withoutToken(url[0]));
      void Promise.allSettled([seen.page, seen.stranger]).finally(() => child.kill('SIGINT'));
    });
    const [exitCode] = await exited;
    assert.match((await seen.page) ?? output, /workbench/);
    assert.equal((await seen.stranger)?.status, 403);
    assert.match(seen.serving.join('\n'), /\/srv\/cache\/vscode-server\//, 'the server does not run in the host');
    assert.match(output, /everything has ended/);
    assert.doesNotMatch(output, /had to be killed/);
    assert.equal(exitCode, 0, output);
    const [port = ''] = /--port \d+/.exec(seen.serving.join('\n')) ?? [];
    assert.deepEqual(commandLinesWith(`${port} `), []);
  });

  test('opens with our view in front, images with ordinary names, and a word on what to try', async () => {
    const child = startRig();
    const exited = once(child, 'exit');
    const look = async (url: string): Promise<void> => {
      const { page, close } = await openBrowser();
      try {
        await page.goto(url, { waitUntil: 'commit' });
        const notifications = notificationsOf(page, () => Promise.resolve());
        const tree = treeOf(page);
        await notifications.find(demoHint, 120_000);
        for (const match of [machine('web'), machine('busybox'), image('database'), image('toolbox')])
          await tree.row(match);
        assert.match(await page.locator('.part.sidebar .composite.title').innerText(), /systemd-nspawn/iu);
        await screenshot(page, 'npm start');
      } finally {
        await close();
      }
    };
    const seen: { looked?: Promise<void> } = {};
    const output = await allOf(child, (line) => {
      const [url] = /http:\/\/127\.0\.0\.1:\d+\/\S*/.exec(line) ?? [];
      if (url === undefined) return;
      seen.looked = look(url);
      void Promise.allSettled([seen.looked]).finally(() => child.kill('SIGINT'));
    });
    await exited;
    assert.ok(seen.looked !== undefined, output);
    await seen.looked;
  });

  test('says that a wished port is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const child = startRig('--port', String(port));
    const exited = once(child, 'exit') as Promise<[number | null]>;
    const said: string[] = [];
    child.stderr.on('data', (chunk: Buffer) => said.push(chunk.toString()));
    const [exitCode] = await exited;
    server.close();
    assert.equal(exitCode, 1);
    assert.match(said.join(''), new RegExp(`port ${port} is in use`));
  });
});
