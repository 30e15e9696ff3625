import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { realHost } from './serverHost.ts';
import { startServer } from './startServer.ts';

// The transport is chosen by the arguments: --stdio, --node-ipc, --socket=PORT or --pipe=NAME.
startServer(createConnection(ProposedFeatures.all), realHost());
