import { realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { localeOf, speak } from '../hostFacts/locale.ts';

speak(localeOf(process.argv.slice(2), process.env), join(dirname(realpathSync(process.argv[1] ?? '.')), '../l10n'));

/** Loaded only now: the tables of rules hold sentences, which have to be in the right language from the start. */
const start = async (): Promise<void> => {
  const [{ createConnection, ProposedFeatures }, { realHost }, { startServer }] = await Promise.all([
    import('vscode-languageserver/node'),
    import('./serverHost.ts'),
    import('./startServer.ts'),
  ]);
  // The transport is chosen by the arguments: --stdio, --node-ipc, --socket=PORT or --pipe=NAME.
  startServer(createConnection(ProposedFeatures.all), realHost());
};

void start();
