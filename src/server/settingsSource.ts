import type { Connection } from 'vscode-languageserver/node';
import type { ClientAbilities } from './clientAbilities.ts';
import { sectionIn, type ServerSettings, serverSettingsFrom } from './serverSettings.ts';

export interface SettingsSource {
  readonly of: (uri: string) => Promise<ServerSettings>;
  /** What an editor sends along when settings change; those that can be asked may send nothing. */
  readonly changed: (settings: unknown) => void;
}

/** Asks the editor for the settings of a file; where it cannot be asked, those that it has sent count for every file. */
export const createSettingsSource = (
  connection: Pick<Connection, 'workspace'>,
  client: () => ClientAbilities,
): SettingsSource => {
  const state: { sent: unknown } = { sent: undefined };
  return {
    of: async (uri) => {
      const { configuration, initial } = client();
      if (!configuration) return serverSettingsFrom(sectionIn(state.sent ?? initial));
      const section: unknown = await connection.workspace.getConfiguration({ scopeUri: uri, section: 'nspawn' });
      return serverSettingsFrom(section);
    },
    changed: (settings) => {
      if (settings !== null && settings !== undefined) state.sent = settings;
    },
  };
};
