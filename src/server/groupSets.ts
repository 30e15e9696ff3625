import { TextDocument } from 'vscode-languageserver-textdocument';
import type { FoundFile, FoundFiles } from '../hostFacts/groupFiles.ts';
import { groupFileOf, type GroupFile } from '../language/cgroups/groupFile.ts';
import { inReadingOrder, type GroupSet } from '../language/cgroups/groupSet.ts';
import { setPlaceOf, type SetPlace } from '../language/cgroups/setPlace.ts';
import type { LibcgroupVersion } from '../language/context.ts';
import type { SourceFile } from '../language/fileType.ts';
import { languageOfPath } from '../language/languageOfPath.ts';
import { openFile } from '../language/languageService.ts';
import type { OpenFiles } from './openFiles.ts';
import { filePathOf, uriOfPath } from '../hostFacts/fileUri.ts';

/** The files of libcgroup around those that are open. What is open counts as it stands in the editor, the rest as it is on disk. */
export interface GroupSets {
  /** The same object again until one of the others changes; undefined for a file that libcgroup would not read by itself. */
  readonly of: (uri: string, version: LibcgroupVersion) => Promise<GroupSet | undefined>;
  /** All files of a directory. */
  readonly inDirectory: (directory: string, version: LibcgroupVersion) => Promise<readonly GroupFile[]>;
  /** Other open files that belong with that one. */
  readonly openBeside: (uri: string) => readonly string[];
  /** The directories that open files lie in. */
  readonly directories: () => readonly string[];
  /** Which of `cgconfig.d` and `cgrules.d` a directory has. */
  readonly subdirectories: (directory: string) => Promise<readonly string[]>;
  /** Looks at the disk anew the next time. */
  readonly forget: () => void;
}

export const setPlaceOfUri = (uri: string): SetPlace | undefined => {
  const path = filePathOf(uri);
  return path === undefined ? undefined : setPlaceOf(path);
};

const openFound = ({ path, text }: FoundFile): SourceFile | undefined => {
  const languageId = languageOfPath(path);
  return languageId && openFile(TextDocument.create(uriOfPath(path), languageId, 0, text), languageId);
};

interface Neighbours {
  readonly files: readonly GroupFile[];
  readonly isComplete: boolean;
}

const isSame = (one: GroupSet, { files, isComplete }: Neighbours): boolean =>
  one.isComplete === isComplete &&
  one.others.length === files.length &&
  files.every((file, index) => one.others[index] === file);

export const createGroupSets = (
  { documents, get }: OpenFiles,
  readDirectory: (directory: string, before?: FoundFiles) => Promise<FoundFiles>,
): GroupSets => {
  const onDisk = new Map<string, Promise<FoundFiles>>();
  const lastSeen = new Map<string, FoundFiles>();
  const lastSets = new Map<string, GroupSet>();
  const sourceOf = new WeakMap<FoundFile, SourceFile>();

  const look = async (directory: string): Promise<FoundFiles> => {
    const found = await readDirectory(directory, lastSeen.get(directory));
    lastSeen.set(directory, found);
    return found;
  };

  const found = (directory: string): Promise<FoundFiles> => {
    const asked = onDisk.get(directory) ?? look(directory);
    onDisk.set(directory, asked);
    return asked;
  };

  const openIn = (directory: string): ReadonlyMap<string, string> =>
    new Map(
      documents.all().flatMap(({ uri }): readonly (readonly [string, string])[] => {
        const place = setPlaceOfUri(uri);
        return place?.directory === directory ? [[place.name, uri]] : [];
      }),
    );

  const directories = (): readonly string[] => [
    ...new Set(documents.all().flatMap(({ uri }) => setPlaceOfUri(uri)?.directory ?? [])),
  ];

  const filesIn = async (directory: string, version: LibcgroupVersion, without?: string): Promise<Neighbours> => {
    const { files, isComplete } = await found(directory);
    const open = openIn(directory);
    const opened = [...open].flatMap(([name, uri]) => {
      const file = name === without ? undefined : get(uri);
      return (file && groupFileOf(file, name, version)) ?? [];
    });
    const closed = files
      .filter(({ name }) => name !== without && !open.has(name))
      .flatMap((found) => {
        const file = sourceOf.get(found) ?? openFound(found);
        if (file !== undefined) sourceOf.set(found, file);
        return (file && groupFileOf(file, found.name, version)) ?? [];
      });
    // One that is open may be too long to be read.
    const isRead = opened.length === [...open.keys()].filter((name) => name !== without).length;
    return { files: inReadingOrder([...opened, ...closed]), isComplete: isComplete && isRead };
  };

  return {
    of: async (uri, version) => {
      const place = setPlaceOfUri(uri);
      if (place === undefined) return undefined;
      const { directory, name } = place;
      const neighbours = await filesIn(directory, version, name);
      const last = lastSets.get(uri);
      if (last !== undefined && isSame(last, neighbours)) return last;
      const set = { name, others: neighbours.files, isComplete: neighbours.isComplete };
      lastSets.set(uri, set);
      return set;
    },
    inDirectory: async (directory, version) => (await filesIn(directory, version)).files,
    openBeside: (uri) => {
      const directory = setPlaceOfUri(uri)?.directory;
      return directory === undefined ? [] : [...openIn(directory).values()].filter((other) => other !== uri);
    },
    directories,
    subdirectories: async (directory) => (await found(directory)).directories,
    forget: () => {
      onDisk.clear();
      const open = new Set(directories());
      for (const directory of lastSeen.keys()) if (!open.has(directory)) lastSeen.delete(directory);
      for (const uri of lastSets.keys()) if (documents.get(uri) === undefined) lastSets.delete(uri);
    },
  };
};
