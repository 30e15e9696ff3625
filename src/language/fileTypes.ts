import { cgconfigFileType } from './cgconfig/fileType.ts';
import { cgrulesFileType } from './cgrules/fileType.ts';
import type { FileType } from './fileType.ts';
import { lxcFileType } from './lxc/fileType.ts';
import { lxcToolTypes } from './lxcTools/fileTypes.ts';
import { nspawnFileType } from './nspawn/fileType.ts';

/** One row a file type. */
export const fileTypes: readonly FileType[] = [
  nspawnFileType,
  cgconfigFileType,
  cgrulesFileType,
  lxcFileType,
  ...lxcToolTypes,
];
