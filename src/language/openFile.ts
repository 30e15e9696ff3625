import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { FileType, LanguageId, SourceFile } from './fileType.ts';

/** Parses a text as one of those file types; undefined for a language that is none of them. */
export const openFileAs = (
  textDocument: TextDocument,
  languageId: LanguageId,
  types: readonly FileType[],
): SourceFile | undefined => {
  const type = types.find((one) => one.languageId === languageId);
  return type === undefined ? undefined : { type, textDocument, document: type.parse(textDocument.getText()) };
};
