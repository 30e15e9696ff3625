import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Cases } from './cases.ts';
import { ourExtension } from './ourExtension.ts';

/** Waits for what the server says of a text. */
const problemsOf = async (uri: vscode.Uri): Promise<readonly vscode.Diagnostic[]> => {
  await new Promise<void>((resolve) => {
    const look = (): void => {
      if (vscode.languages.getDiagnostics(uri).length === 0) return;
      listening.dispose();
      resolve();
    };
    const listening = vscode.languages.onDidChangeDiagnostics(look);
    look();
  });
  return vscode.languages.getDiagnostics(uri);
};

export const languageCases: Cases = {
  'the language server starts with the first .nspawn text, and judges it': async () => {
    const { uri } = await vscode.workspace.openTextDocument({ language: 'nspawn', content: '[Exec]\nBot=yes\n' });
    const [problem] = await problemsOf(uri);
    assert.equal(problem?.range.start.line, 1);
    assert.equal(problem.source, 'nspawn-lint');
    assert.equal(ourExtension().isActive, true);
  },
  'and starts anew when it is told to': async () => {
    await vscode.commands.executeCommand('nspawn.restartLanguageServer');
    const { uri } = await vscode.workspace.openTextDocument({ language: 'nspawn', content: '[Exce]\n' });
    assert.ok((await problemsOf(uri)).length > 0);
  },
};
