import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { TestClient } from './testClient.ts';
import { startTestClient } from './testClient.ts';

const held: { client?: TestClient } = {};
const client = (): TestClient => {
  assert.ok(held.client !== undefined);
  return held.client;
};

before(async () => {
  held.client = await startTestClient({
    settings: () => ({ systemdVersion: 257 }),
    initializationOptions: { commands: ['nspawn.migrateCgconfigToV2'] },
  });
});
after(async () => {
  assert.equal(await client().stop(), 0);
});

interface Answer {
  readonly kind: string;
  readonly text: string;
  readonly line?: number;
  readonly isSame?: boolean;
  readonly files?: readonly { readonly path: string; readonly text: string }[];
}
const ask = (method: string, uri: string): Promise<Answer | null> =>
  client().connection.sendRequest(method, { textDocument: { uri } });

const directory = 'file:///srv/repository/migration';

test('an open file is migrated as it stands in the editor, with the open rules beside it', async () => {
  const uri = `${directory}/cgconfig.conf`;
  await client().open(uri, 'cgconfig', 'group web { cpu { cpu.shares = 512; } }\n');
  await client().open(`${directory}/cgrules.conf`, 'cgrules', 'root cpu,cpuacct web\n');
  const v2 = await ask('nspawn/migrateToV2', uri);
  assert.deepEqual([v2?.kind, v2?.text, v2?.isSame], ['v2', 'group web { cpu { cpu.weight = 50; } }\n', false]);
  const rules = await ask('nspawn/migrateToV2', `${directory}/cgrules.conf`);
  assert.equal(rules?.text, 'root cpu web\n');
  const systemd = await ask('nspawn/migrateToSystemd', uri);
  assert.deepEqual(
    systemd?.files?.map(({ path }) => path),
    ['/etc/systemd/system/web.slice', '/etc/systemd/system/user-0.slice.d/50-cgrules.conf'],
  );
});

test('a container of LXC and a machine of systemd-nspawn become each other by the name of their place', async () => {
  const container = 'file:///srv/nowhere/box/config';
  await client().open(
    container,
    'lxc',
    'lxc.rootfs.path = dir:/srv/box\nlxc.uts.name = box\nlxc.cgroup2.pids.max = 9\n',
  );
  const machine = await ask('nspawn/migrateToNspawn', container);
  assert.equal(machine?.kind, 'nspawn');
  assert.deepEqual(
    machine.files?.map(({ path }) => path),
    ['/etc/systemd/nspawn/box.nspawn', '/etc/systemd/system/systemd-nspawn@box.service.d/50-lxc.conf'],
  );
  const settings = 'file:///srv/nowhere/box.nspawn';
  await client().open(settings, 'nspawn', '[Exec]\nHostname=box\n');
  const back = await ask('nspawn/migrateToLxc', settings);
  assert.deepEqual([back?.kind, back?.files?.[0]?.path], ['lxc', '/var/lib/lxc/box/config']);
  assert.equal(await ask('nspawn/migrateToLxc', container), null);
  assert.equal(await ask('nspawn/migrateToNspawn', settings), null);
});

test('a file with a mistake is refused with its line, and one of another kind is not migrated', async () => {
  const uri = `${directory}/broken/cgconfig.conf`;
  await client().open(uri, 'cgconfig', 'group web {\n cpu { cpu.shares = 512 }\n}\n');
  const refused = await ask('nspawn/migrateToV2', uri);
  assert.deepEqual([refused?.kind, refused?.line], ['refused', 2]);
  const other = `${directory}/web.nspawn`;
  await client().open(other, 'nspawn', '[Exec]\nBoot=yes\n');
  assert.equal(await ask('nspawn/migrateToSystemd', other), null);
});

test('only commands that the editor has are offered', async () => {
  const uri = `${directory}/cgconfig.conf`;
  const place = { line: 0, character: 0 };
  const actions: readonly { readonly title: string }[] = await client().connection.sendRequest(
    'textDocument/codeAction',
    { textDocument: { uri }, range: { start: place, end: place }, context: { diagnostics: [] } },
  );
  assert.deepEqual(
    actions.map(({ title }) => title),
    ['Convert to control groups v2'],
  );
});
