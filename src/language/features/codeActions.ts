import type { CodeAction, Range } from 'vscode-languageserver-types';
import type { Context } from '../context.ts';
import type { SourceFile } from '../fileType.ts';
import type { Finding } from '../finding.ts';

/** What can be done at that place: the fixes of the findings there, fix all, and rewrites that no finding asks for. */
export const codeActions = (
  _file: SourceFile,
  _range: Range,
  _context: Context,
  _findings: readonly Finding[],
): CodeAction[] => [];
