import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Location, Position, WorkspaceEdit } from 'vscode-languageserver-types';
import { groupFileOf, type GroupFile } from '../../../../src/language/cgroups/groupFile.ts';
import { inReadingOrder } from '../../../../src/language/cgroups/groupSet.ts';
import { defaultContext, type Context } from '../../../../src/language/context.ts';
import type { SourceFile } from '../../../../src/language/fileType.ts';
import { languageOfPath } from '../../../../src/language/languageOfPath.ts';
import { openFile } from '../../../../src/language/languageService.ts';

/** Files of libcgroup that belong together, by their names below /etc. */
export interface FileSet {
  readonly names: readonly string[];
  readonly textOf: (name: string) => string;
  /** One of them as the features take it. */
  readonly file: (name: string) => { readonly file: SourceFile; readonly context: Context };
  /** The one that has a `|` in it, which is no part of its text. */
  readonly marked: { readonly file: SourceFile; readonly position: Position; readonly context: Context };
}

const uriOf = (name: string): string => `file:///etc/${name}`;
const nameOf = (uri: string): string => uri.replace('file:///etc/', '');

export const fileSet = (texts: Readonly<Record<string, string>>, change: Partial<Context> = {}): FileSet => {
  const context = { ...defaultContext, ...change };
  const files = new Map<string, SourceFile>();
  const found: { cursor?: { readonly name: string; readonly offset: number } } = {};
  for (const [name, marked] of Object.entries(texts)) {
    const offset = marked.indexOf('|');
    const text = offset < 0 ? marked : marked.slice(0, offset) + marked.slice(offset + 1);
    if (offset >= 0) found.cursor = { name, offset };
    const languageId = languageOfPath(`/etc/${name}`);
    const file = languageId && openFile(TextDocument.create(uriOf(name), languageId, 1, text), languageId);
    if (file === undefined) throw new Error(`${name} is no file of libcgroup`);
    files.set(name, file);
  }
  const groupFiles = [...files].flatMap(
    ([name, file]): GroupFile | readonly GroupFile[] => groupFileOf(file, name, context.libcgroupVersion) ?? [],
  );
  const one = (name: string): { readonly file: SourceFile; readonly context: Context } => {
    const file = files.get(name);
    if (file === undefined) throw new Error(`no ${name}`);
    const others = inReadingOrder(groupFiles.filter((other) => other.name !== name));
    return { file, context: { ...context, groups: { name, others, isComplete: true } } };
  };
  return {
    names: [...files.keys()],
    textOf: (name) => one(name).file.textDocument.getText(),
    file: one,
    get marked() {
      if (found.cursor === undefined) throw new Error('no cursor in the texts');
      const { file, context: its } = one(found.cursor.name);
      return { file, context: its, position: file.textDocument.positionAt(found.cursor.offset) };
    },
  };
};

/** `cgrules.conf:2:12 web`: the file, line and column from 1, and what stands there. */
export const shownLocation = (set: FileSet, { uri, range }: Location): string => {
  const name = nameOf(uri);
  const there = set.file(name).file.textDocument.getText(range);
  return `${name}:${range.start.line + 1}:${range.start.character + 1} ${there}`;
};

/** The texts of all files that an edit changes, after it. */
export const edited = (set: FileSet, { changes = {} }: WorkspaceEdit): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(changes).map(([uri, edits]) => [
      nameOf(uri),
      TextDocument.applyEdits(set.file(nameOf(uri)).file.textDocument, edits),
    ]),
  );
