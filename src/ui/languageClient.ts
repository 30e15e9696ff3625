import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import * as vscode from 'vscode';

/**
 * Starts the language server and talks to it. A bundle of its own (dist/languageClient.js), which is loaded when the first
 * `.nspawn` file is opened, so that activation does not pay for the protocol.
 */
export const startLanguageClient = async (
  serverModule: string,
  log: vscode.LogOutputChannel,
): Promise<vscode.Disposable> => {
  const client = new LanguageClient(
    'nspawn',
    vscode.l10n.t('systemd-nspawn Language Server'),
    { module: serverModule, transport: TransportKind.ipc },
    { documentSelector: [{ language: 'nspawn' }], outputChannel: log },
  );
  await client.start();
  return new vscode.Disposable(() => {
    client.dispose().catch((error: unknown) => log.error(String(error)));
  });
};
