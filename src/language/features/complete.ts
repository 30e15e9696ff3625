import type { CompletionList, Position } from 'vscode-languageserver-types';
import type { Context } from '../context.ts';
import type { SourceFile } from '../fileType.ts';
import type { HostObjects } from '../hostObjects.ts';

/** After which typed characters an editor should ask by itself. */
export const completionTriggers: readonly string[] = ['[', '=', ':', '/', ',', ' ', '@', '~', '+'];

export interface CompleteOptions {
  /** Whether the client takes snippets. */
  readonly snippets: boolean;
}

/** What could stand at that place. */
export const complete = (
  _file: SourceFile,
  _position: Position,
  _context: Context,
  _host: HostObjects,
  _options: CompleteOptions = { snippets: true },
): Promise<CompletionList> => Promise.resolve({ isIncomplete: false, items: [] });
