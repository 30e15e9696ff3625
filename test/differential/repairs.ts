import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Context } from '../../src/language/context.ts';
import type { LanguageId } from '../../src/language/fileType.ts';
import { fileTypes } from '../../src/language/fileTypes.ts';
import { languageFeatures, openFile } from '../../src/language/languageService.ts';
import { applyFixes } from '../../src/lint/applyFixes.ts';

/** A text that a person gets from another without having to decide anything. */
export interface Repaired {
  /** What was chosen for it. */
  readonly by: string;
  /** The rule that the repair is for; undefined where all is repaired. */
  readonly rule?: string;
  readonly text: string;
}

/** What comes of a text by each sure fix alone, by fixing all in an editor, and by `--fix`; what changes nothing is left out. */
export const repairsOf = (text: string, languageId: LanguageId, context: Context): readonly Repaired[] => {
  const textDocument = TextDocument.create('file:///text', languageId, 1, text);
  const file = openFile(textDocument, languageId);
  if (file === undefined) throw new Error(`there is no language called ${languageId}`);
  const whole = { start: textDocument.positionAt(0), end: textDocument.positionAt(text.length) };
  const actions = languageFeatures
    .codeActions(file, whole, context, languageFeatures.diagnose(file, context))
    .filter(({ kind, isPreferred }) => isPreferred === true || kind?.startsWith('source.fixAll') === true);
  const repaired = actions.map(({ title, diagnostics = [], edit }) => ({
    by: [title, ...diagnostics.map(({ code }) => code)].join(', '),
    ...(typeof diagnostics[0]?.code === 'string' ? { rule: diagnostics[0].code } : {}),
    text: TextDocument.applyEdits(textDocument, edit?.changes?.[textDocument.uri] ?? []),
  }));
  const all: readonly Repaired[] = [
    ...repaired,
    { by: '--fix', text: applyFixes(text, languageId, context, fileTypes) },
  ];
  const seen = new Set([text]);
  return all.filter((one) => {
    if (seen.has(one.text)) return false;
    seen.add(one.text);
    return true;
  });
};
