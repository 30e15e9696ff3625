import type { DocumentSymbol } from 'vscode-languageserver-types';
import type { SourceFile } from '../fileType.ts';

export const symbols = (_file: SourceFile): DocumentSymbol[] => [];
