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

/** Texts of each file type with more findings than are told. */
const manyFindings = {
  'file:///etc/systemd/nspawn/many.nspawn': ['nspawn', `[Exec]\n${'Unknown=1\n'.repeat(mostFindings + 500)}Port=x\n`],
  'file:///etc/cgconfig.conf': ['cgconfig', `group a { cpu {\n${';'.repeat(mostFindings + 500)}\n} }\n`],
  'file:///etc/cgrules.conf': ['cgrules', 'a\n'.repeat(mostFindings + 500)],
} as const;

for (const [uri, [languageId, text]] of Object.entries(manyFindings))
  test(`of very many findings of a ${languageId} text an editor gets the most serious, with a word on the rest`, async () => {
    const client = await startTestClient();
    await client.open(uri, languageId, text);
    const diagnostics = await client.diagnostics(uri, 1);
    assert.equal(diagnostics.length, mostFindings + 1);
    assert.equal(diagnostics.at(-1)?.code, 'more-findings');
    assert.equal(await client.stop(), 0);
  });

for (const languageId of ['nspawn', 'cgconfig', 'cgrules'] as const)
  test(`ten million characters of a ${languageId} text are cut with a word for an editor`, async () => {
    const client = await startTestClient();
    const uri = `file:///etc/long.${languageId}`;
    await client.open(uri, languageId, '# a\n'.repeat(2_500_000));
    assert.deepEqual(
      (await client.diagnostics(uri, 1)).map(({ code, severity }) => ({ code, severity })),
      [{ code: 'file-too-long', severity: 2 }],
    );
    assert.equal(await client.stop(), 0);
  });
