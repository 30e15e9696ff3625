import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { startTestClient } from './testClient.ts';

test('the server introduces itself over stdio, and ends when it is told to', async () => {
  const client = await startTestClient();
  assert.equal(client.initialized.serverInfo?.name, 'nspawn-language-server');
  const { capabilities } = client.initialized;
  for (const ability of ['completion', 'hover', 'documentSymbol', 'documentFormatting', 'codeAction'] as const)
    assert.ok(capabilities[`${ability}Provider`] !== undefined, ability);
  assert.equal(await client.stop(), 0);
});

test('a text that is opened gets diagnostics of its version, and a closed one has none left', async () => {
  const client = await startTestClient();
  const uri = 'file:///srv/repository/web.nspawn';
  await client.open(uri, 'nspawn', '[Exec]\nBoot=yes\n');
  await client.diagnostics(uri, 1);
  await client.change(uri, 2, '[Exec]\nBoot=no\n');
  await client.diagnostics(uri, 2);
  const last = client.diagnostics(uri);
  await client.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
  assert.deepEqual(await last, []);
  assert.equal(await client.stop(), 0);
});

test('files of libcgroup are judged by the users of the host that the server runs on', async (t) => {
  if (process.platform !== 'linux') {
    t.skip('only a Linux host is looked at');
    return;
  }
  const client = await startTestClient();
  const uri = 'file:///srv/repository/cgrules.conf';
  await client.open(uri, 'cgrules', 'root cpu web\nno-such-user cpu web\n');
  const found = (await client.diagnostics(uri, 1)).filter(({ code }) => code === 'rule-unknown-user');
  assert.deepEqual(
    found.map(({ range }) => range.start.line),
    [1],
  );
  assert.equal(await client.stop(), 0);
});

test('every request has an answer, also for a file that is not ours or not open', async () => {
  const client = await startTestClient();
  await client.open('file:///srv/readme.md', 'markdown', '# Text\n');
  const at = { position: { line: 0, character: 0 } };
  const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } };
  for (const uri of ['file:///srv/readme.md', 'file:///srv/closed.nspawn', 'untitled:x', 'file:///a%zz.nspawn']) {
    const textDocument = { uri };
    const ask = (method: string, params: object): Promise<unknown> =>
      client.connection.sendRequest(`textDocument/${method}`, { textDocument, ...params });
    assert.deepEqual(await ask('completion', at), { isIncomplete: false, items: [] });
    assert.equal(await ask('hover', at), null);
    assert.deepEqual(await ask('documentSymbol', {}), []);
    assert.deepEqual(await ask('foldingRange', {}), []);
    assert.deepEqual(await ask('selectionRange', { positions: [at.position] }), []);
    const options = { tabSize: 4, insertSpaces: true };
    assert.deepEqual(await ask('formatting', { options }), []);
    assert.deepEqual(await ask('rangeFormatting', { options, range }), []);
    assert.deepEqual(await ask('documentLink', {}), []);
    assert.deepEqual(await ask('inlayHint', { range }), []);
    assert.deepEqual(await ask('semanticTokens/full', {}), { data: [] });
    assert.deepEqual(await ask('semanticTokens/range', { range }), { data: [] });
    assert.deepEqual(await ask('codeAction', { range, context: { diagnostics: [] } }), []);
  }
  assert.equal(await client.stop(), 0);
});

test('a file of this host is judged by what the host has, one in a repository is not, and who starts a machine hears the same', async (t) => {
  if (process.platform !== 'linux') {
    t.skip('only a Linux host is looked at');
    return;
  }
  const client = await startTestClient();
  const text = '[Files]\nBind=/no/such/directory/here\n';
  const told = async (uri: string): Promise<readonly string[]> => {
    // At first without the host, and once more when somebody has looked.
    for (let version = 1; version <= 20; version += 1) {
      const found = await client.diagnostics(uri, version);
      const messages = found
        .filter(({ code }) => code === 'bind-source-not-on-host')
        .map(({ message }) => (typeof message === 'string' ? message : message.value));
      if (messages.length > 0) return messages;
      await setTimeout(100);
      await client.change(uri, version + 1, text);
    }
    return [];
  };
  const [own, foreign] = ['file:///etc/systemd/nspawn/not-there.nspawn', 'file:///srv/repository/not-there.nspawn'];
  for (const uri of [own, foreign]) await client.open(uri, 'nspawn', text);
  const [message] = await told(own);
  assert.match(message ?? '', /^This host has no `\/no\/such\/directory\/here`/u);
  assert.deepEqual(await told(foreign), []);
  const obstacles = (uri: string, more: object): Promise<unknown> =>
    client.connection.sendRequest('nspawn/startObstacles', { textDocument: { uri }, text, ...more });
  assert.deepEqual(await obstacles(own, {}), [{ line: 1, message }]);
  assert.deepEqual(await obstacles(foreign, {}), []);
  assert.deepEqual(await obstacles(foreign, { trusted: true }), [{ line: 1, message }]);
  // Beside an image the line does not count.
  assert.deepEqual(await obstacles(foreign, { trusted: false }), []);
  assert.equal(await client.stop(), 0);
});
