import type { InitializeParams } from 'vscode-languageserver/node';

/** What the editor at the other end can do, and what it has told at the beginning. */
export interface ClientAbilities {
  readonly configuration: boolean;
  readonly configurationChanges: boolean;
  readonly watchedFiles: boolean;
  readonly snippets: boolean;
  readonly refreshInlayHints: boolean;
  readonly refreshSemanticTokens: boolean;
  /** Commands that the editor runs by itself; a code action with another one is not offered. */
  readonly commands: readonly string[];
  /** Settings of an editor that cannot be asked for them. */
  readonly initial: unknown;
}

const stringsIn = (value: unknown, key: string): readonly string[] => {
  if (typeof value !== 'object' || value === null) return [];
  const list = new Map<string, unknown>(Object.entries(value)).get(key);
  return Array.isArray(list) ? list.filter((entry) => typeof entry === 'string') : [];
};

export const clientAbilitiesOf = ({ capabilities, initializationOptions }: InitializeParams): ClientAbilities => {
  const { workspace, textDocument } = capabilities;
  const initial: unknown = initializationOptions;
  return {
    configuration: workspace?.configuration === true,
    configurationChanges: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    watchedFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    snippets: textDocument?.completion?.completionItem?.snippetSupport === true,
    refreshInlayHints: workspace?.inlayHint?.refreshSupport === true,
    refreshSemanticTokens: workspace?.semanticTokens?.refreshSupport === true,
    commands: stringsIn(initial, 'commands'),
    initial,
  };
};
