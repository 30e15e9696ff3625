import type { Hover, Position } from 'vscode-languageserver-types';
import type { Context } from '../context.ts';
import type { SourceFile } from '../fileType.ts';

export const hover = (_file: SourceFile, _position: Position, _context: Context): Hover | undefined => undefined;
