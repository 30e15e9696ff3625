import { CodeActionKind, type ServerCapabilities, TextDocumentSyncKind } from 'vscode-languageserver/node';
import { completionTriggers } from '../language/features/complete.ts';
import { tokenLegend } from '../language/features/semanticTokens.ts';

const codeActionKinds = [
  CodeActionKind.QuickFix,
  `${CodeActionKind.SourceFixAll}.nspawn`,
  CodeActionKind.RefactorRewrite,
] as const;

export const serverCapabilities: ServerCapabilities = {
  textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
  completionProvider: { triggerCharacters: [...completionTriggers] },
  hoverProvider: true,
  definitionProvider: true,
  referencesProvider: true,
  documentHighlightProvider: true,
  renameProvider: { prepareProvider: true },
  documentSymbolProvider: true,
  workspaceSymbolProvider: true,
  foldingRangeProvider: true,
  selectionRangeProvider: true,
  documentFormattingProvider: true,
  documentRangeFormattingProvider: true,
  documentLinkProvider: { resolveProvider: false },
  inlayHintProvider: true,
  semanticTokensProvider: { legend: tokenLegend, full: true, range: true },
  codeActionProvider: { codeActionKinds: [...codeActionKinds] },
};
