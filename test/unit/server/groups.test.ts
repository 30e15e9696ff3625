import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestClient } from './testClient.ts';

test('parameters are explained and values judged, and an open file tells its groups', async () => {
  const client = await startTestClient();
  const meanings = await client.connection.sendRequest('nspawn/parameterMeanings', {
    version: 1,
    parameters: [
      { name: 'memory.limit_in_bytes', value: '40000000' },
      { name: 'memory.limit_in_bytes', value: '40 MB' },
      { name: 'memory.failcnt' },
      { name: 'no.such' },
    ],
  });
  assert.ok(Array.isArray(meanings));
  const [rounded, refused, counter, unknown] = meanings as readonly (Record<string, unknown> | undefined)[];
  assert.equal(rounded?.['hint'], '→ 39997440 bytes');
  assert.equal(rounded['problem'], undefined);
  assert.match(JSON.stringify(refused?.['problem']), /The kernel wants a number of bytes/u);
  assert.equal(counter?.['problem'], undefined);
  assert.notEqual(counter?.['summary'], '');
  assert.deepEqual(unknown, { summary: '', form: '', writable: true, systemd: [] });

  const uri = 'file:///etc/cgconfig.conf';
  const text =
    'mount {\n  memory = /mnt;\n}\ngroup a/b {\n  perm {\n    task {\n      uid = 0;\n    }\n    admin {\n      uid = 0;\n    }\n  }\n  memory {\n    memory.limit_in_bytes = "4M";\n  }\n}\n';
  await client.open(uri, 'cgconfig', text);
  assert.deepEqual(await client.connection.sendRequest('nspawn/groupFileContents', { textDocument: { uri } }), {
    groups: [
      { name: 'a/b', controllers: [{ name: 'memory', settings: [{ name: 'memory.limit_in_bytes', value: '4M' }] }] },
    ],
    readable: true,
    mounts: ['memory = /mnt'],
    namespaces: [],
    permissions: true,
  });
  const other = { textDocument: { uri: 'file:///srv/closed.conf' } };
  assert.equal(await client.connection.sendRequest('nspawn/groupFileContents', other), null);
  assert.equal(await client.stop(), 0);
});
