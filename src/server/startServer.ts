import {
  type Connection,
  DidChangeConfigurationNotification,
  type InitializeParams,
  type InitializeResult,
} from 'vscode-languageserver/node';
import type { Place } from '../language/context.ts';
import { hasTrustHole } from '../schema/systemdRelease.ts';
import { answerSafely } from './answerSafely.ts';
import { type ClientAbilities, clientAbilitiesOf } from './clientAbilities.ts';
import { createFindings } from './findings.ts';
import { createGroupSets } from './groupSets.ts';
import { createHostLooks } from './hostLooks.ts';
import { createIncludedFiles } from './includedFiles.ts';
import { createNeighbours } from './neighbours.ts';
import { createOpenFiles } from './openFiles.ts';
import { createPublishing } from './publishing.ts';
import { registerConversions } from './registerConversions.ts';
import { registerEffective } from './registerEffective.ts';
import { registerFeatures } from './registerFeatures.ts';
import { registerGroupOperations } from './registerGroupOperations.ts';
import { registerGroups } from './registerGroups.ts';
import { registerMigration } from './registerMigration.ts';
import { registerStart } from './registerStart.ts';
import { serverCapabilities } from './serverCapabilities.ts';
import type { ServerHost } from './serverHost.ts';
import type { ServerSession } from './serverSession.ts';
import { createSettingsSource } from './settingsSource.ts';
import { createSituations, type Situations, type TargetSystemd } from './situations.ts';
import { createFileWatch } from './watchFiles.ts';

interface TextDocumentOnly {
  readonly textDocument: { readonly uri: string };
}

/** Which systemd a file is judged for, and whether all of its settings count where it lies. */
interface SituationAnswer extends TargetSystemd {
  readonly trust: Place['trust'];
  /** Whether a file beside an image can lead out of the machine there. */
  readonly hasTrustHole: boolean;
}

/** Answers on a connection until the client says to exit. */
export const startServer = (connection: Connection, host: ServerHost): void => {
  const state: { client: ClientAbilities } = { client: clientAbilitiesOf({ capabilities: {} } as InitializeParams) };
  const client = (): ClientAbilities => state.client;
  const safely = answerSafely((message) => connection.console.error(message));
  const settings = createSettingsSource(connection, client);
  const files = createOpenFiles();
  const groups = createGroupSets(files, host.groupFiles);
  const neighbours = createNeighbours(files, groups);
  const alone = createSituations(host, settings.of, groups);
  const included = createIncludedFiles(files.documents, host.readIncluded, (uri) => {
    publishing.soon(uri);
    followIncluded(uri);
  });
  const fileWatch = createFileWatch(connection, client, groups, included.directories);
  const followIncluded = safely.notification('follow', () => fileWatch.follow());
  const looks = createHostLooks(host.lookAtHost, (uri) => publishing.soon(uri));
  const situations: Situations = {
    ...alone,
    of: async (uri) => {
      const situation = await alone.of(uri);
      const file = files.get(uri);
      return file === undefined ? situation : looks.together(uri, file, included.together(uri, file, situation));
    },
  };
  const session: ServerSession = {
    ...{ host, files, groups, situations, included, looks },
    ...{ findings: createFindings(), safely, client },
  };
  const publishing = createPublishing(session, (diagnostics) => connection.sendDiagnostics(diagnostics));

  const judge = (uris: readonly string[]): void => {
    for (const uri of uris) publishing.soon(uri);
  };
  const judgeAll = (): void => {
    situations.forget();
    groups.forget();
    included.again();
    judge(files.documents.keys());
  };

  connection.onInitialize((params): InitializeResult => {
    state.client = clientAbilitiesOf(params);
    return { capabilities: serverCapabilities, serverInfo: { name: 'nspawn-language-server' } };
  });
  connection.onInitialized(
    safely.notification('initialized', async () => {
      if (client().configurationChanges)
        await connection.client.register(DidChangeConfigurationNotification.type, { section: 'nspawn' });
      await fileWatch.start();
    }),
  );
  connection.onDidChangeConfiguration(
    safely.notification('configuration', async ({ settings: sent }: { readonly settings: unknown }) => {
      settings.changed(sent);
      judgeAll();
      if (client().refreshInlayHints) await connection.languages.inlayHint.refresh();
      if (client().refreshSemanticTokens) await connection.languages.semanticTokens.refresh();
    }),
  );
  // Another file of the same name decides whether this one is read.
  connection.onDidChangeWatchedFiles(
    safely.notification('watched files', async () => {
      judgeAll();
      await fileWatch.follow();
    }),
  );

  files.documents.onDidOpen(
    safely.notification('open', async () => {
      groups.forget();
      await fileWatch.follow();
    }),
  );
  files.documents.onDidChangeContent(
    safely.notification('change', ({ document: { uri } }) =>
      judge([uri, ...neighbours.afterChange(uri), ...included.including(uri)]),
    ),
  );
  files.documents.onDidSave(
    safely.notification('save', ({ document: { uri } }) => {
      situations.forget(uri);
      included.again();
      looks.again([uri]);
      groups.forget();
      judge([uri, ...groups.openBeside(uri)]);
    }),
  );
  files.documents.onDidClose(
    safely.notification('close', async ({ document: { uri } }) => {
      situations.forget(uri);
      looks.forget(uri);
      included.forget(uri);
      groups.forget();
      publishing.clear(uri);
      judge([...neighbours.afterClose(uri), ...included.including(uri)]);
      await fileWatch.follow();
    }),
  );
  // Ours, for whoever shows what a file is judged by.
  connection.onRequest(
    'nspawn/situation',
    safely.request('situation', null, async ({ textDocument }: TextDocumentOnly): Promise<SituationAnswer | null> => {
      const { target, context } = await situations.of(textDocument.uri);
      return { ...target, trust: context.place.trust, hasTrustHole: hasTrustHole(context) };
    }),
  );
  registerConversions(connection, session);
  registerEffective(connection, session);
  registerGroupOperations(connection, session);
  registerFeatures(connection, session);
  registerGroups(connection, session);
  registerMigration(connection, session);
  registerStart(connection, session);
  files.documents.listen(connection);
  connection.listen();
};
