import { checkBlocks } from '../cgroups/blockRules.ts';
import type { FileType } from '../fileType.ts';
import { checkCgconfig } from './check.ts';
import { parseCgconfig } from './parse.ts';
import { cgconfigRules } from './rules.ts';

/** What judges a file of that type, without what only an editor asks for: the linter loads no more than it needs. */
export const judgedCgconfig: FileType = {
  languageId: 'cgconfig',
  parse: parseCgconfig,
  rules: cgconfigRules,
  check: checkCgconfig,
  checkTogether: checkBlocks,
};
