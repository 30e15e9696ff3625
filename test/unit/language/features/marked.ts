import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Position } from 'vscode-languageserver-types';
import { defaultContext, type Context } from '../../../../src/language/context.ts';
import type { LanguageId, SourceFile } from '../../../../src/language/fileType.ts';
import { openFile } from '../../../../src/language/languageService.ts';

/** A text in which `|` marks the cursor, as the features take it. */
export const marked = (
  text: string,
  languageId: LanguageId = 'nspawn',
): { readonly file: SourceFile; readonly position: Position; readonly text: string } => {
  const offset = text.indexOf('|');
  if (offset < 0) throw new Error('no cursor in the text');
  const plain = text.slice(0, offset) + text.slice(offset + 1);
  const textDocument = TextDocument.create('file:///var/lib/machines/web.nspawn', languageId, 1, plain);
  const file = openFile(textDocument, languageId);
  if (file === undefined) throw new Error(`no file type ${languageId}`);
  return { file, position: textDocument.positionAt(offset), text: plain };
};

export const contextOf = (change: Partial<Context> = {}): Context => ({ ...defaultContext, ...change });
