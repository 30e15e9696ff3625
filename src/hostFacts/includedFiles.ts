import { execFile, spawnSync } from 'node:child_process';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { FileType } from '../language/fileType.ts';
import type { Included } from '../language/includes.ts';
import { uriOfPath } from './fileUri.ts';
import { look } from './lookScript.ts';

/** Of one file; nobody writes that much by hand. */
const mostBytes = 256 * 1024;
/** Of one directory. */
const mostNames = 200;
/** A file system that does not answer counts as one that nobody can look into. */
const usualPatienceMs = 2_000;

/** Below which marks a name or a line of a text stands. */
const mark = '|';

/**
 * Constant text for `sh -c`: a process of its own looks, because a thread of ours that waits for a file system which does not answer
 * could not be taken back. Only plain files are opened. A directory is listed in the order in which it has its names, as LXC reads them.
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

const optionsOf = ({ patienceMs = usualPatienceMs }: Usual) =>
  ({
    cwd: '/',
    encoding: 'utf8',
    timeout: patienceMs,
    killSignal: 'SIGKILL',
    maxBuffer: 16 * 1024 * 1024,
    env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C.UTF-8' },
  }) as const;

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

const argumentsOf = (paths: readonly string[], { root = '' }: Usual): readonly string[] => [
  '-c',
  script,
  'sh',
  root,
  ...paths,
];

const allUnknown = (paths: readonly string[]): ReadonlyMap<string, Included> =>
  new Map(paths.map((path) => [path, { kind: 'unknown' }]));

const inTurns = (paths: readonly string[]): readonly (readonly string[])[] =>
  Array.from({ length: Math.ceil(paths.length / mostPaths) }, (_, turn) =>
    paths.slice(turn * mostPaths, (turn + 1) * mostPaths),
  );

/** Reads what lies at absolute paths of this host, as files of that type. */
export type ReadIncluded = (paths: readonly string[], type: FileType) => Promise<ReadonlyMap<string, Included>>;

/** Each look takes two seconds at most, and while an older one hangs nobody looks. */
export const createReadIncluded = (usual: Usual = {}): ReadIncluded => {
  const hanging = new Set<Promise<string | undefined>>();
  const ask = (paths: readonly string[]): Promise<string | undefined> => {
    if (hanging.size > 0) return Promise.resolve(undefined);
    const asked = new Promise<string | undefined>((resolve) => {
      execFile('/bin/sh', argumentsOf(paths, usual), optionsOf(usual), (error, stdout) =>
        resolve(error === null ? stdout : undefined),
      );
    });
    return new Promise((resolve) => {
      // A process that the kernel holds for good does not even die of a signal.
      const timer = setTimeout(
        () => {
          hanging.add(asked);
          resolve(undefined);
        },
        (usual.patienceMs ?? usualPatienceMs) + 500,
      );
      void asked.then((said) => {
        clearTimeout(timer);
        hanging.delete(asked);
        resolve(said);
      });
    });
  };
  return async (paths, type) => {
    const found = new Map<string, Included>();
    for (const turn of inTurns(paths)) {
      const said = await ask(turn);
      for (const one of said === undefined ? allUnknown(turn) : answerOf(said, turn, type)) found.set(...one);
    }
    return found;
  };
};

/** The same for a program that does nothing else meanwhile. */
export const readIncludedNow = (
  paths: readonly string[],
  type: FileType,
  usual: Usual = {},
): ReadonlyMap<string, Included> =>
  new Map(
    inTurns(paths).flatMap((turn) => {
      const { status, stdout } = spawnSync('/bin/sh', argumentsOf(turn, usual), optionsOf(usual));
      return [...(status === 0 ? answerOf(stdout, turn, type) : allUnknown(turn))];
    }),
  );
