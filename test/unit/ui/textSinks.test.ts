import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Linter } from 'eslint';
import config from '../../../eslint.config.mjs';

const ui = join(import.meta.dirname, '../../../src/ui');

/** What each of these files alone may call; eslint.config.mjs forbids it to all others. */
const guarded = {
  'notifications.ts': [
    ...['vscode.window.showInformationMessage', 'vscode.window.showWarningMessage', 'vscode.window.showErrorMessage'],
    ...['vscode.window.withProgress', 'vscode.window.setStatusBarMessage', 'vscode.window.createStatusBarItem'],
  ],
  'questions.ts': [
    ...['vscode.window.showQuickPick', 'vscode.window.createQuickPick'],
    ...['vscode.window.showInputBox', 'vscode.window.createInputBox'],
  ],
  'terminal.ts': ['vscode.window.createTerminal'],
  'languageItem.ts': ['vscode.languages.createLanguageStatusItem'],
  'tree/treeItem.ts': ['new vscode.TreeItem'],
} as const;

/** These take no text, or one that VS Code shows as it is: titles of views, problems, lines of the output. */
const plain = [
  ...['activeTextEditor', 'createOutputChannel', 'createTreeView', 'onDidChangeActiveTextEditor', 'onDidCloseTerminal'],
  'onDidChangeWindowState',
  ...[
    'onDidOpenTerminal',
    'registerTerminalProfileProvider',
    'showOpenDialog',
    'showSaveDialog',
    'showTextDocument',
    'tabGroups',
    'terminals',
  ],
].map((name) => `vscode.window.${name}`);
/** Targets of links are made of plain paths only, by the language server. */
const plainOfLanguages = ['createDiagnosticCollection', 'registerDocumentLinkProvider', 'setTextDocumentLanguage'].map(
  (name) => `vscode.languages.${name}`,
);

const forbidden: readonly string[] = Object.values(guarded).flat();

const codeOf = (file: string): string => readFileSync(join(ui, file), 'utf8');

const used = (file: string): readonly string[] =>
  codeOf(file).match(/(?:vscode\.(?:window|languages)\.|new vscode\.TreeItem\b)\w*/gu) ?? [];

test('each way of handing a text to VS Code is known, and stands in the one file that takes links and icons away', () => {
  const files = readdirSync(ui, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  for (const file of files) {
    const own: readonly string[] = Object.entries(guarded).find(([name]) => name === file)?.[1] ?? [];
    const others = used(file).filter((name) => ![...plain, ...plainOfLanguages, ...own].includes(name));
    assert.deepEqual(others, [], file);
  }
});

test('the linter forbids each of them, and the markdown that nobody needs', () => {
  const rules = config.filter(({ files }) => files?.includes('src/ui/**') === true).map((one) => one.rules ?? {});
  const rule = rules.map((one) => one['no-restricted-syntax']).find((one) => one !== undefined);
  assert.ok(rule !== undefined);
  const linter = new Linter();
  const complaints = (code: string): readonly string[] =>
    linter.verify(code, { rules: { 'no-restricted-syntax': rule } }).map(({ message }) => message);
  for (const name of [...forbidden, 'new vscode.MarkdownString'])
    assert.equal(complaints(`${name}('text');`).length, 1, name);
  assert.deepEqual(complaints("vscode.window.showTextDocument('text');"), []);
});
