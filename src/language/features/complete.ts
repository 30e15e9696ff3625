import type { CompletionItem, Position } from 'vscode-languageserver-types';
import type { Context } from '../context.ts';
import type { SourceFile } from '../fileType.ts';
import type { HostObjects } from '../hostObjects.ts';

export const complete = (
  _file: SourceFile,
  _position: Position,
  _context: Context,
  _host: HostObjects,
): Promise<CompletionItem[]> => Promise.resolve([]);
