import { MarkupKind } from 'vscode-languageserver-types';
import type { Hover, Position } from 'vscode-languageserver-types';
import type { Context } from '../context.ts';
import { indexInValue, offsetInText, type Span } from '../document.ts';
import type { SourceFile } from '../fileType.ts';
import { commentAt, entryAt, sectionsAt } from '../locate.ts';
import { escapeMarkdown } from '../markdown.ts';
import { readIgnoreComment } from './ignoreComments.ts';

type Note = Span & { readonly markdown: string };

/** In a comment that silences rules, what a rule is about. */
const ruleNote = ({ type, textDocument }: SourceFile, comment: Span, offset: number): Note | undefined => {
  const named = readIgnoreComment(textDocument.getText(), comment)?.names.find(
    ({ start, end }) => start <= offset && offset <= end,
  );
  const rule = named && type.rules.find(({ id }) => id === named.name);
  return rule && { start: named.start, end: named.end, markdown: escapeMarkdown(rule.title) };
};

const noteAt = (file: SourceFile, offset: number, context: Context): Note | undefined => {
  const { document, type } = file;
  const comment = commentAt(document, offset);
  if (comment !== undefined) return ruleNote(file, comment, offset);
  const { vocabulary } = type;
  if (vocabulary === undefined) return undefined;
  const here = { document, text: file.textDocument.getText(), offset };
  const path = sectionsAt(document, offset);
  const entry = entryAt(document, offset);
  if (entry !== undefined) {
    const key = vocabulary.key(path, entry.key, context, here);
    if (key === undefined) return undefined;
    if (offset <= entry.keyEnd) return { start: entry.keyStart, end: entry.keyEnd, markdown: key.documentation() };
    if (offset < entry.valueStart || offset > entry.valueEnd) return undefined;
    const word = key.describe(entry.value, indexInValue(entry, offset));
    return (
      word && {
        start: offsetInText(entry, word.start),
        end: offsetInText(entry, word.end),
        markdown: word.markdown,
      }
    );
  }
  const section = path.at(-1);
  if (section === undefined || offset > section.headerEnd) return undefined;
  const block = vocabulary
    .blocks(path.slice(0, -1), context, here)
    // One without a name stands for all of its kind.
    .find(({ keyword, name }) => keyword === section.keyword && (name === section.name || name === ''));
  return block && { start: section.start, end: section.headerEnd, markdown: block.documentation };
};

/** What the word at that place means, for the versions of the context. */
export const hover = (file: SourceFile, position: Position, context: Context): Hover | undefined => {
  const { textDocument } = file;
  const note = noteAt(file, textDocument.offsetAt(position), context);
  if (note === undefined) return undefined;
  return {
    contents: { kind: MarkupKind.Markdown, value: note.markdown },
    range: { start: textDocument.positionAt(note.start), end: textDocument.positionAt(note.end) },
  };
};
