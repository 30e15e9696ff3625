import type { Diagnostic } from 'vscode-languageserver-types';
import type { Context } from '../context.ts';
import type { SourceFile } from '../fileType.ts';
import type { Finding } from '../finding.ts';

/** All findings of a file in the order of the text, with the severities that the user has set. */
export const diagnose = (file: SourceFile, context: Context): readonly Finding[] =>
  file.type.check(file.document, file.textDocument.getText(), context);

/** The same as an editor wants them. */
export const diagnosticsOf = (_file: SourceFile, _findings: readonly Finding[]): Diagnostic[] => [];
