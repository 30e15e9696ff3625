import { languageIds, languageOfPath } from '../language/languageOfPath.ts';
import type { FileType, LanguageId } from '../language/fileType.ts';
import { readArguments, UsageError, type Request } from './options.ts';

/** What the linter reads together with a file of that type. */
const together: Readonly<Record<LanguageId, readonly LanguageId[]>> = {
  nspawn: ['nspawn'],
  cgconfig: ['cgconfig', 'cgrules'],
  cgrules: ['cgconfig', 'cgrules'],
  lxc: ['lxc'],
  lxcsystem: ['lxcsystem'],
  lxcusernet: ['lxcusernet'],
  lxcnet: ['lxcnet'],
};

const requestOf = (args: readonly string[]): Request | undefined => {
  try {
    return readArguments(args);
  } catch (error) {
    if (error instanceof UsageError) return undefined;
    throw error;
  }
};

/** Which file types a command line may need; a name that tells nothing may be a directory with files of every type. */
export const languagesFor = (args: readonly string[]): readonly LanguageId[] => {
  const request = requestOf(args);
  if (request === undefined || request.kind === 'help' || request.kind === 'version') return [];
  if (request.kind !== 'lint') return languageIds;
  const { language, files, stdinName } = request.options;
  if (language !== undefined) return languageIds;
  const wanted = files.flatMap((file) => {
    const path = file === '-' ? stdinName : file;
    const known = path === undefined ? 'nspawn' : languageOfPath(path);
    return known === undefined ? languageIds : together[known];
  });
  return languageIds.filter((one) => wanted.includes(one));
};

const load = async (languageId: LanguageId): Promise<FileType> => {
  switch (languageId) {
    case 'nspawn':
      return (await import('../language/nspawn/judgedType.ts')).judgedNspawn;
    case 'cgconfig':
      return (await import('../language/cgconfig/judgedType.ts')).judgedCgconfig;
    case 'cgrules':
      return (await import('../language/cgrules/judgedType.ts')).judgedCgrules;
    case 'lxc':
      return (await import('../language/lxc/judgedType.ts')).judgedLxc;
    case 'lxcsystem':
      return (await import('../language/lxcTools/judgedTypes.ts')).judgedSystem;
    case 'lxcusernet':
      return (await import('../language/lxcTools/judgedTypes.ts')).judgedUsernet;
    case 'lxcnet':
      return (await import('../language/lxcTools/judgedTypes.ts')).judgedNet;
  }
};

export const loadTypes = (languages: readonly LanguageId[]): Promise<readonly FileType[]> =>
  Promise.all(languages.map(load));
