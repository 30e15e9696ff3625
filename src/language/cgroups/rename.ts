import * as l10n from '@vscode/l10n';
import type { Position, Range, TextEdit, WorkspaceEdit } from 'vscode-languageserver-types';
import type { GroupBlock } from './groupFile.ts';
import { isBelow, segmentsOf } from './groupPath.ts';
import { groupNamedAt, locationOf, mentionsOf, type Mention, type NamedGroup } from './mentions.ts';
import { problemOfNewName } from './newName.ts';
import { needsQuotes } from './writtenName.ts';
import type { Context } from '../context.ts';
import type { Span } from '../document.ts';
import type { SourceFile } from '../fileType.ts';
import type { TextChange } from '../finding.ts';
import type { RenameRefusal } from '../navigation.ts';

/** What would be renamed at a place: one part of a path. Undefined where no group is named. */
export const prepareRename = (
  file: SourceFile,
  position: Position,
  context: Context,
): { readonly range: Range; readonly placeholder: string } | undefined => {
  const group = groupNamedAt(file, position, context);
  if (group === undefined) return undefined;
  const { textDocument } = file;
  const { start, end } = group.segment;
  const range = { start: textDocument.positionAt(start), end: textDocument.positionAt(end) };
  return { range, placeholder: textDocument.getText(range) };
};

const takenBy = ({ files, path }: NamedGroup, newName: string): string | undefined => {
  const renamed = [...path.slice(0, -1), ...segmentsOf(newName, 0)];
  const isItself = (block: GroupBlock): boolean => isBelow(block.path, path);
  for (const { name, blocks } of files) {
    const taken = blocks.find((block) => isBelow(block.path, renamed) && !isItself(block));
    if (taken !== undefined)
      return l10n.t`There is a ${taken.keyword} ${taken.name} in ${name} already, on line ${taken.line}.`;
  }
  return undefined;
};

/** The part of a name that changes, with quotes where the whole name needs them; quotes that are there stay. */
const changeIn = (mention: Mention, segment: Span, newName: string): TextChange => {
  const { of: named, file, kind } = mention;
  const text = file.textDocument.getText().slice(named.start, named.end);
  const renamed = text.slice(0, segment.start - named.start) + newName + text.slice(segment.end - named.start);
  const mustQuote = kind === 'block' ? needsQuotes(renamed) : /[ \t]/u.test(renamed);
  if (named.isQuoted || !mustQuote) return { start: segment.start, end: segment.end, text: newName };
  return { start: named.start, end: named.end, text: `"${renamed}"` };
};

/** Renames a group in all files that libcgroup reads together: its block, groups below it, and destinations of rules. */
export const rename = (
  file: SourceFile,
  position: Position,
  newName: string,
  context: Context,
): WorkspaceEdit | RenameRefusal => {
  const group = groupNamedAt(file, position, context);
  if (group === undefined) return { refusal: l10n.t('No group is named here.') };
  const mentions = mentionsOf(group);
  const uses = {
    inDestinations: mentions.some(({ mention }) => mention.kind === 'destination'),
    inTemplates: mentions.some(({ mention }) =>
      mention.kind === 'block' ? mention.of.keyword === 'template' : mention.of.hasVariable,
    ),
  };
  const refusal = problemOfNewName(newName, uses, context.libcgroupVersion) ?? takenBy(group, newName);
  if (refusal !== undefined) return { refusal };
  const changes: Record<string, TextEdit[]> = {};
  for (const { mention, segment } of mentions) {
    const { start, end, text } = changeIn(mention, segment, newName);
    const { uri, range } = locationOf(mention.file, { start, end });
    const edits = (changes[uri] ??= []);
    edits.push({ range, newText: text });
  }
  return { changes };
};
