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
  const late = { about: 'SuppressSync=yes', text: 'As a setting it is known to systemd 250 and later only.' };
  const { text: made, ...rest } = (await ask('settingsFromCommand', 'untitled:x', { text })) as {
    readonly text: string;
  };
  assert.deepEqual(rest, { machine: 'web', notes: [late] });
  assert.ok(
    made.startsWith(`# ${late.about}: ${late.text}\n\n[Exec]\nBoot=yes\n\n# machinectl start passes -U,`),
    made,
  );
  assert.equal(await ask('settingsFromCommand', 'untitled:x', { text: 'ls' }), null);

  const uri = 'file:///etc/systemd/nspawn/web%20one.nspawn';
  await client.open(uri, 'nspawn', '[Exec]\nBoot=yes\nSuppressSync=yes\n');
  const command = "systemd-nspawn \\\n  --settings=no \\\n  '--machine=web one' \\\n  --boot\n";
  const note = {
    about: 'SuppressSync=',
    text: 'SuppressSync= is known since systemd 250; systemd 247 ignores it.',
  };
  const { text: script, ...others } = (await ask('commandFromSettings', uri)) as { readonly text: string };
  assert.deepEqual(others, { command, notes: [note] });
  assert.ok(script.startsWith(`# ${note.about}: ${note.text}\n# machinectl start passes -U,`), script);
  assert.ok(script.endsWith(`\n${command}`), script);

  // Beside an image what is not trusted does not count, and so is no option.
  const beside = 'file:///var/lib/machines/web.nspawn';
  await client.open(beside, 'nspawn', '[Exec]\nPrivateUsers=no\nBoot=yes\n');
  const untrusted = (await ask('commandFromSettings', beside)) as { readonly command: string };
  assert.equal(untrusted.command, 'systemd-nspawn \\\n  --settings=no \\\n  --machine=web \\\n  --boot\n');
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
