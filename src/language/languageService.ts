import type { TextDocument } from 'vscode-languageserver-textdocument';
import { workspaceSymbols } from './cgroups/workspaceSymbols.ts';
import type { FileType, LanguageId, SourceFile } from './fileType.ts';
import { codeActions } from './features/codeActions.ts';
import { complete } from './features/complete.ts';
import { diagnose } from './features/diagnose.ts';
import { diagnosticsOf } from './features/diagnostics.ts';
import { foldingRanges } from './features/folding.ts';
import { format } from './features/format.ts';
import { hover } from './features/hover.ts';
import { inlayHints } from './features/inlayHints.ts';
import { links } from './features/links.ts';
import { selectionRanges } from './features/selectionRanges.ts';
import { semanticTokens } from './features/semanticTokens.ts';
import { symbols } from './features/symbols.ts';
import { fileTypes } from './fileTypes.ts';
import { findingsToTell } from './limits.ts';
import { openFileAs } from './openFile.ts';
import * as l10n from '@vscode/l10n';
import type { Navigation } from './navigation.ts';

/** Asks the file type, which alone knows what its names stand for; one that names nothing has no answer. */
const navigate: Navigation = {
  definition: (file, ...asked) => file.type.navigation?.definition(file, ...asked) ?? [],
  references: (file, ...asked) => file.type.navigation?.references(file, ...asked) ?? [],
  documentHighlights: (file, ...asked) => file.type.navigation?.documentHighlights(file, ...asked) ?? [],
  prepareRename: (file, ...asked) => file.type.navigation?.prepareRename(file, ...asked),
  rename: (file, ...asked) =>
    file.type.navigation?.rename(file, ...asked) ?? { refusal: l10n.t('No group is named here.') },
};

/** The features; each takes a parsed file, and none throws for what the text holds. */
export const languageFeatures = {
  ...navigate,
  codeActions,
  complete,
  diagnose,
  diagnosticsOf,
  findingsToTell,
  foldingRanges,
  format,
  hover,
  inlayHints,
  links,
  selectionRanges,
  semanticTokens,
  symbols,
  workspaceSymbols,
} as const;

/** Parses a text, or returns undefined for a language that is not ours. */
export const openFile = (
  textDocument: TextDocument,
  languageId: LanguageId,
  types: readonly FileType[] = fileTypes,
): SourceFile | undefined => openFileAs(textDocument, languageId, types);
