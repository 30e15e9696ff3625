import assert from 'node:assert/strict';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Position } from 'vscode-languageserver-types';
import type { LanguageId, SourceFile } from '../../../../src/language/fileType.ts';
import { openFile } from '../../../../src/language/languageService.ts';

/** A file of that text. */
export const opened = (text: string, languageId: LanguageId = 'nspawn'): SourceFile => {
  const file = openFile(TextDocument.create('file:///m.nspawn', languageId, 1, text), languageId);
  assert.ok(file !== undefined);
  return file;
};

/** A file of that text without the `|` in it, and where that stood. */
export const openedAt = (
  marked: string,
  languageId: LanguageId = 'nspawn',
): { readonly file: SourceFile; readonly offset: number; readonly position: Position } => {
  const offset = marked.indexOf('|');
  assert.ok(offset >= 0, 'the text has a |');
  const file = opened(marked.slice(0, offset) + marked.slice(offset + 1), languageId);
  return { file, offset, position: file.textDocument.positionAt(offset) };
};
