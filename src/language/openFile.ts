import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { FileType, LanguageId, SourceFile } from './fileType.ts';
import { isTooLong, unjudgedType } from './limits.ts';

/** Parses a text as one of those file types, unless it is too long for that; undefined for a language that is none of them. */
export const openFileAs = (
  textDocument: TextDocument,
  languageId: LanguageId,
  types: readonly FileType[],
): SourceFile | undefined => {
  const known = types.find((one) => one.languageId === languageId);
  if (known === undefined) return undefined;
  const text = textDocument.getText();
  const type = isTooLong(text) ? unjudgedType(known) : known;
  return { type, textDocument, document: type.parse(text) };
};
