import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { createRequire, Module } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { runProgram } from '../host/boot/runProgram.ts';
import { repositoryRoot } from '../rig/cache.ts';
import { thisNode } from '../rig/program.ts';

const mostBytes = 200_000;

const directory = mkdtempSync(join(tmpdir(), 'nspawn-loaded-'));
after(() => rmSync(directory, { recursive: true, force: true }));

interface RowsProvider {
  readonly getChildren: () => Promise<readonly unknown[]>;
}
const providers: RowsProvider[] = [];

const disposable = { dispose: () => undefined };
/** Whatever is asked of it is a function that gives something to dispose of. */
const anything = (members: object): object =>
  new Proxy(members, { get: (known, name) => (Reflect.get(known, name) as unknown) ?? (() => disposable) });
class Emitter {
  readonly event = (): object => disposable;
  readonly fire = (): void => undefined;
  readonly dispose = (): void => undefined;
}
class Thing {
  readonly made = true;
}
const uriOf = (path: string): object => ({ path, fsPath: path });
/** As much of VS Code as activation and the first rows ask for, with the view of machines open. */
const standIn = {
  window: anything({
    terminals: [],
    createOutputChannel: () => anything({}),
    createTreeView: (id: string, { treeDataProvider }: { readonly treeDataProvider: RowsProvider }) => {
      if (id === 'nspawn.machines') providers.push(treeDataProvider);
      return anything({ visible: id === 'nspawn.machines', selection: [] });
    },
  }),
  workspace: anything({
    textDocuments: [],
    getConfiguration: () => ({ get: (_: string, usual: unknown) => usual, inspect: () => undefined }),
  }),
  commands: anything({ executeCommand: () => Promise.resolve() }),
  languages: anything({}),
  env: {},
  l10n: { t: String },
  Uri: { joinPath: (base: { readonly path: string }, ...more: readonly string[]) => uriOf(join(base.path, ...more)) },
  Disposable: { from: () => disposable },
  EventEmitter: Emitter,
  TreeItem: Thing,
  ThemeIcon: Thing,
  ThemeColor: Thing,
  TreeItemCollapsibleState: {},
  LanguageStatusSeverity: {},
};

test('activation and the first rows read a part of our code only', async () => {
  const built = join(directory, 'dist');
  await runProgram(thisNode, ['esbuild.mjs', '--production', `--outdir=${built}`], { cwd: repositoryRoot });
  const require = createRequire(join(built, 'extension.js'));
  const name = join(built, 'vscode.js');
  const stub = new Module(name);
  stub.exports = standIn;
  // As VS Code does: what our code requires by that name is found nowhere on the disk.
  const loader = Module as unknown as { _resolveFilename: (request: string, ...more: unknown[]) => string };
  const resolve = loader._resolveFilename;
  loader._resolveFilename = (request, ...more) => (request === 'vscode' ? name : resolve(request, ...more));
  require.cache[name] = stub;
  try {
    const { activate } = require(join(built, 'extension.js')) as { readonly activate: (context: object) => void };
    const subscriptions: { readonly dispose: () => void }[] = [];
    const memento = { get: (_: string, usual: unknown) => usual, update: () => Promise.resolve() };
    activate({ subscriptions, extensionUri: uriOf(directory), globalState: memento, workspaceState: memento });
    await providers[0]?.getChildren();
    for (const one of subscriptions) one.dispose();
  } finally {
    loader._resolveFilename = resolve;
  }
  const read = Object.keys(require.cache).filter(
    (file) => dirname(file) === built && basename(file).startsWith('extension'),
  );
  assert.ok(read.includes(join(built, 'extension.js')));
  assert.equal(providers.length, 1);
  const bytes = read.reduce((sum, file) => sum + statSync(file).size, 0);
  assert.ok(bytes < mostBytes, `${bytes} bytes: ${read.map((file) => basename(file)).join(', ')}`);
});
