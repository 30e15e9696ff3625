import { type Connection, LSPErrorCodes, ResponseError } from 'vscode-languageserver/node';
import type { Place } from '../language/context.ts';
import { isTooLong, tooLongMessage } from '../language/limits.ts';
import { commandFromSettings, type ConvertedSettings } from '../language/nspawn/commandLine/commandFromSettings.ts';
import { type ConvertedCommand, settingsFromCommand } from '../language/nspawn/commandLine/settingsFromCommand.ts';
import { settingsInForce } from '../language/nspawn/check.ts';
import type { SettingsInForce, SettingsInForceQuestion } from '../protocol/settingsInForce.ts';
import { machineOf } from '../hostFacts/fileUri.ts';
import type { ServerSession } from './serverSession.ts';

interface OnDocument {
  readonly textDocument: { readonly uri: string };
}

/** `textDocument` is where the text stands: which settings count, such as the version of systemd, depends on it. */
interface OnText extends OnDocument {
  readonly text: string;
}

/** The editor shows the sentence. */
const refusal = (text: string): ResponseError => new ResponseError(LSPErrorCodes.RequestFailed, tooLongMessage(text));

/**
 * Requests of our own. `nspawn/settingsFromCommand` makes a settings file of a command, `nspawn/commandFromSettings` a command of
 * an open file; null is the answer where there is no such command or file. `nspawn/settingsInForce` says what of a file counts on this host.
 */
export const registerConversions = (connection: Connection, { files, situations, safely }: ServerSession): void => {
  connection.onRequest(
    'nspawn/settingsFromCommand',
    safely.request(
      'settings',
      null,
      async ({ text, textDocument }: OnText): Promise<ConvertedCommand | ResponseError | null> => {
        if (isTooLong(text)) return refusal(text);
        const { target } = await situations.of(textDocument.uri);
        return settingsFromCommand(text, target.version) ?? null;
      },
    ),
  );
  connection.onRequest(
    'nspawn/commandFromSettings',
    safely.request(
      'command',
      null,
      async ({ textDocument: { uri } }: OnDocument): Promise<ConvertedSettings | ResponseError | null> => {
        const { context } = await situations.of(uri);
        const file = files.get(uri);
        if (file?.type.languageId !== 'nspawn') return null;
        const text = file.textDocument.getText();
        return isTooLong(text) ? refusal(text) : commandFromSettings(file.document, text, context, machineOf(uri));
      },
    ),
  );
  connection.onRequest(
    'nspawn/settingsInForce',
    safely.request(
      'settings in force',
      null,
      async ({ text, trusted, textDocument: { uri } }: SettingsInForceQuestion): Promise<SettingsInForce | null> => {
        const installed = await situations.installed(uri);
        if (installed === undefined || isTooLong(text)) return null;
        const { context } = await situations.of(uri);
        const place: Place = { trust: trusted ? 'trusted' : 'untrusted' };
        return settingsInForce(text, { ...context, ...installed, place });
      },
    ),
  );
};
