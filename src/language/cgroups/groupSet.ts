import type { Context } from '../context.ts';
import type { FileType, SourceFile } from '../fileType.ts';
import type { Finding } from '../finding.ts';
import { groupFileOf, type GroupFile } from './groupFile.ts';

/** The files that libcgroup reads together with one, as far as they are known. */
export interface GroupSet {
  /** Of the file that they belong to, below the directory that all lie in, such as `cgconfig.d/web.conf`. */
  readonly name: string;
  /** Without the file that they belong to. */
  readonly others: readonly GroupFile[];
  /** Whether none of them had to be left out, because it is too large or cannot be read. */
  readonly isComplete: boolean;
}

/** In the order in which libcgroup reads them: the single file before those of its directory, and these by their names. */
export const inReadingOrder = (files: readonly GroupFile[]): readonly GroupFile[] =>
  files.toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));

/** A file with all that belong with it; empty for a file type that knows of no groups. */
export const groupFilesWith = (file: SourceFile, { groups, libcgroupVersion }: Context): readonly GroupFile[] => {
  const own = groupFileOf(file, groups?.name ?? file.type.languageId, libcgroupVersion);
  return own === undefined ? [] : inReadingOrder([own, ...(groups?.others ?? [])]);
};

/** Whether there can be no file that says more. */
export const isAllKnown = ({ groups }: Context): boolean => groups?.isComplete === true;

/** A check of a file beside all that are known, in the order of reading, as a file type brings one. */
export const together =
  (
    check: (own: GroupFile, files: readonly GroupFile[], context: Context) => readonly Finding[],
  ): NonNullable<FileType['checkTogether']> =>
  (file, context) => {
    const files = groupFilesWith(file, context);
    const own = files.find(({ textDocument }) => textDocument === file.textDocument);
    return own === undefined ? [] : check(own, files, context);
  };
