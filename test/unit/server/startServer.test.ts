import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { test } from 'node:test';
import {
  createConnection,
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { startServer } from '../../../src/server/startServer.ts';

test('the server introduces itself and shuts down when asked', async () => {
  const toServer = new PassThrough();
  const toClient = new PassThrough();
  startServer(createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient)));
  const client = createProtocolConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer));
  client.listen();
  const answer = await client.sendRequest('initialize', { processId: null, rootUri: null, capabilities: {} });
  assert.deepEqual(answer, { capabilities: { textDocumentSync: 0 }, serverInfo: { name: 'nspawn-language-server' } });
  assert.equal(await client.sendRequest('shutdown'), null);
  client.dispose();
});
