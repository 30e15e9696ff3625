import type { Position, SelectionRange } from 'vscode-languageserver-types';
import type { SourceFile } from '../fileType.ts';

/** One for each position, as the protocol wants it. */
export const selectionRanges = (_file: SourceFile, positions: readonly Position[]): SelectionRange[] =>
  positions.map((position) => ({ range: { start: position, end: position } }));
