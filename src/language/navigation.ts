import type { DocumentHighlight, Location, Position, Range, WorkspaceEdit } from 'vscode-languageserver-types';
import type { Context } from './context.ts';
import type { SourceFile } from './fileType.ts';

/** Why something cannot be renamed so: a sentence for the user. */
export interface RenameRefusal {
  readonly refusal: string;
}

/** What a file type brings that leads from a name to where it is defined and used, also in other files. */
export interface Navigation {
  readonly definition: (file: SourceFile, position: Position, context: Context) => Location[];
  readonly references: (
    file: SourceFile,
    position: Position,
    context: Context,
    asked: { readonly includeDeclaration: boolean },
  ) => Location[];
  /** The places of this file that name the same as the one under the cursor. */
  readonly documentHighlights: (file: SourceFile, position: Position, context: Context) => DocumentHighlight[];
  /** What would be renamed at a place; undefined where nothing is named. */
  readonly prepareRename: (
    file: SourceFile,
    position: Position,
    context: Context,
  ) => { readonly range: Range; readonly placeholder: string } | undefined;
  readonly rename: (
    file: SourceFile,
    position: Position,
    newName: string,
    context: Context,
  ) => WorkspaceEdit | RenameRefusal;
}
