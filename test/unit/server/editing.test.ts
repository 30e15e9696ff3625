import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type {
  CodeAction,
  CompletionList,
  Diagnostic,
  DocumentSymbol,
  Hover,
  TextEdit,
} from 'vscode-languageserver/node';
import { startTestClient, type TestClient } from './testClient.ts';

const refresh = { refreshSupport: true };
const capabilities = {
  workspace: {
    configuration: true,
    didChangeConfiguration: { dynamicRegistration: true },
    inlayHint: refresh,
    semanticTokens: refresh,
  },
};
const settings: { section: unknown } = { section: { systemdVersion: 257 } };
const held: { client?: TestClient } = {};
const client = (): TestClient => {
  assert.ok(held.client !== undefined);
  return held.client;
};

before(async () => {
  held.client = await startTestClient({
    capabilities,
    settings: () => settings.section,
    initializationOptions: { commands: ['nspawn.moveNspawnFile'] },
  });
});
after(async () => {
  assert.equal(await client().stop(), 0);
});

/** Other rules may have something to say about the same text. */
const found = (diagnostics: readonly Diagnostic[], rule: string): Diagnostic | undefined =>
  diagnostics.find(({ code }) => code === rule);
const textDocument = (uri: string): { readonly textDocument: { readonly uri: string } } => ({ textDocument: { uri } });

test('diagnostics follow the text and the version that is set', async () => {
  const uri = 'file:///srv/repository/version.nspawn';
  await client().open(uri, 'nspawn', '[Network]\nNamespacePath=/run/netns/blue\n');
  assert.ok(found(await client().diagnostics(uri, 1), 'directive-too-new') !== undefined);
  const next = client().diagnostics(uri);
  settings.section = { systemdVersion: 262 };
  await client().connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
  assert.equal(found(await next, 'directive-too-new'), undefined);
  await client().change(uri, 2, '[Network]\nNamespacePth=/run/netns/blue\n');
  assert.ok(found(await client().diagnostics(uri, 2), 'unknown-key') !== undefined);
});

test('the severity of a rule is the one that is set, and all of them can be turned off', async () => {
  const uri = 'file:///srv/repository/severity.nspawn';
  const setAndSee = async (section: unknown): Promise<readonly Diagnostic[]> => {
    settings.section = section;
    const next = client().diagnostics(uri);
    await client().connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
    return next;
  };
  const severity = async (lint: unknown): Promise<number | undefined> =>
    found(await setAndSee({ lint }), 'unknown-key')?.severity;
  await client().open(uri, 'nspawn', '[Exec]\nNope=1\n');
  assert.equal(found(await client().diagnostics(uri, 1), 'unknown-key')?.severity, 2);
  assert.equal(await severity({ rules: { 'unknown-key': 'error' } }), 1);
  assert.equal(await severity({ rules: { 'unknown-key': 'off' } }), undefined);
  assert.equal(await severity({}), 2);
  assert.deepEqual(await setAndSee({ lint: { enable: false } }), []);
  assert.equal(await severity({}), 2);
});

test('completion, hover and outline answer for the place of the cursor', async () => {
  const uri = 'file:///srv/repository/cursor.nspawn';
  await client().open(uri, 'nspawn', '[Exec]\nBoot=yes\nKillSig\n');
  const at = { ...textDocument(uri), position: { line: 2, character: 7 } };
  const { items } = await client().connection.sendRequest<CompletionList>('textDocument/completion', at);
  assert.ok(items.some(({ label }) => label.startsWith('KillSignal')));
  const over = { ...textDocument(uri), position: { line: 1, character: 1 } };
  const hover = await client().connection.sendRequest<Hover>('textDocument/hover', over);
  assert.match(JSON.stringify(hover.contents), /Boot=/u);
  const symbols = await client().connection.sendRequest<readonly DocumentSymbol[]>(
    'textDocument/documentSymbol',
    textDocument(uri),
  );
  assert.equal(symbols.length, 1);
});

test('a code action repairs what a diagnostic is about, and only the kinds that are asked for come', async () => {
  const uri = 'file:///srv/repository/action.nspawn';
  await client().open(uri, 'nspawn', '[Exec]\nBot=yes\n');
  const diagnostic = found(await client().diagnostics(uri, 1), 'unknown-key');
  assert.ok(diagnostic !== undefined);
  const actions = await client().codeActions(uri, diagnostic);
  const repairs = actions.filter(({ kind }) => kind === 'quickfix');
  assert.ok(repairs.some(({ edit }) => edit?.changes?.[uri]?.[0]?.newText === 'Boot'));
  const ask = (only: string): Promise<readonly CodeAction[]> =>
    client().connection.sendRequest('textDocument/codeAction', {
      ...textDocument(uri),
      range: diagnostic.range,
      context: { diagnostics: [diagnostic], only: [only] },
    });
  for (const { kind } of await ask('source.fixAll')) assert.equal(kind, 'source.fixAll.nspawn');
  assert.deepEqual(await ask('refactor.extract'), []);
});

test('moving the file is offered to an editor that can, and to no other', async () => {
  const uri = 'file:///var/lib/machines/web.nspawn';
  const text = '[Exec]\nCapability=all\n';
  await client().open(uri, 'nspawn', text);
  const diagnostics = await client().diagnostics(uri, 1);
  const untrusted = found(diagnostics, 'untrusted-setting');
  assert.ok(untrusted !== undefined, JSON.stringify(diagnostics));
  const move = (await client().codeActions(uri, untrusted)).find(({ command }) => command !== undefined);
  assert.deepEqual(move?.command?.arguments, [uri, '/etc/systemd/nspawn/web.nspawn']);

  const plain = await startTestClient({ initializationOptions: { nspawn: { systemdVersion: 239 } } });
  await plain.open(uri, 'dosini', text);
  await plain.diagnostics(uri, 1);
  const actions = await plain.codeActions(uri, untrusted);
  assert.deepEqual(
    actions.filter(({ command }) => command !== undefined),
    [],
  );
  assert.equal(await plain.stop(), 0);
});

test('formatting gives edits, and those of a range stay in it', async () => {
  const uri = 'file:///srv/repository/format.nspawn';
  await client().open(uri, 'nspawn', '[Exec]\nBoot = yes\nUser = me\n');
  const options = { tabSize: 4, insertSpaces: true };
  const ask = (method: string, params: object): Promise<readonly TextEdit[]> =>
    client().connection.sendRequest(`textDocument/${method}`, { ...textDocument(uri), options, ...params });
  const all = await ask('formatting', {});
  assert.ok(all.length > 0);
  const range = { start: { line: 2, character: 0 }, end: { line: 2, character: 9 } };
  const some = await ask('rangeFormatting', { range });
  assert.ok(some.length > 0);
  for (const edit of some) assert.equal(edit.range.start.line, 2);
});

test('an editor learns what a file is judged by', async () => {
  settings.section = { systemdVersion: 252 };
  const uri = 'file:///etc/systemd/nspawn/web.nspawn';
  const situation: unknown = await client().connection.sendRequest('nspawn/situation', textDocument(uri));
  assert.deepEqual(situation, { version: 252, from: 'setting', trust: 'trusted', hasTrustHole: false });
});
