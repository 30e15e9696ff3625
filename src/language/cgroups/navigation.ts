import { DocumentHighlightKind } from 'vscode-languageserver-types';
import type { Navigation } from '../navigation.ts';
import { groupNamedAt, isDefinition, locationOf, mentionsOf } from './mentions.ts';
import { prepareRename, rename } from './rename.ts';

/** What leads from the name of a group or of a template to the other places of it, in all files that libcgroup reads together. */
export const groupNavigation: Navigation = {
  // From a destination to its block, from a group to its parent. A parent without a block of its own is made with the first group below it.
  definition: (file, position, context) => {
    const group = groupNamedAt(file, position, context);
    if (group === undefined) return [];
    const blocks = mentionsOf(group).filter(({ mention }) => mention.kind === 'block');
    const exact = blocks.filter(({ mention }) => isDefinition(mention, group));
    return exact.length > 0
      ? exact.map(({ mention }) => locationOf(mention.file, mention.of))
      : blocks.slice(0, 1).map(({ mention, segment }) => locationOf(mention.file, segment));
  },
  // Also those that name a group below it, in the order of the files.
  references: (file, position, context, { includeDeclaration }) => {
    const group = groupNamedAt(file, position, context);
    if (group === undefined) return [];
    return mentionsOf(group)
      .filter(({ mention }) => includeDeclaration || !isDefinition(mention, group))
      .map(({ mention, segment }) => locationOf(mention.file, segment));
  },
  // The block of the group is written, others are read.
  documentHighlights: (file, position, context) => {
    const group = groupNamedAt(file, position, context);
    if (group === undefined) return [];
    return mentionsOf(group)
      .filter(({ mention }) => mention.file.textDocument === file.textDocument)
      .map(({ mention, segment }) => ({
        range: locationOf(mention.file, segment).range,
        kind: isDefinition(mention, group) ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
      }));
  },
  prepareRename,
  rename,
};
