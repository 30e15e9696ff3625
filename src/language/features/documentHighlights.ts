import { DocumentHighlightKind } from 'vscode-languageserver-types';
import type { DocumentHighlight, Position } from 'vscode-languageserver-types';
import { groupNamedAt, isDefinition, locationOf, mentionsOf } from '../cgroups/mentions.ts';
import type { Context } from '../context.ts';
import type { SourceFile } from '../fileType.ts';

/** The places of this file that name the same group as the one under the cursor; the block of the group is written, others read. */
export const documentHighlights = (file: SourceFile, position: Position, context: Context): DocumentHighlight[] => {
  const group = groupNamedAt(file, position, context);
  if (group === undefined) return [];
  return mentionsOf(group)
    .filter(({ mention }) => mention.file.textDocument === file.textDocument)
    .map(({ mention, segment }) => ({
      range: locationOf(mention.file, segment).range,
      kind: isDefinition(mention, group) ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
    }));
};
