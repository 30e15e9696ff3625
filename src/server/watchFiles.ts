import { uriOfPath } from '../hostFacts/fileUri.ts';
import {
  type Connection,
  DidChangeWatchedFilesNotification,
  type Disposable,
  type FileSystemWatcher,
} from 'vscode-languageserver/node';
import { setDirectoryNames, setFileNames } from '../language/cgroups/setPlace.ts';
import type { ClientAbilities } from './clientAbilities.ts';
import type { GroupSets } from './groupSets.ts';

/** In the workspace, wherever they lie; a client without relative patterns tells of no others. */
const everywhere = [
  '**/*.nspawn',
  ...setFileNames.map((name) => `**/${name}`),
  ...setDirectoryNames.map((name) => `**/${name}/*`),
];

const oneOf = (names: readonly string[]): string => `{${names.join(',')}}`;

const inside = (path: string, pattern: string): FileSystemWatcher => ({
  globPattern: { baseUri: uriOfPath(path), pattern },
});

/** What to watch in a directory such as `/etc`, which may lie outside of the workspace. None of it goes into depth. */
const watchersOf = (directory: string, subdirectories: readonly string[]): readonly FileSystemWatcher[] => [
  inside(directory, oneOf([...setFileNames, ...setDirectoryNames])),
  ...subdirectories.map((name) => inside(`${directory}/${name}`, '*')),
];

export interface FileWatch {
  readonly start: () => Promise<void>;
  /** Follows the directories of the files that are open now. */
  readonly follow: () => Promise<void>;
}

/** Has the client tell when files change that others are judged by. */
export const createFileWatch = (
  connection: Pick<Connection, 'client'>,
  client: () => ClientAbilities,
  groups: Pick<GroupSets, 'directories' | 'subdirectories'>,
  included: () => readonly string[],
): FileWatch => {
  const watched = new Map<string, Promise<Disposable>>();
  const register = (watchers: readonly FileSystemWatcher[]): Promise<Disposable> =>
    connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: [...watchers] });

  return {
    start: async () => {
      if (client().watchedFiles) await register(everywhere.map((globPattern) => ({ globPattern })));
    },
    follow: async () => {
      if (!client().watchedFiles || !client().relativePatterns) return;
      const wanted = new Map<string, readonly FileSystemWatcher[]>();
      for (const directory of groups.directories()) {
        const watchers = watchersOf(directory, await groups.subdirectories(directory));
        wanted.set(JSON.stringify(watchers), watchers);
      }
      for (const directory of included()) {
        const watchers = [inside(directory, '*')];
        wanted.set(JSON.stringify(watchers), watchers);
      }
      const gone = [...watched].filter(([key]) => !wanted.has(key));
      for (const [key] of gone) watched.delete(key);
      for (const [key, watchers] of wanted) if (!watched.has(key)) watched.set(key, register(watchers));
      for (const [, registration] of gone) (await registration).dispose();
      await Promise.all(watched.values());
    },
  };
};
