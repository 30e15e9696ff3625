import type { Location, Position } from 'vscode-languageserver-types';
import type { Context } from '../context.ts';
import type { Span } from '../document.ts';
import type { SourceFile } from '../fileType.ts';
import type { Destination } from './destinations.ts';
import type { GroupBlock, GroupFile } from './groupFile.ts';
import { isBelow, pathText, type GroupPath, type Segment } from './groupPath.ts';
import { groupFilesWith } from './groupSet.ts';

/** A place that names a group: the head of its block, or the destination of a rule. */
export type Mention = { readonly file: GroupFile; readonly path: GroupPath } & (
  { readonly kind: 'block'; readonly of: GroupBlock } | { readonly kind: 'destination'; readonly of: Destination }
);

/** What a cursor stands on: the part of a name that says one group, which may be the parent of the one that the name is of. */
export interface NamedGroup {
  readonly files: readonly GroupFile[];
  readonly path: GroupPath;
  readonly segment: Segment;
}

/** The group that is named at a place, and the files that may name it, too. */
export const groupNamedAt = (file: SourceFile, position: Position, context: Context): NamedGroup | undefined => {
  const files = groupFilesWith(file, context);
  const own = files.find(({ textDocument }) => textDocument === file.textDocument);
  if (own === undefined) return undefined;
  const offset = file.textDocument.offsetAt(position);
  const isThere = ({ start, end }: Span): boolean => start <= offset && offset <= end;
  const path = (own.blocks.find(isThere) ?? own.destinations.find(isThere))?.path ?? [];
  const index = path.findIndex(isThere);
  const segment = path[index];
  return segment && { files, path: path.slice(0, index + 1), segment };
};

interface FoundMention {
  readonly mention: Mention;
  /** The part of the name that says the group. */
  readonly segment: Segment;
}

/** Every place that names the group or one below it. */
export const mentionsOf = ({ files, path }: NamedGroup): readonly FoundMention[] => {
  const found: FoundMention[] = [];
  const add = (mention: Mention): void => {
    const segment = mention.path[path.length - 1];
    if (segment !== undefined) found.push({ mention, segment });
  };
  for (const file of files) {
    for (const of of file.blocks) if (isBelow(of.path, path)) add({ kind: 'block', file, path: of.path, of });
    for (const of of file.destinations)
      if (isBelow(of.path, path)) add({ kind: 'destination', file, path: of.path, of });
  }
  return found;
};

/** Whether a place is the head of the block that defines just that group. */
export const isDefinition = (mention: Mention, { path }: NamedGroup): boolean =>
  mention.kind === 'block' && pathText(mention.path) === pathText(path);

export const locationOf = ({ textDocument }: GroupFile, { start, end }: Span): Location => ({
  uri: textDocument.uri,
  range: { start: textDocument.positionAt(start), end: textDocument.positionAt(end) },
});
