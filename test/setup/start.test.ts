import assert from 'node:assert/strict';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { repositoryRoot } from '../rig/cache.ts';
import { start, thisNode } from '../rig/program.ts';
import { fetchWorkbench } from '../workbench/fetchWorkbench.ts';

test('npm start serves VS Code', async () => {
  const child = start(thisNode, [join(repositoryRoot, 'test/rig/start.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_TEST_CONTEXT: undefined },
  });
  const exited = once(child, 'exit');
  const said: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    said.push(line);
    const [url] = /http:\/\/127\.0\.0\.1:\d+\/\S*/u.exec(line) ?? [];
    if (url === undefined) continue;
    assert.equal((await fetchWorkbench(url)).status, 200);
    child.kill('SIGINT');
  }
  assert.deepEqual(await exited, [0, null], said.join('\n'));
});
