import type { FileType } from '../fileType.ts';
import { judgedLxc } from './judgedType.ts';
import { layOutLxc, meaningOfSetting } from './layOut.ts';

/** The row of its file type in fileTypes.ts. */
export const lxcFileType: FileType = { ...judgedLxc, layOut: layOutLxc, meaning: meaningOfSetting };
