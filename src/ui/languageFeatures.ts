import { createRequire } from 'node:module';
import * as vscode from 'vscode';
import type { ClientOptions, RunningClient, Situation, startLanguageClient } from './languageClient.ts';
import { createLanguageStatus, isOurLanguage, ourLanguages, ourSchemes } from './languageStatus.ts';
import type { Services } from './services.ts';

interface LanguageClientBundle {
  readonly startLanguageClient: typeof startLanguageClient;
}

export interface LanguageFeatures {
  readonly dispose: () => void;
  /** Starts the server anew, or for the first time. */
  readonly restart: () => Promise<void>;
  /** Whether all settings of a file count where it lies; undefined where no server runs. */
  readonly trustOf: (uri: vscode.Uri) => Promise<Situation['trust'] | undefined>;
  /** The server, which is started where none runs yet. */
  readonly running: () => Promise<RunningClient>;
}

const load = (context: vscode.ExtensionContext): LanguageClientBundle => {
  const path = vscode.Uri.joinPath(context.extensionUri, 'dist', 'languageClient.js').fsPath;
  return createRequire(path)(path) as LanguageClientBundle;
};

/** Starts the language client with the first document of a language of ours, and not before. */
export const createLanguageFeatures = ({ context, log }: Pick<Services, 'context' | 'log'>): LanguageFeatures => {
  const state: { client: Promise<RunningClient> | undefined; ended: boolean } = { client: undefined, ended: false };
  const status = createLanguageStatus(async (uri) => (await state.client)?.situationOf(uri));

  const start = async (): Promise<RunningClient> => {
    const options: ClientOptions = {
      server: vscode.Uri.joinPath(context.extensionUri, 'dist', 'server.js').fsPath,
      log,
      languages: ourLanguages,
      schemes: ourSchemes,
      commands: [
        'nspawn.moveNspawnFile',
        'nspawn.migrateCgconfigToV2',
        'nspawn.migrateCgconfigToSystemd',
        'nspawn.mapAccount',
        'nspawn.migrateLxcToNspawn',
        'nspawn.migrateNspawnToLxc',
      ],
      // VS Code follows no link to a command from a problem, so it opens the page itself: package.json has it shown as a preview.
      pageOf: (rule) => vscode.Uri.joinPath(context.extensionUri, 'docs', 'rules', `${rule}.md`),
      settingsSent: status.update,
    };
    const client = await load(context).startLanguageClient(options);
    if (state.ended) client.dispose();
    return client;
  };

  const begin = async (): Promise<RunningClient> => {
    state.client = start();
    try {
      return await state.client;
    } catch (error) {
      // The next document, or the command, tries again.
      state.client = undefined;
      throw error;
    }
  };

  const opened = (document: vscode.TextDocument): void => {
    if (state.client !== undefined || !isOurLanguage(document)) return;
    begin().then(status.update, (error: unknown) => {
      log.error(`The language server does not start: ${String(error)}`);
    });
  };
  const opening = vscode.workspace.onDidOpenTextDocument(opened);
  for (const document of vscode.workspace.textDocuments) opened(document);

  const hostChanged = (): void => {
    state.client?.then(
      (client) => client.hostChanged(),
      () => undefined,
    );
  };
  // Who comes back may have made what was missing, in a terminal or elsewhere.
  const comingBack = vscode.Disposable.from(
    vscode.window.onDidChangeWindowState(({ focused }) => {
      if (focused) hostChanged();
    }),
    vscode.window.onDidChangeActiveTextEditor((editor) => {
      if (editor?.document.languageId === 'nspawn') hostChanged();
    }),
  );

  return {
    restart: async () => {
      if (state.client === undefined) await begin();
      else await (await state.client).restart();
      status.update();
    },
    running: () => state.client ?? begin(),
    trustOf: async (uri) => (await (await state.client)?.situationOf(uri))?.trust,
    dispose: () => {
      state.ended = true;
      opening.dispose();
      comingBack.dispose();
      status.dispose();
      state.client?.then(
        (client) => client.dispose(),
        () => undefined,
      );
    },
  };
};
