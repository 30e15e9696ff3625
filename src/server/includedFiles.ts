import { dirname, normalize } from 'node:path/posix';
import { isDeepStrictEqual } from 'node:util';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { filePathOf } from '../hostFacts/fileUri.ts';
import type { ReadIncluded } from '../hostFacts/includedFiles.ts';
import type { FileType, SourceFile } from '../language/fileType.ts';
import { gatherIncludes, type Included, type Includes } from '../language/includes.ts';
import { isTooLong } from '../language/limits.ts';
import type { OpenFiles } from './openFiles.ts';
import type { Situation } from './situations.ts';

/** What open files include. What is open counts as it stands in the editor, the rest as it was last read. */
export interface IncludedFiles {
  /** The situation with what was read so far. Reads what is missing, and has the file judged again then. */
  readonly together: (uri: string, file: SourceFile, situation: Situation) => Situation;
  /** All that a text at that path includes, read now where it is not known. */
  readonly allOf: (file: SourceFile, path: string) => Promise<Includes>;
  /** Open files that include that one, themselves or through others. */
  readonly including: (uri: string) => readonly string[];
  /** Where what is included lies, so that a change there is noticed. */
  readonly directories: () => readonly string[];
  /** Reads all of it anew. */
  readonly again: () => void;
  readonly forget: (uri: string) => void;
}

interface Last {
  readonly includes: Includes;
  readonly type: FileType;
  /** Of the files among them, as an open file is found by them. */
  readonly paths: ReadonlySet<string>;
  /** What somebody reads. */
  readonly missing: readonly string[];
}

const isSameText = (one: Included | undefined, other: Included): boolean =>
  one?.kind === 'file' && other.kind === 'file'
    ? one.file.textDocument.getText() === other.file.textDocument.getText()
    : isDeepStrictEqual(one, other);

const isSame = (one: Includes['at'], other: Includes['at']): boolean =>
  one.size === other.size && [...one].every(([path, included]) => other.get(path) === included);

/** Nobody includes files of more directories, and each is watched. */
const mostDirectories = 50;

export const createIncludedFiles = (
  documents: OpenFiles['documents'],
  read: ReadIncluded,
  judge: (uri: string) => void,
): IncludedFiles => {
  const onDisk = new Map<string, Included>();
  const asked = new Set<string>();
  const last = new Map<string, Last>();
  const opened = new WeakMap<TextDocument, { readonly version: number; readonly included: Included }>();
  const composed = new WeakMap<Situation, { readonly includes: Includes; readonly situation: Situation }>();

  /** Whatever language the editor takes it for: it is read as what includes it. */
  const asOpened = (textDocument: TextDocument, type: FileType): Included => {
    const { version } = textDocument;
    const before = opened.get(textDocument);
    if (before?.version === version) return before.included;
    const text = textDocument.getText();
    const included: Included = isTooLong(text)
      ? { kind: 'unknown' }
      : { kind: 'file', file: { type, textDocument, document: type.parse(text) } };
    opened.set(textDocument, { version, included });
    return included;
  };

  const readAll = async (paths: readonly string[], type: FileType): Promise<void> => {
    for (const path of paths) asked.add(path);
    const found = await read(paths, type);
    const changed = new Set<string>();
    for (const [path, included] of found) {
      asked.delete(path);
      if (isSameText(onDisk.get(path), included)) continue;
      onDisk.set(path, included);
      changed.add(path);
    }
    for (const [uri, { includes, missing }] of last)
      if ([...includes.at.keys(), ...missing].some((path) => changed.has(path))) judge(uri);
  };

  const gather = (file: SourceFile): ReturnType<typeof gatherIncludes> => {
    const open = new Map(documents.all().map((one) => [filePathOf(one.uri), one]));
    return gatherIncludes(file, (path) => {
      const textDocument = path.endsWith('/') ? undefined : open.get(normalize(path));
      return textDocument === undefined ? onDisk.get(path) : asOpened(textDocument, file.type);
    });
  };

  return {
    together: (uri, file, situation) => {
      if (file.type.includes === undefined) return situation;
      const from = filePathOf(uri);
      const { at, missing } = situation.followsIncludes
        ? gather(file)
        : { at: new Map<string, Included>(), missing: [] };
      const wanted = missing.filter((path) => !asked.has(path));
      if (wanted.length > 0) void readAll(wanted, file.type);
      const before = last.get(uri)?.includes;
      const includes =
        before !== undefined && isSame(before.at, at) ? before : { ...(from === undefined ? {} : { from }), at };
      last.set(uri, { includes, type: file.type, paths: new Set([...at.keys()].map(normalize)), missing });
      const known = composed.get(situation);
      if (known?.includes === includes) return known.situation;
      const after = { ...situation, context: { ...situation.context, includes } };
      composed.set(situation, { includes, situation: after });
      return after;
    },
    allOf: async (file, from) => {
      for (;;) {
        const { at, missing } = gather(file);
        if (missing.length === 0) return { from, at };
        await readAll(missing, file.type);
      }
    },
    including: (uri) => {
      const path = filePathOf(uri);
      return [...last].flatMap(([one, { paths }]) => (path !== undefined && paths.has(path) ? [one] : []));
    },
    directories: () => {
      const directories = new Set<string>();
      for (const { includes, missing } of last.values())
        for (const path of [...includes.at.keys(), ...missing]) {
          const isDirectory = path.endsWith('/') || includes.at.get(path)?.kind === 'directory';
          directories.add(dirname(normalize(path)));
          if (isDirectory) directories.add(normalize(path).replace(/(?<=.)\/$/u, ''));
        }
      return [...directories].slice(0, mostDirectories);
    },
    again: () => {
      const wanted = new Map<string, FileType>();
      for (const { includes, type } of last.values()) for (const path of includes.at.keys()) wanted.set(path, type);
      for (const path of onDisk.keys()) if (!wanted.has(path)) onDisk.delete(path);
      for (const type of new Set(wanted.values())) {
        const paths = [...wanted].flatMap(([path, one]) =>
          one === type && onDisk.has(path) && !asked.has(path) ? [path] : [],
        );
        if (paths.length > 0) void readAll(paths, type);
      }
    },
    forget: (uri) => void last.delete(uri),
  };
};
