import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Context } from '../language/context.ts';
import type { LanguageId } from '../language/fileType.ts';
import { languageFeatures, openFile } from '../language/languageService.ts';
import { reportFinding } from './report.ts';
import type { ReportedFinding } from './report.ts';

/** Judges one text; `name` is what it is reported under. */
export const lintText = (
  name: string,
  text: string,
  languageId: LanguageId,
  context: Context,
): readonly ReportedFinding[] => {
  const file = openFile(TextDocument.create('file:///', languageId, 0, text), languageId);
  if (file === undefined) return [];
  return languageFeatures.diagnose(file, context).map((finding) => reportFinding(name, file.textDocument, finding));
};
