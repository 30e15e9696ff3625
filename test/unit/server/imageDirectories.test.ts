import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { CompletionList } from 'vscode-languageserver/node';
import { startTestClient } from './testClient.ts';

const top = mkdtempSync(join(tmpdir(), 'image-directories-'));
after(() => rmSync(top, { recursive: true }));

const [images, elsewhere] = [join(top, 'images'), join(top, 'elsewhere')];
mkdirSync(join(images, 'web/etc'), { recursive: true });
writeFileSync(join(images, 'web/etc/passwd'), 'www-data:x:33:33::/var/www:/bin/sh\n');
const text = '[Exec]\nUser=\n[Files]\nBind=/srv/data\n';

test('the directories of images that are set count for what a file may do, and their images for what is offered', async () => {
  const settings = { imageDirectories: [] as string[] };
  const capabilities = { workspace: { configuration: true } };
  const client = await startTestClient({ capabilities, settings: () => settings });
  const judged = async (version: number, uri: string): Promise<readonly unknown[]> =>
    (await client.diagnostics(uri, version)).map(({ code }) => code).filter((code) => code === 'untrusted-setting');
  const usersOf = async (uri: string): Promise<readonly string[]> => {
    const params = { textDocument: { uri }, position: { line: 1, character: 5 } };
    const { items } = await client.connection.sendRequest<CompletionList>('textDocument/completion', params);
    return items.map(({ label }) => label).filter((label) => label === 'www-data');
  };

  // No image of its name is there yet.
  const beside = pathToFileURL(join(images, 'new.nspawn')).href;
  await client.open(beside, 'nspawn', text);
  assert.deepEqual(await judged(1, beside), []);
  const other = pathToFileURL(join(elsewhere, 'web.nspawn')).href;
  await client.open(other, 'nspawn', text);
  assert.deepEqual(await usersOf(other), []);

  const anew = client.diagnostics(beside);
  settings.imageDirectories = [`${images}/`, 'relative'];
  await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
  await anew;
  await client.change(beside, 2, `${text}\n`);
  assert.deepEqual(await judged(2, beside), ['untrusted-setting']);
  assert.deepEqual(await usersOf(other), ['www-data']);
  assert.equal(await client.stop(), 0);
});
