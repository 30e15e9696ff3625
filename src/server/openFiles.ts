import { TextDocument } from 'vscode-languageserver-textdocument';
import { TextDocuments } from 'vscode-languageserver/node';
import type { SourceFile } from '../language/fileType.ts';
import { languageOf } from '../language/languageOfPath.ts';
import { openFile } from '../language/languageService.ts';
import { pathNameOf } from '../hostFacts/fileUri.ts';

export interface OpenFiles {
  readonly documents: TextDocuments<TextDocument>;
  /** What stands in an open file, parsed once for each version of its text; undefined for a file that is not ours. */
  readonly get: (uri: string) => SourceFile | undefined;
}

export const createOpenFiles = (): OpenFiles => {
  const documents = new TextDocuments(TextDocument);
  // The text document stays the same object while its text changes.
  const parsed = new WeakMap<TextDocument, { readonly version: number; readonly file: SourceFile | undefined }>();
  return {
    documents,
    get: (uri) => {
      const document = documents.get(uri);
      if (document === undefined) return undefined;
      const known = parsed.get(document);
      if (known?.version === document.version) return known.file;
      const languageId = languageOf(document.languageId, pathNameOf(uri));
      const file = languageId === undefined ? undefined : openFile(document, languageId);
      parsed.set(document, { version: document.version, file });
      return file;
    },
  };
};
