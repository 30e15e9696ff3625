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

const mentionsIn = (file: GroupFile): readonly Mention[] => [
  ...file.blocks.map((of): Mention => ({ kind: 'block', file, path: of.path, of })),
  ...file.destinations.map((of): Mention => ({ kind: 'destination', file, path: of.path, of })),
];

/** The group that is named at a place, and the files that may name it, too. */
export const groupNamedAt = (file: SourceFile, position: Position, context: Context): NamedGroup | undefined => {
  const files = groupFilesWith(file, context);
  const own = files.find(({ textDocument }) => textDocument === file.textDocument);
  if (own === undefined) return undefined;
  const offset = file.textDocument.offsetAt(position);
  const mention = [...own.blocks, ...own.destinations].find(({ start, end }) => start <= offset && offset <= end);
  const index = mention?.path.findIndex(({ start, end }) => start <= offset && offset <= end) ?? -1;
  const segment = mention?.path[index];
  if (mention === undefined || segment === undefined) return undefined;
  return { files, path: mention.path.slice(0, index + 1), segment };
};

/** Every place that names the group or one below it, with the part of the name that says the group. */
export const mentionsOf = ({
  files,
  path,
}: NamedGroup): readonly { readonly mention: Mention; readonly segment: Segment }[] =>
  files.flatMap(mentionsIn).flatMap((mention) => {
    const segment = mention.path[path.length - 1];
    return segment !== undefined && isBelow(mention.path, path) ? [{ mention, segment }] : [];
  });

/** Whether a place is the head of the block that defines just that group. */
export const isDefinition = (mention: Mention, { path }: NamedGroup): boolean =>
  mention.kind === 'block' && pathText(mention.path) === pathText(path);

export const locationOf = ({ textDocument }: GroupFile, { start, end }: Span): Location => ({
  uri: textDocument.uri,
  range: { start: textDocument.positionAt(start), end: textDocument.positionAt(end) },
});
