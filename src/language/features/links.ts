import type { DocumentLink } from 'vscode-languageserver-types';
import type { Context } from '../context.ts';
import type { SourceFile } from '../fileType.ts';

export const links = (_file: SourceFile, _context: Context): DocumentLink[] => [];
