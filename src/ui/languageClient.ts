import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import * as vscode from 'vscode';
import type { ParameterMeaning, ParameterQuestion } from '../protocol/parameterMeanings.ts';
import type { EffectiveConfiguration } from '../protocol/effectiveConfiguration.ts';
import type { SettingsInForce, SettingsInForceQuestion } from '../protocol/settingsInForce.ts';
import type { StartObstacle, StartObstaclesQuestion } from '../protocol/startObstacles.ts';
import type { Refused, TextForV2, MigratedFiles } from '../protocol/migration.ts';

/** What a file is judged by, as the server says. */
export interface Situation {
  readonly version: number;
  /** With its point release, where that is known. */
  readonly release?: string;
  /** Whether a file beside an image can lead out of the machine there. */
  readonly hasTrustHole: boolean;
  readonly from: 'setting' | 'installed' | 'newest';
  /** Whether all of its settings count where it lies. */
  readonly trust: 'trusted' | 'untrusted' | 'unknown';
}

/** A settings file that was made of a command. */
export interface ConvertedCommand {
  /** The name of the machine, where the command tells. */
  readonly machine?: string;
  readonly text: string;
  /** `machinectl start` does not look where the image is; comments in the text say the ways. */
  readonly imageIsElsewhere?: true;
}

/** What an open cgconfig.conf would do to a host; `nspawn/groupFileContents` of the server. */
export interface GroupFileContents {
  readonly groups: readonly {
    readonly name: string;
    readonly controllers: readonly {
      readonly name: string;
      readonly settings: readonly { readonly name: string; readonly value: string }[];
    }[];
  }[];
  readonly readable: boolean;
  readonly mounts: readonly string[];
  readonly namespaces: readonly { readonly controller: string; readonly path: string }[];
  readonly permissions: boolean;
}

export interface RunningClient {
  /** An open file of libcgroup for cgroup v2; undefined for what the server does not take for one. */
  readonly migrateToV2: (uri: vscode.Uri) => Promise<TextForV2 | Refused | undefined>;
  /** The units that do what an open cgconfig.conf does. */
  readonly migrateToSystemd: (uri: vscode.Uri) => Promise<MigratedFiles | Refused | undefined>;
  /** What an open configuration of a container is for systemd-nspawn. */
  readonly migrateToNspawn: (uri: vscode.Uri) => Promise<MigratedFiles | Refused | undefined>;
  /** What an open .nspawn file is for LXC. */
  readonly migrateToLxc: (uri: vscode.Uri) => Promise<MigratedFiles | Refused | undefined>;
  readonly dispose: () => void;
  readonly restart: () => Promise<void>;
  readonly situationOf: (uri: vscode.Uri) => Promise<Situation | undefined>;
  /** The settings file of the first systemd-nspawn command in a text; undefined where there is none. */
  readonly settingsFromCommand: (text: string, at: vscode.Uri) => Promise<ConvertedCommand | undefined>;
  /** The command of an open `.nspawn` file, as a script; undefined for what the server does not take for such a file. */
  readonly commandFromSettings: (uri: vscode.Uri) => Promise<string | undefined>;
  /** A page with all that counts of a configuration and what it includes; undefined for what is no such text. */
  readonly effectiveConfiguration: (uri: vscode.Uri, text: string) => Promise<EffectiveConfiguration | undefined>;
  /** What of the file counts for the systemd of this host; undefined where the server cannot tell. */
  readonly settingsInForce: (
    uri: vscode.Uri,
    file: Pick<SettingsInForceQuestion, 'text' | 'trusted'>,
  ) => Promise<SettingsInForce | undefined>;
  /** Why no machine would start with that file, as this host is now. */
  readonly startObstacles: (
    uri: vscode.Uri,
    file: Pick<StartObstaclesQuestion, 'text' | 'trusted'>,
  ) => Promise<readonly StartObstacle[]>;
  /** Somebody has come back to the window or to a file: what files name of the host is looked at anew. */
  readonly hostChanged: () => void;
  /** Explains parameters of cgroup v1 or v2 and judges their values; one answer each, in the same order. */
  readonly parameterMeanings: (
    version: 1 | 2,
    parameters: readonly ParameterQuestion[],
  ) => Promise<readonly ParameterMeaning[]>;
  /** The groups of an open cgconfig.conf; undefined for what the server does not take for such a file. */
  readonly groupFileContents: (uri: vscode.Uri) => Promise<GroupFileContents | undefined>;
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
    { module: server, transport: TransportKind.ipc, args: [`--locale=${vscode.env.language}`] },
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
  const ask = async <Result>(method: string, uri: vscode.Uri, more: object = {}): Promise<Result | undefined> => {
    const textDocument = { uri: client.code2ProtocolConverter.asUri(uri) };
    return (await client.sendRequest<Result | null>(method, { textDocument, ...more })) ?? undefined;
  };
  return {
    restart: () => client.restart(),
    migrateToV2: (uri) => ask('nspawn/migrateToV2', uri),
    migrateToSystemd: (uri) => ask('nspawn/migrateToSystemd', uri),
    migrateToNspawn: (uri) => ask('nspawn/migrateToNspawn', uri),
    migrateToLxc: (uri) => ask('nspawn/migrateToLxc', uri),
    situationOf: (uri) => ask<Situation>('nspawn/situation', uri),
    settingsFromCommand: (text, at) => ask<ConvertedCommand>('nspawn/settingsFromCommand', at, { text }),
    commandFromSettings: async (uri) => (await ask<{ readonly text: string }>('nspawn/commandFromSettings', uri))?.text,
    effectiveConfiguration: (uri, text) => ask<EffectiveConfiguration>('nspawn/effectiveConfiguration', uri, { text }),
    settingsInForce: (uri, file) => ask<SettingsInForce>('nspawn/settingsInForce', uri, file),
    startObstacles: async (uri, file) =>
      (await ask<readonly StartObstacle[]>('nspawn/startObstacles', uri, file)) ?? [],
    hostChanged: () => {
      client
        .sendNotification('nspawn/hostChanged')
        .catch((error: unknown) => log.error(`The server cannot be told of the host: ${String(error)}`));
    },
    parameterMeanings: (version, parameters) =>
      client.sendRequest<readonly ParameterMeaning[]>('nspawn/parameterMeanings', { version, parameters }),
    groupFileContents: (uri) => ask<GroupFileContents>('nspawn/groupFileContents', uri),
    dispose: () => {
      client.dispose().catch((error: unknown) => log.error(String(error)));
    },
  };
};
