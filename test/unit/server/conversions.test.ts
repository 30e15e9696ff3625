import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { startTestClient } from './testClient.ts';

test('a command and a settings file are made of each other, for the version that is set', async () => {
  const client = await startTestClient({
    capabilities: { workspace: { configuration: true } },
    settings: () => ({ systemdVersion: 247 }),
  });
  const ask = async (method: string, uri: string, more: object = {}): Promise<unknown> =>
    client.connection.sendRequest(`nspawn/${method}`, { textDocument: { uri }, ...more });
  const text = 'sudo systemd-nspawn -b -M web --suppress-sync=yes';
  assert.deepEqual(await ask('settingsFromCommand', 'untitled:x', { text }), {
    machine: 'web',
    text: '# SuppressSync=yes: As a setting it is known to systemd 250 and later only.\n\n[Exec]\nBoot=yes\n',
    notes: [{ about: 'SuppressSync=yes', text: 'As a setting it is known to systemd 250 and later only.' }],
  });
  assert.equal(await ask('settingsFromCommand', 'untitled:x', { text: 'ls' }), null);

  const uri = 'file:///etc/systemd/nspawn/web%20one.nspawn';
  await client.open(uri, 'nspawn', '[Exec]\nBoot=yes\nSuppressSync=yes\n');
  const command = "systemd-nspawn \\\n  --settings=no \\\n  '--machine=web one' \\\n  --boot\n";
  const note = { about: 'SuppressSync=', text: 'systemd 247 has no such setting in [Exec].' };
  assert.deepEqual(await ask('commandFromSettings', uri), {
    command,
    text: `# ${note.about}: ${note.text}\n${command}`,
    notes: [note],
  });
  await client.open('file:///srv/readme.md', 'markdown', '[Exec]\n');
  for (const other of ['file:///srv/readme.md', 'file:///srv/closed.nspawn'])
    assert.equal(await ask('commandFromSettings', other), null);
  assert.equal(await client.stop(), 0);
});

test('what of a file counts is said for the systemd of this host, and of no other', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'conversions-'));
  const fakeSystemctl = join(directory, 'systemctl');
  await writeFile(fakeSystemctl, '#!/bin/sh\necho systemd 257\n', { mode: 0o755 });
  const client = await startTestClient({
    capabilities: { workspace: { configuration: true } },
    settings: () => ({ systemdVersion: 239, executables: { systemctl: fakeSystemctl } }),
  });
  const ask = (text: string, trusted: boolean): Promise<unknown> =>
    client.connection.sendRequest('nspawn/settingsInForce', {
      textDocument: { uri: 'file:///var/lib/machines/web.nspawn' },
      text,
      trusted,
    });
  const text = '[Exec]\nPrivateUsers=no\n';
  assert.deepEqual(await ask(text, true), { refused: false, decidesUsers: true });
  assert.deepEqual(await ask(text, false), { refused: false, decidesUsers: false });
  assert.deepEqual(await ask(`${text}[Exec\n`, true), { refused: true, decidesUsers: false });
  assert.equal(await client.stop(), 0);
  await rm(directory, { recursive: true });

  const without = await startTestClient({
    capabilities: { workspace: { configuration: true } },
    settings: () => ({ executables: { systemctl: '/nonexistent' } }),
  });
  assert.equal(
    await without.connection.sendRequest('nspawn/settingsInForce', {
      textDocument: { uri: 'file:///etc/systemd/nspawn/web.nspawn' },
      text,
      trusted: true,
    }),
    null,
  );
  assert.equal(await without.stop(), 0);
});
