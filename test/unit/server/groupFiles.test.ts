import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { pathToFileURL } from 'node:url';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type {
  Diagnostic,
  DidChangeWatchedFilesRegistrationOptions,
  Location,
  SymbolInformation,
  WorkspaceEdit,
} from 'vscode-languageserver/node';
import { startTestClient } from './testClient.ts';

const cgconfig = 'group web { cpu { } }\ngroup web/php { cpu { } }\n';
const cgrules = 'root cpu web\n* cpu web/php\n';

/** A directory such as /etc, with those files. */
const directoryWith = (context: TestContext, files: Readonly<Record<string, string>>): string => {
  const directory = mkdtempSync(join(tmpdir(), 'groups '));
  context.after(() => rmSync(directory, { recursive: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(directory, name, '..'), { recursive: true });
    writeFileSync(join(directory, name), text);
  }
  return directory;
};

const uriIn = (directory: string, name: string): string => pathToFileURL(join(directory, name)).href;

const rulesOf = (diagnostics: readonly Diagnostic[]): readonly unknown[] => diagnostics.map(({ code }) => code);

const placeOf = ({ uri, range: { start, end } }: Location): string =>
  `${uri.replace(/.*\//u, '')}:${start.line}:${start.character}-${end.character}`;

test('a destination leads to its group in a file that is not open, and back', async (context) => {
  const directory = directoryWith(context, { 'cgconfig.conf': cgconfig, 'cgrules.conf': cgrules });
  const client = await startTestClient();
  const uri = uriIn(directory, 'cgrules.conf');
  await client.open(uri, 'cgrules', cgrules);
  const textDocument = { uri };
  const at = { textDocument, position: { line: 1, character: 11 } };
  const ask = <Result>(method: string, params: object): Promise<Result> =>
    client.connection.sendRequest(method, params);
  assert.deepEqual((await ask<Location[]>('textDocument/definition', at)).map(placeOf), ['cgconfig.conf:1:6-13']);
  const references = await ask<Location[]>('textDocument/references', { ...at, context: { includeDeclaration: true } });
  assert.deepEqual(references.map(placeOf), ['cgconfig.conf:1:10-13', 'cgrules.conf:1:10-13']);
  assert.equal((await ask<unknown[]>('textDocument/documentHighlight', at)).length, 1);
  const symbols = await ask<SymbolInformation[]>('workspace/symbol', { query: 'php' });
  assert.deepEqual(
    symbols.map(({ name }) => name),
    ['group web/php'],
  );
  assert.equal(await client.stop(), 0);
});

test('a rename goes through all files, as they stand in the editor or else on disk', async (context) => {
  const directory = directoryWith(context, {
    'cgconfig.conf': 'group other { cpu { } }\n',
    'cgconfig.d/web.conf': cgconfig,
    'cgconfig.d/web.conf.conf': 'group web { }\n',
    'cgrules.conf': cgrules,
    'cgrules.d/more': '@www cpu web\n',
  });
  const client = await startTestClient();
  const uris = {
    main: uriIn(directory, 'cgconfig.conf'),
    web: uriIn(directory, 'cgconfig.d/web.conf'),
    rules: uriIn(directory, 'cgrules.conf'),
    more: uriIn(directory, 'cgrules.d/more'),
  };
  await client.open(uris.main, 'cgconfig', '# not saved\ngroup web { cpu { } }\n');
  await client.open(uris.rules, 'cgrules', `# not saved\n${cgrules}`);
  const at = { textDocument: { uri: uris.rules }, position: { line: 1, character: 9 } };
  const prepared = await client.connection.sendRequest('textDocument/prepareRename', at);
  assert.deepEqual(prepared, {
    range: { start: { line: 1, character: 9 }, end: { line: 1, character: 12 } },
    placeholder: 'web',
  });
  const edit = await client.connection.sendRequest<WorkspaceEdit>('textDocument/rename', { ...at, newName: 'my site' });
  const after = (uri: string, text: string): string =>
    TextDocument.applyEdits(TextDocument.create(uri, '', 0, text), edit.changes?.[uri] ?? []);
  assert.deepEqual(Object.keys(edit.changes ?? {}).sort(), Object.values(uris).sort());
  assert.equal(after(uris.main, '# not saved\ngroup web { cpu { } }\n'), '# not saved\ngroup "my site" { cpu { } }\n');
  assert.equal(after(uris.web, cgconfig), 'group "my site" { cpu { } }\ngroup "my site/php" { cpu { } }\n');
  assert.equal(after(uris.rules, `# not saved\n${cgrules}`), '# not saved\nroot cpu "my site"\n* cpu "my site/php"\n');
  assert.equal(after(uris.more, '@www cpu web\n'), '@www cpu "my site"\n');
  // The file on disk has such a group, the text in the editor has none any more.
  await client.connection.sendRequest('textDocument/rename', { ...at, newName: 'other' });
  await assert.rejects(
    client.connection.sendRequest('textDocument/rename', { ...at, newName: '' }),
    /A group has a name/u,
  );
  assert.equal(await client.stop(), 0);
});

test('an open file is judged anew when another changes what it says of groups, in the editor or on disk', async (context) => {
  const directory = directoryWith(context, { 'cgconfig.conf': cgconfig, 'cgrules.conf': cgrules });
  const client = await startTestClient();
  const uri = uriIn(directory, 'cgrules.conf');
  const config = uriIn(directory, 'cgconfig.conf');
  await client.open(uri, 'cgrules', cgrules);
  assert.deepEqual(rulesOf(await client.diagnostics(uri, 1)), []);

  const opened = client.diagnostics(uri);
  await client.open(config, 'cgconfig', cgconfig);
  assert.deepEqual(rulesOf(await opened), []);
  const renamed = client.diagnostics(uri);
  await client.change(config, 2, cgconfig.replaceAll('web', 'site'));
  assert.deepEqual(rulesOf(await renamed), ['rule-undefined-group', 'rule-undefined-group']);

  const closed = client.diagnostics(uri);
  await client.connection.sendNotification('textDocument/didClose', { textDocument: { uri: config } });
  assert.deepEqual(rulesOf(await closed), []);

  const written = client.diagnostics(uri);
  writeFileSync(join(directory, 'cgconfig.conf'), 'group web { cpu { } }\n');
  await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: config, type: 2 }] });
  assert.deepEqual(rulesOf(await written), ['rule-undefined-group']);
  assert.equal(await client.stop(), 0);
});

test('directories of open files are watched, and no longer than they are open', async (context) => {
  const directory = directoryWith(context, { 'cgconfig.d/a.conf': cgconfig, 'cgrules.conf': cgrules });
  const client = await startTestClient({
    capabilities: {
      workspace: { didChangeWatchedFiles: { dynamicRegistration: true, relativePatternSupport: true } },
    },
  });
  /** Asks something else until it is so; what the server does meanwhile has no answer to wait for. */
  const until = async (isSo: () => boolean): Promise<void> => {
    for (let asked = 0; asked < 200 && !isSo(); asked++)
      await client.connection.sendRequest('workspace/symbol', { query: 'none' });
  };
  const watched = (): readonly unknown[] =>
    [...client.registered.values()].flatMap(({ registerOptions }) =>
      (registerOptions as DidChangeWatchedFilesRegistrationOptions).watchers.map(({ globPattern }) => globPattern),
    );
  const uri = uriIn(directory, 'cgrules.conf');
  await client.open(uri, 'cgrules', cgrules);
  await until(() => watched().some((pattern) => typeof pattern === 'object'));
  assert.deepEqual(
    watched().filter((pattern) => typeof pattern === 'object'),
    [
      { baseUri: pathToFileURL(directory).href, pattern: '{cgconfig.conf,cgrules.conf,cgconfig.d,cgrules.d}' },
      { baseUri: uriIn(directory, 'cgconfig.d'), pattern: '*' },
    ],
  );
  assert.ok(watched().includes('**/cgconfig.conf'));
  await client.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
  await until(() => !watched().some((pattern) => typeof pattern === 'object'));
  assert.deepEqual(
    watched().filter((pattern) => typeof pattern === 'object'),
    [],
  );
  assert.equal(await client.stop(), 0);
});

test('no link is followed out of the directory, and what cannot be read has nothing called undefined', async (context) => {
  const elsewhere = directoryWith(context, { 'secret.conf': 'group secret { cpu { } }\n' });
  const directory = directoryWith(context, {
    'cgconfig.conf': cgconfig,
    'cgconfig.d/a.conf': 'group inner { cpu { } }\n',
  });
  symlinkSync('a.conf', join(directory, 'cgconfig.d/link.conf'));
  const client = await startTestClient();
  const uri = uriIn(directory, 'cgrules.conf');
  const names = async (): Promise<readonly string[]> => {
    const symbols = await client.connection.sendRequest<SymbolInformation[]>('workspace/symbol', { query: 'group' });
    return symbols.map(({ name, containerName }) => `${containerName ?? ''} ${name}`);
  };
  await client.open(uri, 'cgrules', '* cpu nobody\n');
  assert.deepEqual(rulesOf(await client.diagnostics(uri, 1)), ['rule-undefined-group']);
  assert.deepEqual(await names(), [
    'cgconfig.conf group web',
    'cgconfig.conf group web/php',
    'cgconfig.d/a.conf group inner',
    'cgconfig.d/link.conf group inner',
  ]);
  symlinkSync(join(elsewhere, 'secret.conf'), join(directory, 'cgconfig.d/out.conf'));
  const again = client.diagnostics(uri);
  await client.connection.sendNotification('textDocument/didSave', { textDocument: { uri } });
  assert.deepEqual(rulesOf(await again), []);
  assert.equal((await names()).length, 4);
  assert.equal(await client.stop(), 0);
});
