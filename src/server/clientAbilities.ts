import type { InitializeParams } from 'vscode-languageserver/node';

/** What the editor at the other end can do, and what it has told at the beginning. */
export interface ClientAbilities {
  readonly configuration: boolean;
  readonly configurationChanges: boolean;
  readonly watchedFiles: boolean;
  /** Whether it can watch what lies outside of its workspace. */
  readonly relativePatterns: boolean;
  readonly snippets: boolean;
  readonly refreshInlayHints: boolean;
  readonly refreshSemanticTokens: boolean;
  /** Commands that the editor runs by itself; a code action with another one is not offered. */
  readonly commands: readonly string[];
  /** URIs of the folders that are open in it. */
  readonly folders: readonly string[];
  /** Settings of an editor that cannot be asked for them. */
  readonly initial: unknown;
}

const stringsIn = (value: unknown, key: string): readonly string[] => {
  if (typeof value !== 'object' || value === null) return [];
  const list = new Map<string, unknown>(Object.entries(value)).get(key);
  return Array.isArray(list) ? list.filter((entry) => typeof entry === 'string') : [];
};

export const clientAbilitiesOf = (params: InitializeParams): ClientAbilities => {
  const { capabilities, workspaceFolders } = params;
  const { workspace, textDocument } = capabilities;
  const initial: unknown = params.initializationOptions;
  return {
    configuration: workspace?.configuration === true,
    configurationChanges: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    watchedFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    relativePatterns: workspace?.didChangeWatchedFiles?.relativePatternSupport === true,
    snippets: textDocument?.completion?.completionItem?.snippetSupport === true,
    refreshInlayHints: workspace?.inlayHint?.refreshSupport === true,
    refreshSemanticTokens: workspace?.semanticTokens?.refreshSupport === true,
    folders: workspaceFolders?.map(({ uri }) => uri) ?? [],
    commands: stringsIn(initial, 'commands'),
    initial,
  };
};
