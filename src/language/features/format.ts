import type { TextEdit } from 'vscode-languageserver-types';
import type { SourceFile } from '../fileType.ts';
import { applyChanges } from '../applyChanges.ts';
import { isSameMeaning } from './format/isSameMeaning.ts';

/** What has to change; nothing changes its meaning, and no comment is lost. */
export const format = ({ type, textDocument, document }: SourceFile): TextEdit[] => {
  const text = textDocument.getText();
  const changes = type.layOut?.(text) ?? [];
  if (changes.length === 0) return [];
  // The layout of a file type is made to keep the meaning. A file may be worth more than the belief in that.
  const after = applyChanges(text, changes);
  if (!isSameMeaning({ text, document }, { text: after, document: type.parse(after) }, type.meaning)) return [];
  return changes.map(({ start, end, text: newText }) => ({
    range: { start: textDocument.positionAt(start), end: textDocument.positionAt(end) },
    newText,
  }));
};
