import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { CompletionList, Hover } from 'vscode-languageserver/node';
import { startTestClient } from './testClient.ts';

const top = mkdtempSync(join(tmpdir(), 'completion-'));
after(() => rmSync(top, { recursive: true }));

const uri = pathToFileURL(join(top, 'web.nspawn')).href;
const text = `[Exec]\nUser=\nBo\n[Files]\nBind=${top}/\n`;

test('the server offers what its host and the image have, with snippets only for an editor that takes them', async () => {
  mkdirSync(join(top, 'shared'));
  mkdirSync(join(top, 'web/etc'), { recursive: true });
  writeFileSync(join(top, 'web/etc/passwd'), 'root:x:0:0::/root:/bin/sh\nwww-data:x:33:33::/var/www:/bin/sh\n');
  const snippetSupport = { textDocument: { completion: { completionItem: { snippetSupport: true } } } };
  for (const capabilities of [{}, snippetSupport]) {
    const client = await startTestClient({ capabilities });
    await client.open(uri, 'nspawn', text);
    const ask = async (line: number, character: number): Promise<CompletionList['items']> => {
      const params = { textDocument: { uri }, position: { line, character } };
      return (await client.connection.sendRequest<CompletionList>('textDocument/completion', params)).items;
    };
    const users = (await ask(1, 5)).map(({ label }) => label);
    assert.ok(users.includes('www-data'), users.join(' '));
    const paths = (await ask(4, `Bind=${top}/`.length)).map(({ label }) => label);
    assert.deepEqual(
      paths,
      ['shared', 'web', 'web.nspawn'].filter((name) => paths.includes(name)),
    );
    assert.ok(paths.includes('shared') && paths.includes('web'));
    const boot = (await ask(2, 2)).find(({ label }) => label === 'Boot');
    assert.equal(boot?.textEdit?.newText.includes('$'), capabilities === snippetSupport);
    assert.equal(await client.stop(), 0);
  }
});

test('the server says on hover what a line is, for the place where the file lies', async () => {
  const client = await startTestClient();
  await client.open(uri, 'nspawn', text);
  const params = { textDocument: { uri }, position: { line: 4, character: 1 } };
  const { contents, range } = await client.connection.sendRequest<Hover>('textDocument/hover', params);
  assert.deepEqual(range, { start: { line: 4, character: 0 }, end: { line: 4, character: 4 } });
  assert.ok(typeof contents === 'object' && 'value' in contents);
  // The directory beside the file is its image.
  assert.match(contents.value, /\*\*Ignored here\*\*/u);
  assert.equal(await client.stop(), 0);
});
