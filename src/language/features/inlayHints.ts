import type { InlayHint, Range } from 'vscode-languageserver-types';
import type { Context } from '../context.ts';
import type { SourceFile } from '../fileType.ts';

export const inlayHints = (_file: SourceFile, _range: Range, _context: Context): InlayHint[] => [];
