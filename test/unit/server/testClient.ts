import { once } from 'node:events';
import { join } from 'node:path';
import {
  type CodeAction,
  createProtocolConnection,
  type Diagnostic,
  type InitializeParams,
  type InitializeResult,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  type Registration,
  type RegistrationParams,
  StreamMessageReader,
  StreamMessageWriter,
  type UnregistrationParams,
} from 'vscode-languageserver/node';
import { root } from '../../../scripts/parseSources.ts';
import { start, thisNode } from '../../rig/program.ts';

/** An editor as plain as can be: it talks to the server over stdio and keeps what it is told. */
export interface TestClient {
  readonly connection: ProtocolConnection;
  readonly initialized: InitializeResult;
  /** What the server has asked to be told of and has not taken back. */
  readonly registered: ReadonlyMap<string, Registration>;
  open(uri: string, languageId: string, text: string): Promise<void>;
  /** Replaces the whole text. */
  change(uri: string, version: number, text: string): Promise<void>;
  /** The diagnostics of that version of a text, or the next ones for it where no version is given. */
  diagnostics(uri: string, version?: number): Promise<readonly Diagnostic[]>;
  codeActions(uri: string, diagnostic: Diagnostic): Promise<readonly CodeAction[]>;
  /** Shuts the server down as the protocol says, and returns its exit code. */
  stop(): Promise<number | null>;
}

export interface TestClientOptions {
  readonly capabilities?: InitializeParams['capabilities'];
  readonly initializationOptions?: unknown;
  /** Answers `workspace/configuration` with the section `nspawn`. */
  readonly settings?: () => unknown;
}

/** Starts the server from its sources. */
export const startTestClient = async (options: TestClientOptions = {}): Promise<TestClient> => {
  const server = start(thisNode, [join(root, 'src/server/main.ts'), '--stdio'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(server, 'exit') as Promise<[number | null]>;
  const connection = createProtocolConnection(
    new StreamMessageReader(server.stdout),
    new StreamMessageWriter(server.stdin),
  );
  const published: PublishDiagnosticsParams[] = [];
  const waiting = new Set<() => void>();
  connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
    published.push(params);
    for (const look of waiting) look();
  });
  const registered = new Map<string, Registration>();
  connection.onRequest('client/registerCapability', ({ registrations }: RegistrationParams) => {
    for (const one of registrations) registered.set(one.id, one);
    return null;
  });
  connection.onRequest('client/unregisterCapability', ({ unregisterations }: UnregistrationParams) => {
    for (const { id } of unregisterations) registered.delete(id);
    return null;
  });
  connection.onRequest('workspace/configuration', ({ items }: { readonly items: readonly unknown[] }) =>
    items.map(() => options.settings?.() ?? null),
  );
  connection.listen();
  const initialized = await connection.sendRequest<InitializeResult>('initialize', {
    processId: process.pid,
    rootUri: null,
    capabilities: options.capabilities ?? {},
    initializationOptions: options.initializationOptions,
  });
  await connection.sendNotification('initialized', {});

  return {
    connection,
    initialized,
    registered,
    open: (uri, languageId, text) =>
      connection.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId, version: 1, text } }),
    change: (uri, version, text) =>
      connection.sendNotification('textDocument/didChange', {
        textDocument: { uri, version },
        contentChanges: [{ text }],
      }),
    diagnostics: (uri, version) =>
      new Promise((resolve) => {
        const before = version === undefined ? published.length : 0;
        const look = (): void => {
          const found = published
            .slice(before)
            .find((one) => one.uri === uri && (version === undefined || one.version === version));
          if (found === undefined) return;
          waiting.delete(look);
          resolve(found.diagnostics);
        };
        waiting.add(look);
        look();
      }),
    codeActions: (uri, diagnostic) =>
      connection.sendRequest('textDocument/codeAction', {
        textDocument: { uri },
        range: diagnostic.range,
        context: { diagnostics: [diagnostic] },
      }),
    stop: async () => {
      await connection.sendRequest('shutdown');
      await connection.sendNotification('exit');
      const [exitCode] = await ended;
      connection.dispose();
      return exitCode;
    },
  };
};
