import type { FoldingRange } from 'vscode-languageserver-types';
import type { SourceFile } from '../fileType.ts';

export const foldingRanges = (_file: SourceFile): FoldingRange[] => [];
