import assert from 'node:assert/strict';
import { once } from 'node:events';
import { appendFile, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import { cacheRoot, ensureCached } from '../../rig/cache.ts';
import { createProgress } from '../../rig/progress.ts';
import { start, thisNode } from '../../rig/program.ts';

const quiet = createProgress({ write: () => true });
const previousRoot = process.env['NSPAWN_CACHE'];
const root = await mkdtemp(join(tmpdir(), 'nspawn-cache-'));

before(() => {
  process.env['NSPAWN_CACHE'] = root;
});
beforeEach(async () => {
  await rm(root, { recursive: true, force: true });
});
after(async () => {
  await rm(root, { recursive: true, force: true });
  if (previousRoot === undefined) delete process.env['NSPAWN_CACHE'];
  else process.env['NSPAWN_CACHE'] = previousRoot;
});

const build = (text: string) => async (directory: string) => {
  await appendFile(join(root, 'builds'), `${text}\n`);
  await writeFile(join(directory, 'content'), text);
};
const builds = async (): Promise<string> => (await readFile(join(root, 'builds'), 'utf8')).trim().replaceAll('\n', ' ');

test('the cache is built once and found the next time', async () => {
  const first = await ensureCached('thing', '1', build('a'), quiet);
  const second = await ensureCached('thing', '1', build('b'), quiet);
  assert.equal(first, join(cacheRoot(), 'thing'));
  assert.equal(second, first);
  assert.equal(await readFile(join(first, 'content'), 'utf8'), 'a');
  assert.equal(await builds(), 'a');
});

test('another key builds it again', async () => {
  await ensureCached('thing', '1', build('a'), quiet);
  const path = await ensureCached('thing', '2', build('b'), quiet);
  assert.equal(await readFile(join(path, 'content'), 'utf8'), 'b');
});

test('a directory without its marker is rebuilt, and nothing of it stays', async () => {
  await mkdir(join(root, 'thing'), { recursive: true });
  await writeFile(join(root, 'thing', 'half'), '');
  const path = await ensureCached('thing', '1', build('a'), quiet);
  assert.deepEqual((await readdir(path)).sort(), ['.complete', 'content']);
});

test('a failed build leaves nothing, and the next one succeeds', async () => {
  await assert.rejects(
    ensureCached('thing', '1', () => Promise.reject(new Error('no network')), quiet),
    /no network/,
  );
  assert.deepEqual(await readdir(root), []);
  await ensureCached('thing', '1', build('a'), quiet);
  assert.equal(await builds(), 'a');
});

test('two at once build one time', async () => {
  await Promise.all([ensureCached('thing', '1', build('a'), quiet), ensureCached('thing', '1', build('b'), quiet)]);
  assert.equal((await builds()).length, 1);
});

test('what a killed process left half finished is removed and rebuilt', async () => {
  const program = `
    import { ensureCached } from ${JSON.stringify(new URL('../../rig/cache.ts', import.meta.url).href)};
    await ensureCached('thing', '1', async (directory) => {
      console.log('building');
      await new Promise((resolve) => setTimeout(resolve, 600_000));
    });`;
  const child = start(thisNode, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  assert.deepEqual((await readdir(root)).sort(), ['thing.lock', `thing.partial-${child.pid ?? 0}`]);
  child.kill('SIGKILL');
  await once(child, 'exit');
  await ensureCached('thing', '1', build('a'), quiet);
  assert.deepEqual((await readdir(root)).sort(), ['builds', 'thing']);
});

test('a name cannot lead out of the cache', async () => {
  await assert.rejects(ensureCached('../thing', '1', build('a'), quiet), /not a name/);
});
