import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Context } from '../language/context.ts';
import type { FileType, LanguageId } from '../language/fileType.ts';
import { diagnose } from '../language/features/diagnose.ts';
import { findingsToTell } from '../language/limits.ts';
import { openFileAs } from '../language/openFile.ts';
import { reportFindings } from './report.ts';
import type { ReportedFinding } from './report.ts';

/** Judges one text; `name` is what it is reported under. */
export const lintText = (
  name: string,
  text: string,
  languageId: LanguageId,
  context: Context,
  types: readonly FileType[],
): readonly ReportedFinding[] => {
  const file = openFileAs(TextDocument.create('file:///', languageId, 0, text), languageId, types);
  if (file === undefined) return [];
  const told = findingsToTell(diagnose(file, context), text, context.severities);
  return reportFindings(name, file.textDocument, told);
};
