import { TextDocument } from 'vscode-languageserver-textdocument';
import type { FileType } from '../language/fileType.ts';
import type { Included } from '../language/includes.ts';
import { uriOfPath } from './fileUri.ts';
import { look } from './lookScript.ts';
import { askShellNow, createAskShell, type ShellQuestion } from './shell.ts';

/** Of one file; nobody writes that much by hand. */
const mostBytes = 256 * 1024;
/** Of one directory. */
const mostNames = 200;

/** Below which marks a name or a line of a text stands. */
const mark = '|';

/**
 * Only plain files are opened. A directory is listed in the order in which it has its names, as LXC reads them.
 * Parameters: the root and the paths.
 */
const script = `
root=$1
shift
images=
containers=
tree=
newline='
'
${look}
for path do
  look "$path"
  if [ "$found" = directory ] && [ -r "$root$at/" ] && [ -x "$root$at/" ]; then
    printf 'directory\\n'
    find "$root$at/." ! -name . -prune -name '?*.conf' ! -name "*$newline*" 2>/dev/null | head -n ${mostNames + 1} | sed -e 's,^.*/,,' -e 's/^/|/'
  elif [ "$found" = other ] && [ -f "$root$at" ] && [ -r "$root$at" ]; then
    printf 'file\\n'
    head -c ${mostBytes + 1} "$root$at" 2>/dev/null | sed 's/^/|/'
    printf '\\n'
  elif [ "$found" = absent ]; then
    printf 'absent\\n'
  else
    printf 'unknown\\n'
  fi
done
`;

/** Elsewhere than in tests what is usual. */
interface Usual {
  /** What stands for `/`. */
  readonly root?: string;
  readonly patienceMs?: number;
}

/** What is wanted of one look, so that one answer stays small. */
const mostPaths = 20;

const includedAt = (path: string, kind: string | undefined, lines: readonly string[], type: FileType): Included => {
  switch (kind) {
    case 'file': {
      if (path.endsWith('/')) return { kind: 'noDirectory' };
      const text = lines.join('\n');
      if (Buffer.byteLength(text) >= mostBytes) return { kind: 'unknown' };
      const textDocument = TextDocument.create(uriOfPath(path), type.languageId, 0, text);
      return { kind: 'file', file: { type, textDocument, document: type.parse(text) } };
    }
    case 'directory':
      if (lines.length > mostNames) return { kind: 'unknown' };
      return { kind: 'directory', paths: lines.map((name) => `${path.replace(/\/+$/u, '')}/${name}`) };
    case 'absent':
      return { kind: 'absent' };
    default:
      return { kind: 'unknown' };
  }
};

const answerOf = (said: string, paths: readonly string[], type: FileType): ReadonlyMap<string, Included> => {
  const answers: { readonly kind: string; readonly lines: string[] }[] = [];
  for (const line of said.split('\n'))
    if (line.startsWith(mark)) answers.at(-1)?.lines.push(line.slice(mark.length));
    else if (line !== '') answers.push({ kind: line, lines: [] });
  return new Map(
    paths.map((path, index) => [path, includedAt(path, answers[index]?.kind, answers[index]?.lines ?? [], type)]),
  );
};

const questionOf = (paths: readonly string[], { root, patienceMs }: Usual): ShellQuestion => ({
  script,
  parameters: [root ?? '', ...paths],
  mostBytes: 16 * 1024 * 1024,
  root,
  patienceMs,
});

const allUnknown = (paths: readonly string[]): ReadonlyMap<string, Included> =>
  new Map(paths.map((path) => [path, { kind: 'unknown' }]));

const inTurns = (paths: readonly string[]): readonly (readonly string[])[] =>
  Array.from({ length: Math.ceil(paths.length / mostPaths) }, (_, turn) =>
    paths.slice(turn * mostPaths, (turn + 1) * mostPaths),
  );

/** Reads what lies at absolute paths of this host, as files of that type. */
export type ReadIncluded = (paths: readonly string[], type: FileType) => Promise<ReadonlyMap<string, Included>>;

const answered = (said: string | undefined, paths: readonly string[], type: FileType): ReadonlyMap<string, Included> =>
  said === undefined ? allUnknown(paths) : answerOf(said, paths, type);

/** Each look takes two seconds at most, and while an older one hangs nobody looks. */
export const createReadIncluded = (usual: Usual = {}): ReadIncluded => {
  const ask = createAskShell();
  return async (paths, type) => {
    const found = new Map<string, Included>();
    for (const turn of inTurns(paths))
      for (const one of answered(await ask(questionOf(turn, usual)), turn, type)) found.set(...one);
    return found;
  };
};

/** The same for a program that does nothing else meanwhile. */
export const readIncludedNow = (
  paths: readonly string[],
  type: FileType,
  usual: Usual = {},
): ReadonlyMap<string, Included> =>
  new Map(inTurns(paths).flatMap((turn) => [...answered(askShellNow(questionOf(turn, usual)), turn, type)]));
