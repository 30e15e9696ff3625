import type { Location, Position } from 'vscode-languageserver-types';
import { groupNamedAt, isDefinition, locationOf, mentionsOf } from '../cgroups/mentions.ts';
import type { Context } from '../context.ts';
import type { SourceFile } from '../fileType.ts';

/** Every place that names the group or one below it, in the order of the files. */
export const references = (
  file: SourceFile,
  position: Position,
  context: Context,
  { includeDeclaration }: { readonly includeDeclaration: boolean },
): Location[] => {
  const group = groupNamedAt(file, position, context);
  if (group === undefined) return [];
  return mentionsOf(group)
    .filter(({ mention }) => includeDeclaration || !isDefinition(mention, group))
    .map(({ mention, segment }) => locationOf(mention.file, segment));
};
