import { createRequire } from 'node:module';
import * as vscode from 'vscode';
import type { startLanguageClient } from './languageClient.ts';
import type { Services } from './services.ts';

interface LanguageClientBundle {
  readonly startLanguageClient: typeof startLanguageClient;
}

const isOurs = (document: vscode.TextDocument): boolean => document.languageId === 'nspawn';

const load = (context: vscode.ExtensionContext): LanguageClientBundle => {
  const path = vscode.Uri.joinPath(context.extensionUri, 'dist', 'languageClient.js').fsPath;
  return createRequire(path)(path) as LanguageClientBundle;
};

/** Starts the language client with the first document of our language, and not before. */
export const registerLanguageFeatures = ({ context, log }: Pick<Services, 'context' | 'log'>): vscode.Disposable => {
  const state: { client: Promise<vscode.Disposable> | undefined } = { client: undefined };
  const begin = (document: vscode.TextDocument): void => {
    if (state.client !== undefined || !isOurs(document)) return;
    const server = vscode.Uri.joinPath(context.extensionUri, 'dist', 'server.js').fsPath;
    state.client = load(context).startLanguageClient(server, log);
    state.client.catch((error: unknown) => {
      log.error(`The language server does not start: ${String(error)}`);
    });
  };
  const opening = vscode.workspace.onDidOpenTextDocument(begin);
  for (const document of vscode.workspace.textDocuments) begin(document);
  return new vscode.Disposable(() => {
    opening.dispose();
    state.client?.then(
      (client) => void client.dispose(),
      () => undefined,
    );
  });
};
