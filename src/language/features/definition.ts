import type { Location, Position } from 'vscode-languageserver-types';
import { groupNamedAt, isDefinition, locationOf, mentionsOf } from '../cgroups/mentions.ts';
import type { Context } from '../context.ts';
import type { SourceFile } from '../fileType.ts';

/**
 * Where the group or the template is defined that is named at a place: from a destination to its block, from a group to its
 * parent. A parent without a block of its own is made with the first group below it.
 */
export const definition = (file: SourceFile, position: Position, context: Context): Location[] => {
  const group = groupNamedAt(file, position, context);
  if (group === undefined) return [];
  const blocks = mentionsOf(group).filter(({ mention }) => mention.kind === 'block');
  const exact = blocks.filter(({ mention }) => isDefinition(mention, group));
  return exact.length > 0
    ? exact.map(({ mention }) => locationOf(mention.file, mention.of))
    : blocks.slice(0, 1).map(({ mention, segment }) => locationOf(mention.file, segment));
};
