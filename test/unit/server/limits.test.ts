import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LSPErrorCodes, ResponseError } from 'vscode-languageserver/node';
import { longestText, mostFindings } from '../../../src/language/limits.ts';
import { startTestClient } from './testClient.ts';

test('of a text that is too long nothing is judged, laid out or converted, and a person is told so', async () => {
  const client = await startTestClient();
  const uri = 'file:///etc/systemd/nspawn/long.nspawn';
  const text = '[Exec]\nboot  =  yes\n'.repeat(longestText / 10);
  await client.open(uri, 'nspawn', text);
  const diagnostics = await client.diagnostics(uri, 1);
  assert.deepEqual(
    diagnostics.map(({ code, severity }) => ({ code, severity })),
    [{ code: 'file-too-long', severity: 2 }],
  );
  const textDocument = { uri };
  const ask = (method: string, more: object = {}): Promise<unknown> =>
    client.connection.sendRequest(method, { textDocument, ...more });
  assert.deepEqual(await ask('textDocument/formatting', { options: { tabSize: 4, insertSpaces: true } }), []);
  const isRefusal = (error: unknown): boolean =>
    error instanceof ResponseError &&
    error.code === LSPErrorCodes.RequestFailed &&
    error.message.includes(`${text.length} characters`);
  await assert.rejects(ask('nspawn/commandFromSettings'), isRefusal);
  await assert.rejects(ask('nspawn/settingsFromCommand', { text }), isRefusal);
  assert.equal(await ask('nspawn/settingsInForce', { text, trusted: true }), null);

  const groups = { textDocument: { uri: 'file:///etc/cgconfig.conf' } };
  await client.open(groups.textDocument.uri, 'cgconfig', '#\n'.repeat(text.length / 2));
  await assert.rejects(ask('nspawn/groupFileContents', groups), isRefusal);
  assert.equal(await client.stop(), 0);
});

test('of very many findings an editor gets the most serious, with a word on the rest', async () => {
  const client = await startTestClient();
  const uri = 'file:///etc/systemd/nspawn/many.nspawn';
  await client.open(uri, 'nspawn', `[Exec]\n${'Unknown=1\n'.repeat(mostFindings + 500)}Port=x\n`);
  const diagnostics = await client.diagnostics(uri, 1);
  assert.equal(diagnostics.length, mostFindings + 1);
  assert.equal(diagnostics.at(-1)?.code, 'more-findings');
  assert.equal(await client.stop(), 0);
});
