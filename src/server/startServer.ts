import type { Connection, InitializeResult } from 'vscode-languageserver/node';

/** Answers on a connection until the client says to exit. The file types and their features hook in here. */
export const startServer = (connection: Connection): void => {
  connection.onInitialize((): InitializeResult => ({
    capabilities: {},
    serverInfo: { name: 'nspawn-language-server' },
  }));
  connection.listen();
};
