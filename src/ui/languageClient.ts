import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import * as vscode from 'vscode';

/** What a file is judged by, as the server says. */
export interface Situation {
  readonly version: number;
  readonly from: 'setting' | 'installed' | 'newest';
  /** Whether all of its settings count where it lies. */
  readonly trust: 'trusted' | 'untrusted' | 'unknown';
}

export interface RunningClient {
  readonly dispose: () => void;
  readonly restart: () => Promise<void>;
  readonly situationOf: (uri: vscode.Uri) => Promise<Situation | undefined>;
}

export interface ClientOptions {
  readonly server: string;
  readonly log: vscode.LogOutputChannel;
  readonly languages: readonly string[];
  readonly schemes: readonly string[];
  /** Those that code actions of the server may name. */
  readonly commands: readonly string[];
  /** Where the page of a rule is opened. */
  readonly pageOf: (rule: string) => vscode.Uri;
  /** The server has been told that settings have changed: what is asked from now on follows them. */
  readonly settingsSent: () => void;
}

/**
 * Starts the language server and talks to it. A bundle of its own (dist/languageClient.js), which is loaded when the first
 * file of ours is opened, so that activation does not pay for the protocol.
 */
export const startLanguageClient = async (options: ClientOptions): Promise<RunningClient> => {
  const { server, log, languages, schemes, commands, pageOf, settingsSent } = options;
  const client = new LanguageClient(
    'nspawn',
    vscode.l10n.t('systemd-nspawn Language Server'),
    { module: server, transport: TransportKind.ipc },
    {
      documentSelector: languages.flatMap((language) => schemes.map((scheme) => ({ language, scheme }))),
      outputChannel: log,
      initializationOptions: { commands },
      middleware: {
        handleDiagnostics: (uri, diagnostics, next) => {
          for (const diagnostic of diagnostics) {
            if (typeof diagnostic.code === 'string')
              diagnostic.code = { value: diagnostic.code, target: pageOf(diagnostic.code) };
          }
          next(uri, diagnostics);
        },
        workspace: {
          didChangeConfiguration: async (sections, next) => {
            await next(sections);
            settingsSent();
          },
        },
      },
    },
  );
  await client.start();
  return {
    restart: () => client.restart(),
    situationOf: async (uri) =>
      (await client.sendRequest<Situation | null>('nspawn/situation', { textDocument: { uri: uri.toString() } })) ??
      undefined,
    dispose: () => {
      client.dispose().catch((error: unknown) => log.error(String(error)));
    },
  };
};
