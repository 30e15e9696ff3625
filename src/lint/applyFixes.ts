import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Context } from '../language/context.ts';
import type { FileType, LanguageId } from '../language/fileType.ts';
import { applyChanges } from '../language/applyChanges.ts';
import { diagnose } from '../language/features/diagnose.ts';
import { sureChanges } from '../language/features/sureFixes.ts';
import { openFileAs } from '../language/openFile.ts';

/** A repair may bring another finding to light; a text that is still changing after this many rounds is left as it is then. */
const maxRounds = 10;

/** The text with everything repaired that a finding names a sure repair for. */
export const applyFixes = (
  text: string,
  languageId: LanguageId,
  context: Context,
  types: readonly FileType[],
): string => {
  let current = text;
  for (let round = 0; round < maxRounds; round++) {
    const file = openFileAs(TextDocument.create('file:///', languageId, round, current), languageId, types);
    if (file === undefined) return current;
    const changes = sureChanges(file, diagnose(file, context), context);
    if (changes.length === 0) return current;
    current = applyChanges(current, changes);
  }
  return current;
};
