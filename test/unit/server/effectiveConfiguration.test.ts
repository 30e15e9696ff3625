import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { EffectiveConfiguration } from '../../../src/protocol/effectiveConfiguration.ts';
import { startTestClient } from './testClient.ts';

const directory = mkdtempSync(join(tmpdir(), 'effective-'));
after(() => rmSync(directory, { recursive: true }));

test('the page of a text that is not open is made with all that it includes on this host', async () => {
  const client = await startTestClient({
    capabilities: { workspace: { configuration: true } },
    settings: () => ({ lxcVersion: '6.0' }),
  });
  const inner = join(directory, 'inner.conf');
  const strange = join(directory, 'a](command:b).conf');
  writeFileSync(join(directory, 'outer.conf'), `lxc.include = ${inner}\nlxc.include = ${strange}\n`);
  writeFileSync(inner, '#\nlxc.tty.max = 3\n');
  writeFileSync(strange, 'lxc.tty.max = 4\n');
  const page = await client.connection.sendRequest<EffectiveConfiguration>('nspawn/effectiveConfiguration', {
    textDocument: { uri: `file://${directory}/config` },
    text: `lxc.include = ${directory}/outer.conf\n`,
  });
  assert.equal(await client.stop(), 0);
  assert.match(page.text, /as LXC 6\.0 reads it/u);
  const lines = page.text.split('\n');
  assert.ok(lines.includes(`# ${strange}:1`) && lines.includes('lxc.tty.max = 4'));
  assert.deepEqual(
    page.origins.filter(({ line }) => lines[line] === `# ${inner}:2`).map(({ uri, lineThere }) => [uri, lineThere]),
    [[`file://${inner}`, 1]],
  );
  assert.ok(
    page.origins.every(({ uri }) => !uri.includes('command')),
    'no link that VS Code could read otherwise',
  );
});
